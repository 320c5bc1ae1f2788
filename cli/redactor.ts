import { SECRET_VARIABLE } from './secret-names';

/** Printed in place of a secret. */
export const MASK = '********';
/** Masking shorter values would mask parts of ordinary words. */
const MIN_LENGTH = 4;
/** Okta's secrets are longer. Variables such as `USE_TOKEN=true`, and `wrong` in a test, are not secret. */
const MIN_LENGTH_OF_SECRET = 8;
/** The password in a URL. */
const PASSWORD = /:\/\/[^/?#\s@:]*:([^/?#\s@]+)@/;

/** Masks known secrets in text. */
export class Redactor {
  private readonly secrets = new Set<string>();

  /** Masks a secret, also in its URL and JSON encodings. */
  public add(secret: string | undefined): void {
    if (secret !== undefined && secret.length >= MIN_LENGTH) {
      for (const encoded of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
        this.secrets.add(encoded);
      }
    }
  }

  /** Masks a client secret, also as part of Basic credentials. */
  public addCredentials(id: string, secret: string): void {
    if (secret.length >= MIN_LENGTH_OF_SECRET) {
      this.add(secret);
    }
    this.add(Buffer.from(`${id}:${secret}`).toString('base64'));
  }

  /** Masks values of variables that are named like secrets, and passwords in URLs. */
  public addEnvironment(env: { readonly [name: string]: string | undefined }): void {
    for (const [name, value = ''] of Object.entries(env)) {
      if (SECRET_VARIABLE.test(name) && value.length >= MIN_LENGTH_OF_SECRET) {
        this.add(value);
      }
      this.add(PASSWORD.exec(value)?.[1]);
    }
  }

  public redact(text: string): string {
    const longestFirst = [...this.secrets].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((redacted, secret) => redacted.replaceAll(secret, MASK), text);
  }
}
