import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where developers and CI have the published API descriptions. */
const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'contracts');

/** What a part that was referred to is called, for discriminators. */
export const REFERENCE = 'x-reference';

/** A schema, parameter or other part of a description. */
export interface Part {
  readonly [name: string]: unknown;
}

/** One operation of a published API description, with every reference resolved. */
export interface Operation {
  /** The description's file and the operation's id. */
  readonly name: string;
  /** Which service of the sandbox answers it. */
  readonly service: 'okta' | 'konnect' | 'portal';
  readonly method: string;
  /** Path with the server's base path, and names of parameters in braces. */
  readonly path: string;
  readonly query: readonly Part[];
  /** Schemas of the body by content type. */
  readonly bodies: { readonly [contentType: string]: Part };
  readonly isBodyRequired: boolean;
  /** Schemas of the answers by status and content type. An answer without body has none. */
  readonly answers: { readonly [status: string]: { readonly [contentType: string]: Part } };
}

interface Description {
  readonly 'x-base-path'?: string;
  readonly paths: { readonly [path: string]: { readonly [method: string]: Part } };
}

/** Why tests that need the published descriptions are skipped, `undefined` if they are there. */
export function missingDescriptions(): string | undefined {
  return existsSync(FOLDER) ? undefined : 'the published API descriptions are not in ../shared/contracts';
}

/** Every operation of every description. */
export function readOperations(): Operation[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) =>
      operationsOf(file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Description),
    );
}

function operationsOf(file: string, description: Description): Operation[] {
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'parameters')
      .map((method) => new DescribedOperation(file, description, path, method)),
  );
}

/** Resolves references when they are asked for: tests use few operations each, and a resolved one is large. */
class DescribedOperation implements Operation {
  public readonly name: string;
  public readonly service: Operation['service'];
  public readonly path: string;
  public readonly method: string;
  private readonly part: Part;
  private readonly shared: unknown;
  private resolved?: Pick<Operation, 'query' | 'bodies' | 'isBodyRequired' | 'answers'>;

  public constructor(
    file: string,
    private readonly description: Description,
    path: string,
    method: string,
  ) {
    this.part = description.paths[path][method];
    this.shared = description.paths[path].parameters ?? [];
    this.name = `${file} ${String(this.part.operationId)}`;
    this.service = serviceOf(file);
    this.path = `${description['x-base-path'] ?? ''}${path}`;
    this.method = method.toUpperCase();
  }

  public get query() {
    return this.resolve().query;
  }

  public get bodies() {
    return this.resolve().bodies;
  }

  public get isBodyRequired() {
    return this.resolve().isBodyRequired;
  }

  public get answers() {
    return this.resolve().answers;
  }

  private resolve() {
    this.resolved ??= resolveOperation(this.description, this.part, this.shared);
    return this.resolved;
  }
}

function resolveOperation(description: Description, part: Part, shared: unknown) {
  const operation = resolve(description, part) as Part;
  const parameters = [
    ...((operation.parameters as Part[] | undefined) ?? []),
    ...(resolve(description, shared) as Part[]),
  ];
  const body = (operation.requestBody ?? {}) as Part;
  const answers = Object.entries(operation.responses as { [status: string]: Part });
  return {
    query: parameters.filter((each) => each.in === 'query'),
    bodies: schemasOf(body),
    isBodyRequired: body.required === true,
    answers: Object.fromEntries(answers.map(([status, answer]) => [status, schemasOf(answer)])),
  };
}

function serviceOf(file: string): Operation['service'] {
  if (file.startsWith('okta-')) {
    return 'okta';
  }
  return file === 'konnect-dev-portal.json' ? 'portal' : 'konnect';
}

function schemasOf({ content }: Part): { [contentType: string]: Part } {
  const entries = Object.entries((content ?? {}) as { [contentType: string]: { schema?: Part } });
  return Object.fromEntries(entries.map(([type, { schema = {} }]) => [type, schema]));
}

/** A copy in which what a reference names stands in its place. A reference within itself becomes an open schema. */
function resolve(description: object, part: unknown, within: readonly string[] = []): unknown {
  if (Array.isArray(part)) {
    return part.map((each) => resolve(description, each, within));
  }
  if (typeof part !== 'object' || part === null) {
    return part;
  }
  const { $ref: reference } = part as { $ref?: string };
  if (typeof reference === 'string') {
    return within.includes(reference)
      ? {}
      : {
          ...(resolve(description, find(description, reference), [...within, reference]) as Part),
          [REFERENCE]: reference,
        };
  }
  return Object.fromEntries(
    Object.entries(part).map(([name, each]) => [name, resolve(description, each, within)]),
  );
}

function find(description: object, reference: string): unknown {
  return reference
    .slice('#/'.length)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((part, name) => (part as Part)[name], description);
}
