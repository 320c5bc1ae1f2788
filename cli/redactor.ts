import { SECRET_VARIABLE } from './secret-names';

/** What is printed in the place of a secret. */
export const MASK = '********';
/** Shorter ones are no secrets, and masking them would tear other words apart. */
const SHORTEST = 4;
/** Values of variables may be `true` or the like, too. */
const SHORTEST_IN_ENVIRONMENT = 8;
/** The password in a URL. */
const PASSWORD = /:\/\/[^/?#\s@:]*:([^/?#\s@]+)@/;

/** Takes secrets out of everything that is printed. Whoever learns of a secret tells it first. */
export class Redactor {
  private readonly secrets = new Set<string>();

  /** From now on the secret is masked, as it is and as URLs and JSON write it. */
  public add(secret: string | undefined): void {
    if (secret !== undefined && secret.length >= SHORTEST) {
      for (const written of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
        this.secrets.add(written);
      }
    }
  }

  /** From now on the credentials are masked, and what Basic authentication makes of them. */
  public addCredentials(id: string, secret: string): void {
    this.add(secret);
    this.add(Buffer.from(`${id}:${secret}`).toString('base64'));
  }

  /** From now on the secrets of an environment are masked: by the names of variables, and passwords in URLs. */
  public addEnvironment(env: { readonly [name: string]: string | undefined }): void {
    for (const [name, value = ''] of Object.entries(env)) {
      if (SECRET_VARIABLE.test(name) && value.length >= SHORTEST_IN_ENVIRONMENT) {
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
