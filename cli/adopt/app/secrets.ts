import { CREDENTIAL, SECRET_TEXT, VAULT_REFERENCE } from '../../secret-names';

/** Where a value stands in what an entity has: names, and numbers in lists. */
export type Path = readonly (string | number)[];

/** What Kong's plugins, headers and profiles call credentials besides, in lower case. */
const MORE_CREDENTIALS =
  /(authorization|credentials?|passwd|passphrase|privatekey|accesskey|apikey|service_account_json)$|^cookie$|(headers|post_args|userinfo_query_args)_values$/;

/** The private members of a key. */
const PRIVATE_IN_KEY = ['k', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'r', 't'];

/** A value with something else in the place of each secret in it. */
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

/** A text that nobody is to read who reads the code: by the names that it stands under, or by what it looks like. */
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

/** Settings that are one text, such as the profile of an application. */
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
    // No JSON, so no settings.
  }
  return found;
}
