import { Construct, type IConstruct } from 'constructs';
import { closest, distance } from 'fastest-levenshtein';
import { type Check, Failures, type Rule, type RuleText } from './validation';
import { defined, type JsonSchema, ValueSpec } from './value-spec';

/** A rule about several props. Checked only if all props have the right type. */
export interface PropsRule<T> extends RuleText {
  /** The prop that messages name. */
  readonly prop: string;

  /** The value that messages show. Default: the value of the prop. */
  value?(props: T): unknown;

  isValid(props: T): boolean;
}

/** Specs of the props of an interface. A prop without a spec is a compiler error. */
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
 * @param checks checks against the rest of the app, called only if all types are right
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

/** Rule that unknown props break. */
export const UNKNOWN_PROP = 'is not a known prop';

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
        rule: UNKNOWN_PROP,
        remedy: nearest === undefined ? `Remove it. Props are ${names.join(', ')}` : `Use ${nearest}`,
      });
    }
  }
}

/** The closest name, `undefined` if all differ too much. */
export function closestMatch(written: string, names: readonly string[]): string | undefined {
  // snake_case comes from Python and Terraform, kebab-case from YAML.
  const plain = (name: string) => name.replaceAll(/[_-]/g, '').toLowerCase();
  const candidates = names.map(plain);
  // The distance of swapped letters is 2, as far as an unrelated short name.
  const sorted = (name: string) => [...name].sort().join('');
  const swapped = candidates.find((each) => sorted(each) === sorted(plain(written)));
  const nearest = swapped ?? (candidates.length > 0 ? closest(plain(written), candidates) : '');
  const isClose = distance(plain(written), nearest) <= Math.max(1, Math.ceil(nearest.length * 0.4));
  return swapped !== undefined || isClose ? names[candidates.indexOf(nearest)] : undefined;
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
