import { Fn, TerraformVariable, Token } from 'cdktf';
import fc from 'fast-check';
import { ValidationError } from '../../../lib';
import { schemaViolations } from '../../../testing/schema/violations';
import type { Fixture } from '../../support/fixture';
import { synthesize } from '../../support/synth';
import { INPUTS, type Input, prepare } from './inputs';
import { allPathsOf, replaced, texts } from './paths';

/** Runs for each input. `FUZZ_RUNS` sets more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 10);

/** How CDKTF reports a ValidationError that a construct adds at synthesis. */
const REJECTED_AT_SYNTHESIS = /^Validation failed with the following errors:\n.*: invalid input\n/;

/** A value for a prop, made in the stack of a fixture. */
type Make = (fixture: Fixture) => unknown;

const variable = ({ stack }: Fixture) =>
  new TerraformVariable(stack, `variable-${stack.node.children.length}`, {});

const cyclic: { self?: object } = {};
cyclic.self = cyclic;

/** Values that JavaScript, JSON or a cast may pass. */
const ODD_VALUES: { readonly [what: string]: Make } = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  'a number': () => 5,
  zero: () => 0,
  'a fraction': () => -1.5,
  'not a number': () => Number.NaN,
  infinity: () => Number.POSITIVE_INFINITY,
  'a bigint': () => 5n,
  'a symbol': () => Symbol('odd'),
  'a function': () => () => 'odd',
  'an empty list': () => [],
  'a list of null': () => [null],
  'a sparse list': () => new Array(2),
  'a list of texts': () => ['a', 'b'],
  'a list of lists': () => [['a']],
  'an empty object': () => ({}),
  'an object': () => ({ key: 'value' }),
  'an object without prototype': () => Object.assign(Object.create(null), { key: 'value' }),
  'an object with an undefined value': () => ({ key: undefined }),
  'JSON with a prototype': () => JSON.parse('{"__proto__":"x"}'),
  'a cyclic object': () => cyclic,
  'a date': () => new Date(0),
  'a map': () => new Map([['a', 'b']]),
  'an empty text': () => '',
  'a space': () => ' ',
  'a long text': () => 'x'.repeat(10_000),
  'a template': () => '${data.x} %{if true} $${ "',
  'lines and emoji': () => 'a\r\n"b"\\\t🎉\u0000\u2028',
  'half an emoji': () => '\ud83d',
  'a token that CDKTF does not know': () => '${TfToken[TOKEN.987654321]}',
  'a list that CDKTF does not know': () => ['#{TfToken[TOKEN.987654321]}'],
  'a map that CDKTF does not know': () => ({ '&{TfToken[TOKEN.987654321]}': 'x' }),
  'a list token as a text': (fixture) => variable(fixture).listValue[0],
  'the value of a map token': () => Token.STRING_MAP_TOKEN_VALUE,
  'a number that CDKTF does not know': () => `${Token.asNumber(Token.asAny(1)) * (1 + 1e-7)}`,
  'a text token': (fixture) => variable(fixture).stringValue,
  'a token in a text': (fixture) => `a$${variable(fixture).stringValue}{b`,
  'a number token': (fixture) => variable(fixture).numberValue,
  'a number token in a text': (fixture) => `v1.${variable(fixture).numberValue}`,
  'a list token': (fixture) => variable(fixture).listValue,
  'a flag token': (fixture) => variable(fixture).booleanValue,
  'a map token': (fixture) => Token.asStringMap(variable(fixture).value),
  'an expression': (fixture) => Fn.upper(variable(fixture).stringValue),
  'a resolvable': (fixture) => Token.asAny(variable(fixture).value),
  'a key token': (fixture) => ({ [variable(fixture).stringValue]: 'x' }),
  'a portal': (fixture) => fixture.portal,
  'a provider': (fixture) => fixture.okta,
  'a resource': (fixture) => fixture.portal.resource,
};

/** What is wrong with the configuration. Empty if the input was rejected or is valid. */
function findings(
  input: Input,
  seed: number,
  changes: readonly (readonly [place: number, make: Make])[],
): string[] {
  const { fixture, valid } = prepare(input, seed);
  const paths = allPathsOf(valid).filter((path) => path !== '');
  // From the inside out: a changed value may not have the next place any more.
  const sorted = changes
    .map(([place, make]) => [paths[place % paths.length] ?? 'none', make] as const)
    .sort(([one], [other]) => other.length - one.length);
  let props: unknown = valid;
  for (const [path, make] of sorted) {
    const value = make(fixture);
    props = replaced(props, path, () => value);
  }
  try {
    input.create(fixture, 'it', props as never);
    const { json } = synthesize(fixture.stack);
    const garbage = texts(json).filter((text) =>
      /\[object |undefined|TfToken|unresolved-token|e\+298/.test(text),
    );
    return [...schemaViolations(json, { konnect: '3.24' }), ...garbage];
  } catch (error) {
    const isRejected =
      error instanceof ValidationError ||
      (error instanceof Error && REJECTED_AT_SYNTHESIS.test(error.message));
    if (isRejected) {
      return [];
    }
    throw error;
  }
}

test.each(INPUTS.map((input) => [input.name, input] as const))(
  '%s rejects any value with a ValidationError, or synthesizes it',
  (_name, input) => {
    const change = fc.tuple(fc.nat(), fc.constantFrom(...Object.keys(ODD_VALUES)));
    fc.assert(
      fc.property(fc.nat(), fc.array(change, { minLength: 1, maxLength: 2 }), (seed, changes) => {
        const made = changes.map(([place, name]) => [place, ODD_VALUES[name]] as const);
        expect(findings(input, seed, made)).toEqual([]);
      }),
      { numRuns: RUNS, seed: 1, includeErrorInReport: true },
    );
  },
);
