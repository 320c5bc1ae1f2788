import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';

/** Shorter ones occur by chance. */
const SHORTEST = 8;
/** So many characters of a secret in one piece are a leak too: a message may have been cut. */
const PIECE = 16;
const BASE64 = /[A-Za-z0-9+/_-]{16,}/g;
const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g');
const ZIP_ENTRY = 'PK\u0003\u0004';

/** How somebody on the way may have written a secret. */
const FORMS: { readonly [name: string]: (secret: string) => string } = {
  'as it is': (secret) => secret,
  'in a URL': encodeURIComponent,
  'in a form': (secret) => new URLSearchParams({ '': secret }).toString().slice(1),
  'in JSON': inJson,
  'in JSON in JSON': (secret) => inJson(inJson(secret)),
  'in JSON of Go': (secret) =>
    inJson(secret).replace(/[<>&]/g, (each) => `\\u00${each.charCodeAt(0).toString(16)}`),
};

/** What was written or printed, by where. */
export interface Written {
  readonly [where: string]: string;
}

/**
 * Looks for secrets in files and output: as they are, as URLs, forms, JSON and Basic
 * credentials write them, across lines and colours of a terminal, and in pieces.
 */
export class SecretScanner {
  /** For everything that a sandbox ever issued, up to the moment of each search, and other secrets. */
  public static of({ okta, issuer, konnect }: Sandbox, others: readonly string[] = []): SecretScanner {
    return new SecretScanner(() => [
      ...okta.secrets(),
      ...(issuer?.secrets() ?? []),
      ...konnect.secrets(),
      ...others,
    ]);
  }

  public constructor(private readonly issued: () => readonly string[]) {}

  /** Where which secret stands; empty when all is well. */
  public find(written: Written): string[] {
    const secrets = this.secrets();
    return Object.entries(written).flatMap(([where, text]) => search(where, text, secrets));
  }

  /** The same for every file below a folder, by its path in there; archives are opened. */
  public findInFolder(folder: string): string[] {
    const secrets = this.secrets();
    return filesIn(folder).flatMap((file) => {
      const content = readFileSync(file);
      const parts = [content, ...zipEntries(content)].map((part) => part.toString());
      return search(relative(folder, file), parts.join('\n'), secrets);
    });
  }

  private secrets(): string[] {
    const secrets = [...new Set(this.issued())].filter(({ length }) => length >= SHORTEST);
    if (secrets.length === 0) {
      throw new Error('There is no secret to look for, so finding none would say nothing');
    }
    return secrets;
  }
}

function search(where: string, text: string, secrets: readonly string[]): string[] {
  const plain = text.replace(ANSI, '');
  const joined = plain.replace(/\s/g, '');
  const decoded = [plain, joined]
    .flatMap((each) => (each.match(BASE64) ?? []).map((run) => Buffer.from(run, 'base64').toString()))
    .join('\n');
  return secrets.flatMap((secret) => {
    const how = howWritten(secret, plain, joined, decoded);
    return how === undefined ? [] : [`${where}: a secret of ${secret.length} characters, ${how}`];
  });
}

function howWritten(secret: string, plain: string, joined: string, decoded: string): string | undefined {
  for (const [name, form] of Object.entries(FORMS)) {
    const written = form(secret);
    if (plain.includes(written) || joined.includes(written.replace(/\s/g, ''))) {
      return name;
    }
  }
  if (decoded.includes(secret) || decoded.includes(encodeURIComponent(secret))) {
    return 'in Base64';
  }
  const isInPart = piecesOf(secret).some((piece) => plain.includes(piece) || decoded.includes(piece));
  return isInPart ? 'in part' : undefined;
}

/** All pieces of a secret; of a JWT those of its signature, since anybody may know the rest. */
function piecesOf(secret: string): string[] {
  const [, signature = secret] = /^eyJ[\w-]+\.[\w-]+\.([\w-]+)$/.exec(secret) ?? [];
  return Array.from({ length: Math.max(signature.length - PIECE + 1, 0) }, (_, at) =>
    signature.slice(at, at + PIECE),
  );
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const found = lstatSync(path);
      return found.isDirectory() ? filesIn(path) : found.isFile() ? [path] : [];
    });
}

/** What is in an archive: a plan of Terraform is one. */
function zipEntries(content: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  const isZip = content.indexOf(ZIP_ENTRY) === 0;
  for (let at = isZip ? 0 : -1; at >= 0; at = content.indexOf(ZIP_ENTRY, at + 1)) {
    const [method, name, extra] = [8, 26, 28].map((offset) => content.readUInt16LE(at + offset));
    const data = content.subarray(at + 30 + name + extra);
    entries.push(method === 8 ? inflateRawSync(Uint8Array.from(data)) : data);
  }
  return entries;
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
