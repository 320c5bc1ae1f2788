import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { type ItemLimits, ListSpec, MapSpec } from './collection-spec';
import { isInSameStack } from './elements';
import { NestedSpec, type PropsSpec } from './props-spec';
import type { ProviderName } from './providers';
import { isJson, isPlainObject } from './tokens';
import type { Failures, Rule } from './validation';
import {
  EnumSpec,
  FlagSpec,
  IntegerSpec,
  type NumberLimits,
  OpaqueSpec,
  type TextLimits,
  TextSpec,
  ValueSpec,
} from './value-spec';

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

/** A construct with the properties that identify its interface. */
export const construct = (...properties: string[]) =>
  new OpaqueSpec({
    rule: `must be a construct with ${properties.join(' and ')}`,
    remedy: 'Pass the construct itself, not its id. Reference existing resources with a from… method',
    // An okta provider has a clientId too.
    isValid: (value) =>
      Construct.isConstruct(value) &&
      !TerraformProvider.isTerraformProvider(value) &&
      properties.every((each) => each in value),
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

export const provider = (name: ProviderName, place = Place.SAME_STACK) =>
  new ProviderSpec(name, place).known();
export const dependency = (place = Place.SAME_STACK) => new DependencySpec(place).known();

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

/** Stack of the resources that use a provider or wait for a dependency. */
export enum Place {
  /** The stack of the construct that validates the props. */
  SAME_STACK,
  /** A stack that is decided later. The construct that is created there validates them again. */
  ANY_STACK,
}

/** A provider in the stack of the resources. */
class ProviderSpec extends ValueSpec<TerraformProvider> {
  protected readonly type: Rule;

  public constructor(
    name: ProviderName,
    private readonly place: Place,
  ) {
    super();
    this.type = {
      rule: `must be a provider of ${name} (Terraform)`,
      remedy: `Pass the ${name === 'okta' ? 'OktaProvider' : 'KonnectProvider'} of the stack`,
      isValid: (value) =>
        Construct.isConstruct(value) &&
        TerraformProvider.isTerraformProvider(value) &&
        value.terraformResourceType === name,
    };
  }

  protected override validateContent(value: TerraformProvider, prop: string, failures: Failures): void {
    if (this.place === Place.SAME_STACK && !isInSameStack(value, failures.construct)) {
      failures.add(prop, value, {
        rule: 'must be a provider of the same stack (Terraform)',
        remedy:
          'Create the provider in that stack too and pass it, or leave the prop out to use its default provider',
      });
    }
  }
}

/** A resource, data source or module in the stack of the resources. */
class DependencySpec extends ValueSpec {
  protected readonly type: Rule = {
    rule: 'must be a resource, a data source or a module',
    remedy: 'Pass a resource, for example the property resource of a construct',
    isValid: (value) => typeof Reflect.get(Object(value), 'fqn') === 'string',
  };

  public constructor(private readonly place: Place) {
    super();
  }

  protected override validateContent(value: unknown, prop: string, failures: Failures): void {
    const isHere = this.place === Place.SAME_STACK;
    if (isHere && Construct.isConstruct(value) && !isInSameStack(value, failures.construct)) {
      failures.add(prop, value, {
        rule: 'must be in the same stack (Terraform)',
        remedy: 'Call addDependency of the stack instead: it deploys one stack after the other',
      });
    }
  }
}
