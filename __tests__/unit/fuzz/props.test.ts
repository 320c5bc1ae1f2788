import { Construct } from 'constructs';
import * as lib from '../../../lib';
import { ListSpec, MapSpec } from '../../../lib/core/collection-spec';
import { NestedSpec } from '../../../lib/core/props-spec';
import type { ValueSpec } from '../../../lib/core/value-spec';
import type { Fixture } from '../../support/fixture';
import { synthesize } from '../../support/synth';
import { catchError } from '../../support/validation';
import { INPUTS, type Input, prepare } from './inputs';
import { invalidValues } from './invalid-values';
import type { AnySpec, Props } from './spec-values';
import '../../../testing/jest';

/** Runs for each input. `FUZZ_RUNS` sets more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 3);

const rows = INPUTS.map((input) => [input.name, input] as const);
const rowsOfClasses = rows.filter(([name]) => !name.includes('.'));
/** Not the methods that take arguments by position only. */
const rowsWithProps = rows.filter(([name, { spec }]) => !name.includes('.') || 'provider' in spec.fields);

test('every class and method that takes input has an entry', () => {
  const names = Object.entries(lib).flatMap(([name, exported]) => {
    const isClass = typeof exported === 'function' && exported !== lib.ValidationError;
    return isClass ? [...(isConstruct(exported) ? [name] : []), ...methodsOf(name, exported)] : [];
  });
  const known = INPUTS.map(({ name }) => name);
  expect(names.filter((name) => !known.includes(name))).toEqual(['Adoption.fromFile', 'Moves.from']);
});

function isConstruct(type: object): boolean {
  return (
    Object.getPrototypeOf(type) !== Function.prototype && Object.prototype.isPrototypeOf.call(Construct, type)
  );
}

/** Static methods that take input, and the methods that add something. */
function methodsOf(name: string, type: { readonly prototype: unknown }): string[] {
  const statics = Object.getOwnPropertyNames(type).filter((each) => /^(from|custom|require)/.test(each));
  const added = chain(type.prototype)
    .flatMap((each) => Object.getOwnPropertyNames(each))
    // Not the private ones.
    .filter((each) =>
      /^(add(?!Dependent|TenantName)|allow|enforce|grant|linkTo|publish$|register($|Client))/.test(each),
    );
  return [...new Set([...statics, ...added])].map((each) => `${name}.${each}`);
}

function chain(prototype: unknown): object[] {
  return typeof prototype !== 'object' || prototype === null || prototype === Construct.prototype
    ? []
    : [prototype, ...chain(Object.getPrototypeOf(prototype))];
}

function synthesized({ create }: Input, fixture: Fixture, props: Props): object {
  create(fixture, 'it', props as never);
  return synthesize(fixture.stack).json;
}

test.each(rows)('%s: valid props synthesize', (_name, input) => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const { fixture, valid } = prepare(input, seed);
    expect(synthesized(input, fixture, valid)).toMatchProviderSchemas({ konnect: '3.24' });
  }
});

test.each(rows)('%s: each invalid prop is named with its rule, value and remedy', (_name, input) => {
  const { fixture, values, valid } = prepare(input);
  const places = values.placesInProps(input.spec, (spec) => invalidValues(spec, values));
  for (const [index, [prop, props]] of places.entries()) {
    const { message, constructPath, failures } = catchError(() =>
      input.create(fixture, `it-${index}`, { ...valid, ...props } as never),
    );
    const { rule, received, remedy } = failures.find((each) => each.prop === prop) ?? failures[0];
    expect(failures.map((each) => each.prop)).toContain(prop);
    expect(message).toContain(`${constructPath}: invalid input\n`);
    expect(message).toContain(`  - \`${prop}\` ${rule}. Received ${received}. ${remedy}.`);
  }
});

test.each(rowsOfClasses)('%s: all failures are reported at once', (_name, input) => {
  const { fixture, valid } = prepare(input);
  const wrong = Object.keys(input.spec.fields).filter((name) => name in valid);
  const props = { ...valid, ...Object.fromEntries(wrong.map((name) => [name, null])), unknown: 1 };
  const failures =
    wrong.length > 0 ? catchError(() => input.create(fixture, 'it', props as never)).failures : [];
  expect(failures.map(({ prop }) => prop).sort()).toEqual([...wrong, 'unknown'].sort());
});

test.each(rows)('%s: tokens are valid', (_name, input) => {
  const isOpen = ([, field]: [string, ValueSpec]) => !field.isKnown;
  const names = Object.entries<ValueSpec>(input.spec.fields).filter(isOpen);
  for (const [name, field] of names) {
    const { fixture, values, valid } = prepare(input);
    const props = { ...valid, [name]: values.token(field) };
    if (!values.accepts(new NestedSpec(input.spec), props)) {
      // A rule about several props rejects it, for example of a route for other protocols.
      continue;
    }
    expect(synthesized(input, fixture, props)).toMatchProviderSchemas({ konnect: '3.24' });
  }
});

test.each(rowsWithProps)(
  '%s: unknown props are rejected with the nearest name, and never shown if they are secrets',
  (_name, input) => {
    const { fixture, valid } = prepare(input);
    const [first] = Object.keys(input.spec.fields);
    const unknown = { [`${first}X`]: 1, clientSecret: 's3cret', api_token: ['s3cret'], dbPassword: 's3cret' };
    const { message, failures } = catchError(() =>
      input.create(fixture, 'it', { ...valid, ...unknown } as never),
    );
    expect(failures.map(({ prop }) => prop)).toEqual(Object.keys(unknown));
    expect(failures[0].remedy).toBe(`Use ${first}`);
    expect(message).not.toContain('s3cret');
  },
);

/** The props with `undefined` for each prop that is left out, also inside of other props. */
function withUndefined({ fields }: AnySpec, props: Props): Props {
  const values = Object.entries<ValueSpec>(fields).map(([name, field]) => [name, fillIn(field, props[name])]);
  return Object.fromEntries(values);
}

function fillIn(spec: ValueSpec, value: unknown): unknown {
  if (value === undefined) {
    return undefined;
  }
  if (spec instanceof NestedSpec) {
    return withUndefined(spec.spec, value as Props);
  }
  if (spec instanceof MapSpec && spec.value instanceof NestedSpec) {
    const entries = Object.entries(value as Props).map(([key, each]) => [key, fillIn(spec.value, each)]);
    return Object.fromEntries(entries);
  }
  return spec instanceof ListSpec ? (value as unknown[]).map((each) => fillIn(spec.item, each)) : value;
}

test.each(rows)('%s: undefined is the same as left out', (_name, input) => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const [one, other] = [prepare(input, seed), prepare(input, seed)];
    expect(synthesized(input, one.fixture, withUndefined(input.spec, one.valid))).toEqual(
      synthesized(input, other.fixture, other.valid),
    );
  }
});
