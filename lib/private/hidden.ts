/** What an error shows in the place of a secret that somebody wrote into a stack or a data file. */
const HIDDEN = '********';

/** Last words of the names of secrets, in the spelling of every API that is spoken here. */
const SECRET = '(?:secret|password|private_?key|api_?key|token)';
const SECRET_NAME = new RegExp(`${SECRET}$`, 'i');
const SECRET_IN_LINE = new RegExp(`(${SECRET}["']?\\s*[:=]\\s*)\\S.*`, 'i');

/** For `JSON.stringify`: hides the texts of what has the name of a secret. */
export function hideSecrets(name: string, value: unknown): unknown {
  const holdsText = typeof value === 'string' || Array.isArray(value);
  return holdsText && SECRET_NAME.test(name) ? HIDDEN : value;
}

/** A line of a file, without the value of what has the name of a secret. */
export function withoutSecret(line: string): string {
  return line.replace(SECRET_IN_LINE, `$1${HIDDEN}`);
}
