import { NestedSpec } from '../../../lib/core/props-spec';
import { OpaqueSpec, TextSpec, type ValueSpec } from '../../../lib/core/value-spec';
import { synthesize } from '../../support/synth';
import { INPUTS, type Input, prepare } from './inputs';
import { texts } from './paths';
import type { SpecValues } from './spec-values';
import '../../../testing/jest';

/** Terraform would evaluate it if it were not escaped. */
const MARKER = '${data.x}%{endif}';
const ESCAPED = '$${data.x}%%{endif}';

/** Values that contain the marker, if the spec accepts them. */
function markersFor(spec: ValueSpec, values: SpecValues): unknown[] {
  const candidates =
    spec instanceof TextSpec ? [`a ${MARKER}`] : spec instanceof OpaqueSpec ? [{ [MARKER]: [MARKER] }] : [];
  return candidates.filter((each) => values.accepts(spec, each));
}

/** A fixture, and props with the marker at one place, for each place that accepts it. */
function markedProps(input: Input) {
  const { fixture, values, valid } = prepare(input);
  const places = values.placesInProps(input.spec, (spec) => markersFor(spec, values));
  const marked = places.map(([prop, props]) => [prop, { ...valid, ...props }] as const);
  // Rules about several props may reject a place, for example of a route for other protocols.
  const spec = new NestedSpec(input.spec);
  return { fixture, places: marked.filter(([, props]) => values.accepts(spec, props)) };
}

test.each(INPUTS.map((input) => [input.name, input] as const))('%s', (_name, input) => {
  const notWritten = markedProps(input).places.flatMap(([prop], index) => {
    const { fixture, places } = markedProps(input);
    input.create(fixture, 'it', places[index][1] as never);
    const { json } = synthesize(fixture.stack);
    expect(json).toMatchProviderSchemas({ konnect: '3.24' });
    const marked = texts(json).filter((text) => /\{(data\.x|endif)\}/.test(text));
    expect([prop, marked.filter((text) => /[$%]\{/.test(text.replaceAll(ESCAPED, '')))]).toEqual([prop, []]);
    return marked.length === 0 ? [prop] : [];
  });
  // Keys of children are ids of constructs.
  expect(notWritten.filter((prop) => !/^(clients|publications|routes)\./.test(prop))).toEqual([]);
});
