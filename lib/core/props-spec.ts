import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { closest, distance } from 'fastest-levenshtein';
import { isJson, isPlainObject } from './tokens';
import { type Check, Failures, type Rule, type RuleText } from './validation';
import {
  checkRange,
  defined,
  EnumSpec,
  FlagSpec,
  IntegerSpec,
  type ItemLimits,
  itemRange,
  type JsonSchema,
  ListSpec,
  type NumberLimits,
  OpaqueSpec,
  type TextLimits,
  TextSpec,
  ValueSpec,
} from './value-spec';

/** A rule about several props, asked if all of them have the right type. */
export interface PropsRule<T> extends RuleText {
  /** The prop that messages name. */
  readonly prop: string;

  /** The value that messages show, by default that of the prop. */
  value?(props: T): unknown;

  isValid(props: T): boolean;
}

/** Which values are valid for the props of an interface. The compiler finds a prop without a spec. */
export interface PropsSpec<T> {
  readonly fields: { readonly [K in keyof Required<T>]: ValueSpec };
  readonly rules: readonly PropsRule<T>[];
}

export function propsSpec<T>(
  fields: PropsSpec<T>['fields'],
  rules: readonly PropsRule<T>[] = [],
): PropsSpec<T> {
  return { fields, rules };
}

/**
 * Validates the props of a construct.
 *
 * @param checks checks of valid props against what the app has already
 * @throws ValidationError with every failure
 */
export function validateProps<T>(
  construct: IConstruct,
  props: T,
  spec: PropsSpec<T>,
  checks: () => readonly Check[] = () => [],
): void {
  const failures = new Failures(construct);
  validateFields(props, spec, '', failures);
  if (failures.typeFailures === 0) {
    failures.addChecks(checks());
  }
  failures.throwIfAny();
}

/** Validates one argument of a method. @throws ValidationError with every failure */
export function validateArgument(construct: IConstruct, name: string, value: unknown, spec: ValueSpec): void {
  const failures = new Failures(construct);
  spec.required().validate(value, name, failures);
  failures.throwIfAny();
}

export const text = (limits: TextLimits = {}) => new TextSpec(limits);
export const integer = (limits: NumberLimits) => new IntegerSpec(limits);
export const flag = () => new FlagSpec();
export const enumOf = (values: object) => new EnumSpec(Object.values(values));
export const listOf = (item: ValueSpec, limits: ItemLimits = {}) => new ListSpec(item, limits);
export const mapOf = (value: ValueSpec, key: ValueSpec = text(), limits: ItemLimits = {}) =>
  new MapSpec(value, key, limits);
export const nested = <T>(spec: PropsSpec<T>) => new NestedSpec(spec);

/** Props of children by construct id. */
export const childrenOf = <T>(spec: PropsSpec<T>) =>
  mapOf(nested(spec), CHILD_ID).known().check(DISTINCT_IDS);

/** A construct with a property: the one that its interface is for. */
export const construct = (property: string) =>
  new OpaqueSpec({
    rule: `must be a construct with ${property}`,
    remedy: 'Pass the construct itself, not its id. Reference existing resources with a from… method',
    isValid: (value) => Construct.isConstruct(value) && property in value,
  }).known();

/** An instance of an enum-like class: a static member, or `custom()`. */
export const enumLike = () =>
  new OpaqueSpec({
    rule: 'must be a member of the class of the prop',
    remedy: 'Use a static member of the class, or its custom()',
    isValid: (value) =>
      typeof Reflect.get(Object(value), 'name') === 'string' && !Construct.isConstruct(value),
  }).known();

/** Plain objects that can be written as JSON. They may contain tokens. */
export const json = () =>
  new OpaqueSpec({
    rule: 'must be JSON: plain objects, lists, strings, finite numbers, true, false and null',
    remedy: 'Convert other values, for example dates with toISOString()',
    isValid: (value) => isPlainObject(value) && isJson(value),
  });

export const provider = () => new ProviderSpec().known();
export const dependency = () => new DependencySpec().known();

/** The id of a child. */
export const CHILD_ID = text({ minLength: 1 }).known();

const DISTINCT_IDS: Rule<object> = {
  rule: 'must not have two keys that differ only in / and --: they are the same construct id',
  remedy: 'Rename one of them',
  isValid: (value) => {
    const ids = Object.keys(value).map((key) => key.replaceAll('/', '--'));
    return new Set(ids).size === ids.length;
  },
};

export class MapSpec extends ValueSpec<{ readonly [key: string]: unknown }> {
  protected readonly type: Rule = {
    rule: 'must be an object of values by key',
    remedy: 'Pass a plain object',
    isValid: isPlainObject,
  };

  public constructor(
    public readonly value: ValueSpec,
    public readonly key: ValueSpec,
    public readonly limits: ItemLimits,
  ) {
    super();
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
    const value = this.value.required();
    for (const [key, each] of entries) {
      this.key.validate(key, `${prop}.${key}`, failures);
      value.validate(each, `${prop}.${key}`, failures);
    }
    super.validateContent(map, prop, failures);
  }
}

/** Props inside of props. */
export class NestedSpec<T> extends ValueSpec {
  protected readonly type = PROPS;

  public constructor(public readonly spec: PropsSpec<T>) {
    super();
  }

  public override get schema(): JsonSchema {
    const fields = Object.entries<ValueSpec>(this.spec.fields);
    return {
      type: 'object',
      additionalProperties: false,
      ...defined({
        required: nonEmpty(fields.filter(([, field]) => field.isRequired).map(([name]) => name)),
      }),
      properties: Object.fromEntries(fields.map(([name, field]) => [name, field.schema])),
    };
  }

  protected override validateContent(value: unknown, prop: string, failures: Failures): void {
    validateFields(value as T, this.spec, `${prop}.`, failures);
    super.validateContent(value, prop, failures);
  }
}

/** A provider of the construct's own stack. */
class ProviderSpec extends ValueSpec<TerraformProvider> {
  protected readonly type: Rule = {
    rule: 'must be a provider',
    remedy: 'Pass the OktaProvider or KonnectProvider of the stack',
    isValid: (value) => Construct.isConstruct(value) && TerraformProvider.isTerraformProvider(value),
  };

  protected override validateContent(value: TerraformProvider, prop: string, failures: Failures): void {
    if (!isInSameStack(value, failures.construct)) {
      failures.add(prop, value, {
        rule: 'must be a provider of the same stack (Terraform)',
        remedy:
          'Create the provider in that stack too and pass it, or leave the prop out to use its default provider',
      });
    }
  }
}

/** Something of the construct's own stack that Terraform can wait for. */
class DependencySpec extends ValueSpec {
  protected readonly type: Rule = {
    rule: 'must be a resource, a data source or a module',
    remedy: 'Pass a resource, for example the property resource of a construct',
    isValid: (value) => typeof Reflect.get(Object(value), 'fqn') === 'string',
  };

  protected override validateContent(value: unknown, prop: string, failures: Failures): void {
    if (Construct.isConstruct(value) && !isInSameStack(value, failures.construct)) {
      failures.add(prop, value, {
        rule: 'must be in the same stack (Terraform)',
        remedy: 'Call addDependency of the stack instead: it deploys one stack after the other',
      });
    }
  }
}

const PROPS: Rule = {
  rule: 'must be an object with props',
  remedy: 'Pass the props that the constructor documents',
  isValid: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

function validateFields<T>(
  props: T,
  { fields, rules }: PropsSpec<T>,
  prefix: string,
  failures: Failures,
): void {
  if (!PROPS.isValid(props)) {
    failures.addTypeFailure(prefix === '' ? 'props' : prefix.slice(0, -1), props, PROPS);
    return;
  }
  const before = failures.typeFailures;
  for (const name in fields) {
    fields[name].validate(props[name], `${prefix}${name}`, failures);
  }
  // A construct that is passed as attributes has other members too.
  if (!Construct.isConstruct(props)) {
    rejectUnknownProps(Object(props), Object.keys(fields), prefix, failures);
  }
  if (failures.typeFailures === before) {
    for (const rule of rules) {
      if (!rule.isValid(props)) {
        const value = rule.value ? rule.value(props) : Reflect.get(Object(props), rule.prop);
        failures.add(`${prefix}${rule.prop}`, value, rule);
      }
    }
  }
}

function rejectUnknownProps(
  props: { readonly [name: string]: unknown },
  names: readonly string[],
  prefix: string,
  failures: Failures,
): void {
  for (const name of Object.keys(props)) {
    if (props[name] !== undefined && !names.includes(name)) {
      const nearest = closestMatch(name, names);
      failures.add(`${prefix}${name}`, props[name], {
        rule: 'is not a prop of this construct',
        remedy: nearest === undefined ? `Remove it. Props are ${names.join(', ')}` : `Use ${nearest}`,
      });
    }
  }
}

/** The name that was probably meant, `undefined` if none is close. */
export function closestMatch(written: string, names: readonly string[]): string | undefined {
  // snake_case comes from Python and Terraform, kebab-case from YAML.
  const plain = (name: string) => name.replaceAll(/[_-]/g, '').toLowerCase();
  const candidates = names.map(plain);
  const nearest = candidates.length > 0 ? closest(plain(written), candidates) : '';
  const isClose = distance(plain(written), nearest) <= Math.max(1, Math.floor(nearest.length * 0.4));
  return isClose ? names[candidates.indexOf(nearest)] : undefined;
}

function isInSameStack(one: IConstruct, other: IConstruct): boolean {
  return TerraformStack.of(one) === TerraformStack.of(other);
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
