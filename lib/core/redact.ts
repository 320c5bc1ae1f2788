/** Shown in place of a secret. */
const REDACTED = '********';

/** Last words of the names of secrets, in the spelling of Okta, Konnect and Terraform. */
const SECRET = '(?:secret|password|private_?key|api_?key|token)';
const SECRET_NAME = new RegExp(`${SECRET}$`, 'i');
const SECRET_IN_LINE = new RegExp(`(${SECRET}["']?\\s*[:=]\\s*)\\S.*`, 'i');

/** Replacer for `JSON.stringify`: redacts strings and lists whose key is the name of a secret. */
export function redact(name: string, value: unknown): unknown {
  const isText = typeof value === 'string' || Array.isArray(value);
  return isText && SECRET_NAME.test(name) ? REDACTED : value;
}

/** Redacts the value in a line of a file whose key is the name of a secret. */
export function redactLine(line: string): string {
  return line.replace(SECRET_IN_LINE, `$1${REDACTED}`);
}
