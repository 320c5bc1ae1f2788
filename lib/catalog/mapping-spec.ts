import { NestedSpec, type PropsRule, type PropsSpec } from '../core/props-spec';
import { text } from '../core/specs';
import type { Failures, Rule } from '../core/validation';
import type { JsonSchema, ValueSpec } from '../core/value-spec';

/** A key of a mapping in the file. */
export interface Field {
  readonly spec: ValueSpec;
  /** Shown by editors. */
  readonly description: string;
}

/** A mapping in the file. */
export class MappingSpec<T> extends NestedSpec<T> {
  public constructor(
    private readonly keys: { readonly [K in keyof Required<T>]: Field },
    rules: readonly PropsRule<T>[] = [],
  ) {
    const fields = Object.entries<Field>(keys).map(([key, { spec }]) => [key, spec]);
    super({ fields: Object.fromEntries(fields) as PropsSpec<T>['fields'], rules });
  }

  public override get schema(): JsonSchema {
    const properties = Object.entries<Field>(this.keys).map(([key, { spec, description }]) => [
      key,
      { description, ...spec.schema },
    ]);
    return { ...super.schema, properties: Object.fromEntries(properties) };
  }
}

/** A mapping that may be empty: `main:`. */
export class NullableMappingSpec<T> extends MappingSpec<T> {
  public override get schema(): JsonSchema {
    return { ...super.schema, type: ['object', 'null'] };
  }

  public override validate(value: unknown, prop: string, failures: Failures): void {
    super.validate(value === null ? {} : value, prop, failures);
  }
}

export function field(spec: ValueSpec, description: string): Field {
  return { spec, description };
}

/** Props of a construct as keys of the file. */
export function pick<T, K extends keyof T>(
  { fields }: PropsSpec<T>,
  descriptions: { readonly [P in K]: string },
): { readonly [P in K]: Field } {
  const picked = Object.entries<string>(descriptions).map(([key, description]) => [
    key,
    field(fields[key as K], description),
  ]);
  return Object.fromEntries(picked);
}

/** A key that code or file defines. */
export function reference(keys: readonly string[]): ValueSpec {
  const rule: Rule<string> = {
    rule: keys.length > 0 ? `must be one of ${keys.join(', ')}` : 'must not be set: the code defines none',
    remedy: 'Use one of them, or define it in the code',
    isValid: (key) => keys.includes(key),
    schema: { minLength: 1 },
  };
  return text().check(rule);
}

export function requiredIfSeveral<T>(
  prop: string,
  keys: readonly string[],
  isMissing: (props: T) => boolean,
): PropsRule<T> {
  const several = `is required because there are several: ${keys.join(', ')}`;
  return {
    prop,
    rule: keys.length > 0 ? several : 'is required, and the code defines none',
    remedy: keys.length > 0 ? 'Set it to one of them' : 'Define one in the code, or remove what needs it',
    isValid: (props) => keys.length === 1 || !isMissing(props),
  };
}
