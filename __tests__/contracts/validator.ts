import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { type Part, REFERENCE } from './descriptions';

/** Which side sends a body: requests have no `readOnly` properties, answers no `writeOnly` ones. */
type Direction = 'request' | 'answer';

/** Validates bodies by schemas of OpenAPI descriptions. Properties that no schema declares are faults. */
export class Validator {
  private readonly compiled = new Map<Part, ValidateFunction>();
  private readonly ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });

  public constructor(private readonly direction: Direction) {
    addFormats(this.ajv);
    // The format "url" of ajv-formats refuses loopback addresses, "set" and "path" are Kong's own.
    for (const format of ['url', 'set', 'path', 'password', 'json']) {
      this.ajv.addFormat(format, true);
    }
  }

  /** Faults of a body, each with its path; none when it is valid. */
  public faults(schema: Part, body: unknown): string[] {
    let validate = this.compiled.get(schema);
    if (!validate) {
      validate = this.ajv.compile(closed(schema, this.direction) as object);
      this.compiled.set(schema, validate);
    }
    return validate(body)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) =>
            `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
        );
  }
}

const COMPOSED = ['allOf', 'oneOf', 'anyOf'];

/**
 * The schema in JSON Schema 2020-12, with objects closed that do not say whether they are open. Parts of a composition
 * stay open: the composition is closed as a whole.
 */
function closed(schema: unknown, direction: Direction, isComposed = false): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    return schema;
  }
  const { nullable, enum: values, properties, ...rest } = withoutMapping(schema as Part);
  const copy: { [keyword: string]: unknown } = { ...rest };
  for (const keyword of COMPOSED) {
    if (Array.isArray(rest[keyword])) {
      copy[keyword] = rest[keyword].map((each) => closed(each, direction, true));
    }
  }
  for (const keyword of ['items', 'additionalProperties']) {
    if (rest[keyword] !== undefined) {
      copy[keyword] = closed(rest[keyword], direction);
    }
  }
  if (rest.then !== undefined) {
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    copy.then = closed(rest.then, direction, true);
  }
  if (typeof properties === 'object' && properties !== null) {
    const hidden = direction === 'request' ? 'readOnly' : 'writeOnly';
    const names = Object.entries(properties as { [name: string]: Part });
    const required = Array.isArray(rest.required) ? (rest.required as string[]) : [];
    copy.required = required.filter((name) => !names.some(([each, part]) => each === name && part[hidden]));
    copy.properties = Object.fromEntries(names.map(([name, part]) => [name, closed(part, direction)]));
  }
  const isObject = properties !== undefined || COMPOSED.some((keyword) => keyword in rest);
  if (isObject && !isComposed && rest.additionalProperties === undefined) {
    copy.unevaluatedProperties = false;
  }
  if (Array.isArray(values)) {
    copy.enum = nullable === true ? [...values, null] : values;
  }
  if (nullable === true && typeof rest.type === 'string') {
    copy.type = [rest.type, 'null'];
  }
  return copy;
}

/** The alternatives of a discriminator as conditions, so that a fault is one of the alternative that is meant. */
function withoutMapping({ discriminator, ...schema }: Part): Part {
  const { propertyName, mapping } = (discriminator ?? {}) as {
    propertyName?: string;
    mapping?: { [value: string]: string };
  };
  const { oneOf: alternatives, ...rest } = schema;
  if (!propertyName || !mapping || !Array.isArray(alternatives)) {
    return schema;
  }
  const conditions = Object.entries(mapping).map(([value, reference]) => ({
    if: { properties: { [propertyName]: { const: value } }, required: [propertyName] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: (alternatives as Part[]).find((each) => each[REFERENCE] === reference) ?? false,
  }));
  return { ...rest, required: [propertyName], allOf: conditions };
}
