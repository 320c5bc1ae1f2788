import { TerraformVariable, Token } from 'cdktf';
import fc from 'fast-check';
import { ListSpec, MapSpec } from '../../../lib/core/collection-spec';
import { NestedSpec, type PropsSpec } from '../../../lib/core/props-spec';
import { Failures } from '../../../lib/core/validation';
import { EnumSpec, FlagSpec, IntegerSpec, TextSpec, type ValueSpec } from '../../../lib/core/value-spec';
import type { Fixture } from '../../support/fixture';
import { ISSUER, UUID } from '../../support/validation';

/** The spec of props without the compiler's names. */
export type AnySpec = Pick<PropsSpec<{ readonly [name: string]: unknown }>, 'fields' | 'rules'>;

export type Props = { readonly [name: string]: unknown };

/** The value of a prop with one part chosen, and the name of that part in messages. */
type Place = readonly [prop: string, value: unknown];

/** Values to choose for a spec. */
type Leaf = (spec: ValueSpec) => readonly unknown[];

/** Texts that meet the rules of a format. Each text prop takes those that its spec accepts. */
export const TEXTS = [
  'orders',
  'api.access',
  '/orders',
  'GET',
  'https',
  'EVERYONE',
  'dev@example.test',
  'https://localhost/callback',
  '>= 4.20.0, < 8.0.0',
  'a b',
  'openapi: 3.1.0',
  'ä 😀 "quoted"\n',
  '${data.x}%{endif}',
  '10.0.0.1',
  'openapi: 3.1.0',
  UUID,
  ISSUER,
];

/** Makes valid and invalid props from their specs. Constructs and providers come from the fixture. */
export class SpecValues {
  public constructor(private readonly fixture: Fixture) {}

  /** Valid props: the required ones, and some of the others. */
  public props(spec: AnySpec): fc.Arbitrary<Props> {
    const entries = Object.entries<ValueSpec>(spec.fields).filter(([name]) => name !== 'adopt');
    const model = Object.fromEntries(entries.map(([name, field]) => [name, this.valid(field)]));
    const requiredKeys = entries.filter(([, field]) => field.isRequired).map(([name]) => name);
    return fc
      .record(model, { requiredKeys })
      .filter((props) => spec.rules.every((rule) => rule.isValid(props)));
  }

  /** Valid values of a prop. */
  public valid(spec: ValueSpec): fc.Arbitrary<unknown> {
    if (spec instanceof TextSpec) {
      const { minLength = 0, maxLength = 30 } = spec.limits;
      const free = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 30) });
      const texts = [...TEXTS, 'x'.repeat(Math.min(maxLength, 1000))].filter((each) =>
        this.accepts(spec, each),
      );
      return fc.oneof(fc.constantFrom(...texts), free).filter((each) => this.accepts(spec, each));
    }
    if (spec instanceof IntegerSpec) {
      return fc.integer({ min: spec.limits.min, max: Math.min(spec.limits.max, 2 ** 31 - 1) });
    }
    if (spec instanceof FlagSpec) {
      return fc.boolean();
    }
    if (spec instanceof EnumSpec) {
      return fc.constantFrom(...spec.values);
    }
    if (spec instanceof NestedSpec) {
      return this.props(spec.spec);
    }
    if (spec instanceof ListSpec) {
      const { minItems = 0, maxItems = 3 } = spec.limits;
      // Several constructs or children of the same props would be duplicates.
      const isText = spec.item instanceof TextSpec || spec.item instanceof EnumSpec;
      const limits = isText
        ? { minLength: minItems, maxLength: Math.min(maxItems, 3) }
        : { minLength: 1, maxLength: 1 };
      return fc.uniqueArray(this.valid(spec.item), limits).filter((each) => this.accepts(spec, each));
    }
    if (spec instanceof MapSpec) {
      const limits = spec.value instanceof NestedSpec ? { minKeys: 1, maxKeys: 1 } : { maxKeys: 3 };
      const key = this.valid(spec.key) as fc.Arbitrary<string>;
      return fc.dictionary(key, this.valid(spec.value), limits).filter((each) => this.accepts(spec, each));
    }
    return fc.constantFrom(...this.candidates().filter((each) => this.accepts(spec, each)));
  }

  /** A value of the type that is known at apply only. */
  public token(spec: ValueSpec): unknown {
    const variable = new TerraformVariable(
      this.fixture.stack,
      `variable-${this.fixture.stack.node.children.length}`,
      {},
    );
    if (spec instanceof ListSpec) return variable.listValue;
    if (spec instanceof IntegerSpec) return variable.numberValue;
    if (spec instanceof FlagSpec) return variable.booleanValue;
    return spec instanceof TextSpec || spec instanceof EnumSpec
      ? variable.stringValue
      : Token.asAny(variable.value);
  }

  public accepts(spec: ValueSpec, value: unknown): boolean {
    const failures = new Failures(this.fixture.stack);
    spec.validate(value, 'prop', failures);
    return failures.all().length === 0;
  }

  /**
   * Values of a prop with one part chosen by `leaf`, which is asked for the prop, and for the items, keys, values and
   * props inside of it. The other parts are valid.
   */
  public places(spec: ValueSpec, prop: string, leaf: Leaf): Place[] {
    const here = leaf(spec).map((value) => [prop, value] as const);
    return [...here, ...this.inner(spec, prop, leaf)];
  }

  /** The same for every prop of props. */
  public placesInProps(
    { fields }: AnySpec,
    leaf: Leaf,
    prefix = '',
  ): (readonly [prop: string, props: Props])[] {
    return Object.entries<ValueSpec>(fields).flatMap(([name, field]) =>
      this.places(field, `${prefix}${name}`, leaf).map(([prop, value]) => [prop, { [name]: value }] as const),
    );
  }

  private inner(spec: ValueSpec, prop: string, leaf: Leaf): Place[] {
    if (spec instanceof ListSpec) {
      return this.places(spec.item.required(), `${prop}[0]`, leaf).map(([part, value]) => [part, [value]]);
    }
    if (spec instanceof MapSpec) {
      const value = this.sample(this.valid(spec.value));
      const keys = leaf(spec.key).filter((key) => typeof key === 'string');
      return [
        ...keys.map((key) => [`${prop}.${key}`, { [key]: value }] as const),
        ...this.places(spec.value.required(), `${prop}.key`, leaf).map(
          ([part, each]) => [part, { key: each }] as const,
        ),
      ];
    }
    if (spec instanceof NestedSpec) {
      const valid = this.sample(this.props(spec.spec));
      return this.placesInProps(spec.spec, leaf, `${prop}.`).map(([part, props]) => [
        part,
        { ...valid, ...props },
      ]);
    }
    return [];
  }

  public sample<T>(values: fc.Arbitrary<T>, seed = 1): T {
    const [value] = fc.sample(values, { numRuns: 1, seed });
    return value;
  }

  private candidates(): unknown[] {
    const { resource } = this.fixture.portal;
    const settings = { ssl_verify: true, nested: { text: '${x}' } };
    return [resource, settings, {}, ...Object.values(this.fixture)];
  }
}
