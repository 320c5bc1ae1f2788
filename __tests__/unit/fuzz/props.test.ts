import { Fn, type TerraformStack, TerraformVariable, Token } from 'cdktf';
import fc from 'fast-check';
import { ValidationError } from '../../../lib';
import { schemaViolations } from '../../../testing/schema/violations';
import { Given } from '../../support/fixture';
import { Page } from '../../support/pages';
import { allPathsOf, replaced, texts } from '../../support/paths';
import { catalogue, type Entry } from '../../support/prop-examples';
import { synthesize } from '../../support/synth';

/** Runs for each way to give input; more of them on demand. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 40);

/** What CDKTF makes of a ValidationError that a construct has for it at synthesis. */
const REFUSED_LATE = /^Validation failed with the following errors:\n.*: invalid input\n/;

/** A value for a prop, made in the stack of the test. */
type Make = (stack: TerraformStack, given: Given) => unknown;

const variable = (stack: TerraformStack) =>
  new TerraformVariable(stack, `variable-${stack.node.children.length}`, {});

const cyclic: { self?: object } = {};
cyclic.self = cyclic;

/** Everything that JavaScript, JSON or a cast may bring. */
const odd: { readonly [what: string]: Make } = {
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
  'an object that is not finished': () => ({ key: undefined }),
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
  'a token that nobody made': () => '${TfToken[TOKEN.987654321]}',
  'a list that nobody made': () => ['#{TfToken[TOKEN.987654321]}'],
  'a map that nobody made': () => ({ '&{TfToken[TOKEN.987654321]}': 'x' }),
  'a list token as a text': (stack) => variable(stack).listValue[0],
  'the value of a map token': () => Token.STRING_MAP_TOKEN_VALUE,
  'a number that nobody made': () => `${Token.asNumber(Token.asAny(1)) * (1 + 1e-7)}`,
  'a text token': (stack) => variable(stack).stringValue,
  'a token in a text': (stack) => `a$${variable(stack).stringValue}{b`,
  'a number token': (stack) => variable(stack).numberValue,
  'a number token in a text': (stack) => `v1.${variable(stack).numberValue}`,
  'a list token': (stack) => variable(stack).listValue,
  'a flag token': (stack) => variable(stack).booleanValue,
  'a map token': (stack) => Token.asStringMap(variable(stack).value),
  'an expression': (stack) => Fn.upper(variable(stack).stringValue),
  'a resolvable': (stack) => Token.asAny(variable(stack).value),
  'a key token': (stack) => ({ [variable(stack).stringValue]: 'x' }),
  'a portal': (_stack, given) => given.portal,
  'a provider': (_stack, given) => given.okta,
  'a resource': (_stack, given) => given.portal.resource,
};

/** What went wrong with the input; nothing, if it was refused or synthesized well. */
function findings(entry: Entry, changes: readonly (readonly [path: string, make: Make])[]): string[] {
  const given = new Given();
  let props: unknown = entry.example(given);
  // From the inside out: what is changed may not hold the next place any more.
  for (const [path, make] of [...changes].sort(([a], [b]) => b.length - a.length)) {
    const value = make(given.stack, given);
    props = replaced(props, path, () => value);
  }
  let json: object;
  try {
    entry.create(given.stack, props as never, given);
    json = synthesize(given.stack).json;
  } catch (error) {
    if (error instanceof ValidationError || (error instanceof Error && REFUSED_LATE.test(error.message))) {
      return [];
    }
    throw error;
  }
  const garbage = texts(json).filter((text) =>
    /\[object |undefined|TfToken|unresolved-token|e\+298/.test(text),
  );
  return [...schemaViolations(json, { konnect: '3.21' }), ...garbage];
}

test.each(catalogue.map((entry) => [entry.what, entry] as const))(
  '%s refuses any input with a ValidationError or synthesizes it',
  (_what, entry) => {
    const path = fc.constantFrom(
      ...allPathsOf(entry.example(new Given())).filter((at) => entry.whole || at !== ''),
    );
    const change = fc.tuple(path, fc.constantFrom(...Object.keys(odd)));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), (changes) => {
        expect(
          findings(
            entry,
            changes.map(([at, what]) => [at, odd[what]]),
          ),
        ).toEqual([]);
      }),
      { numRuns: RUNS, seed: 1, includeErrorInReport: true },
    );
  },
);

test('docs/reliability.md says how many ways to give input there are', () => {
  expect(new Page('docs/reliability.md').content).toContain(
    `props of every construct and method, ${catalogue.length} of them`,
  );
});
