import { isPlainObject, isToken } from './tokens';
import type { Failures, Rule } from './validation';
import { bracketed, checkRange, defined, type JsonSchema, type Range, ValueSpec } from './value-spec';

/** Limits of a list or map. */
export interface ItemLimits {
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Whether the items must be unique. */
  readonly unique?: boolean;
  /** Who sets the limits. */
  readonly source?: string;
}

export class ListSpec extends ValueSpec<readonly unknown[]> {
  protected readonly type: Rule = {
    rule: 'must be a list',
    remedy: 'Put the value into brackets',
    isValid: Array.isArray,
  };

  public readonly item: ValueSpec;

  public constructor(
    item: ValueSpec,
    public readonly limits: ItemLimits,
  ) {
    super();
    this.item = item.required();
  }

  public override get schema(): JsonSchema {
    const { minItems, maxItems, unique } = this.limits;
    const limits = defined({ minItems, maxItems, uniqueItems: unique });
    return { type: 'array', items: this.item.schema, ...limits, ...super.schema };
  }

  protected override validateContent(list: readonly unknown[], prop: string, failures: Failures): void {
    const { unique, source } = this.limits;
    checkRange(prop, list, list.length, itemRange(this.limits), failures);
    const known = list.filter((each) => !isToken(each));
    if (unique && new Set(known).size < known.length) {
      failures.add(prop, list, {
        rule: `must not contain a value twice${bracketed(source)}`,
        remedy: 'Remove the duplicate',
      });
    }
    // A hole in a list counts as an undefined item.
    for (let index = 0; index < list.length; index++) {
      this.item.validate(list[index], `${prop}[${index}]`, failures);
    }
    super.validateContent(list, prop, failures);
  }
}

export class MapSpec extends ValueSpec<{ readonly [key: string]: unknown }> {
  protected readonly type: Rule = {
    rule: 'must be an object of values by key',
    remedy: 'Pass a plain object',
    isValid: isPlainObject,
  };

  public readonly value: ValueSpec;

  public constructor(
    value: ValueSpec,
    public readonly key: ValueSpec,
    public readonly limits: ItemLimits,
  ) {
    super();
    this.value = value.required();
  }

  public override get schema(): JsonSchema {
    const { minItems: minProperties, maxItems: maxProperties } = this.limits;
    return {
      type: 'object',
      propertyNames: this.key.schema,
      additionalProperties: this.value.schema,
      ...defined({ minProperties, maxProperties }),
      ...super.schema,
    };
  }

  protected override validateContent(
    map: { readonly [key: string]: unknown },
    prop: string,
    failures: Failures,
  ): void {
    const entries = Object.entries(map);
    checkRange(prop, map, entries.length, itemRange(this.limits), failures);
    for (const [key, each] of entries) {
      this.key.validate(key, `${prop}.${key}`, failures);
      this.value.validate(each, `${prop}.${key}`, failures);
    }
    super.validateContent(map, prop, failures);
  }
}

function itemRange({ minItems, maxItems, source }: ItemLimits): Range {
  return { min: minItems, max: maxItems, unit: 'item', source };
}
