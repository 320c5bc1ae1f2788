import { MASK } from '../redactor';
import { CREDENTIAL, SECRET_TEXT, VAULT_REFERENCE } from '../secret-names';

/** Path of a value in an entity: names, and indexes in lists. */
export type Path = readonly (string | number)[];

/** Other names of credentials in Kong's plugins, headers and profiles, in lower case. */
const MORE_CREDENTIALS =
  /(authorization|credentials?|passwd|passphrase|privatekey|accesskey|apikey|service_account_json)$|^cookie$|(headers|post_args|userinfo_query_args)_values$/;

/** Maximum length of a value in a finding. */
const MAX_LENGTH = 80;

/** Private members of a JWK. */
const PRIVATE_IN_KEY = ['k', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'r', 't'];

/** Replaces each secret in a value. */
export function replaceSecrets(value: unknown, path: Path, replacement: (path: Path) => unknown): unknown {
  if (typeof value === 'string') {
    return isSecret(value, path) ? replacement(path) : value;
  }
  if (Array.isArray(value)) {
    return value.map((each, index) => replaceSecrets(each, [...path, index], replacement));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([name, each]) => [
          name,
          replaceSecrets(each, [...path, name], replacement),
        ]),
      )
    : value;
}

/** A value of a setting as a finding shows it: without secrets, and shortened. */
export function formatValue(setting: string, value: unknown): string {
  const text = JSON.stringify(replaceSecrets(value, setting.split('.'), () => MASK)) ?? 'none';
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

/** Whether a text is a secret, by the names in its path or by its format. */
function isSecret(text: string, path: Path): boolean {
  if (text === '' || VAULT_REFERENCE.test(text)) {
    return false;
  }
  const names = path.map((each) => String(each).toLowerCase().replaceAll('-', '_'));
  const isInKey = names.some((name) => /jwks?$/.test(name)) && PRIVATE_IN_KEY.includes(names.at(-1) ?? '');
  return isInKey || names.some(isCredential) || SECRET_TEXT.test(text) || hasSecretInJson(text);
}

function isCredential(name: string): boolean {
  return CREDENTIAL.test(name) || MORE_CREDENTIALS.test(name);
}

/** Some settings are JSON in a text, for example the profile of an application. */
function hasSecretInJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) {
    return false;
  }
  let found = false;
  try {
    replaceSecrets(JSON.parse(text), [], () => {
      found = true;
    });
  } catch {
    // Not JSON.
  }
  return found;
}
