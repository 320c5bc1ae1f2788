/** A prop or method, such as `redirectUris`. Neither a class nor gRPC. */
const CAMEL_CASE_NAME = /\b[a-z]{2,}(?:[A-Z][a-z]+)+\b/g;

/** Spells the props in a message as the app does: `redirect_uris` in Python. */
export function inSpellingOfApp(text: string): string {
  // Set by jsii in the process of an app in another language.
  const isPython = process.env.JSII_AGENT?.startsWith('Python/');
  return isPython ? text.replace(CAMEL_CASE_NAME, toSnakeCase) : text;
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
