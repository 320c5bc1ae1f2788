import { parseBlock } from '../../../../testing/schema/types';
import { checkBody } from '../../../../testing/schema/values';

describe('a type that the pinned schemas do not have', () => {
  const string = { type: 'string', required: true };
  const nested = (nesting_mode: string) => ({
    nested_type: { nesting_mode, attributes: { s: string } },
    optional: true,
  });
  const block = parseBlock({
    attributes: {
      tuple: { type: ['tuple', ['string', 'bool']], optional: true },
      object: { type: ['object', { a: 'string', b: 'bool' }, ['b']], optional: true },
      list: nested('list'),
      set: nested('set'),
      map: nested('map'),
    },
    block_types: {
      some: { nesting_mode: 'set', min_items: 1, max_items: 2, block: {} },
      labelled: { nesting_mode: 'map', block: { attributes: { s: string } } },
    },
  });

  test.each<[object, ...string[]]>([
    [{ some: {} }],
    [{ some: [{}, {}], tuple: ['a', true], object: { a: 'a' }, list: [{ s: '' }], map: { k: { s: '' } } }],
    [{}, 'block "some" must occur at least once, occurs 0 times'],
    [{ some: null }, 'block "some" must occur at least once, occurs 0 times'],
    [{ some: [{}, {}, {}] }, 'block "some" must occur at most 2 times, occurs 3 times'],
    [{ some: {}, tuple: ['a'] }, 'attribute "tuple" must have length 2, has 1'],
    [{ some: {}, tuple: ['a', 'b'] }, 'attribute "tuple[1]" must be bool, is string'],
    [
      { some: {}, object: { b: 1 } },
      'missing required attribute "object.a"',
      'attribute "object.b" must be bool, is number',
    ],
    [{ some: {}, list: [{ s: '' }, {}] }, 'missing required attribute "list[1].s"'],
    [{ some: {}, set: [{ s: '', t: '' }] }, 'unknown attribute "set[0].t"'],
    [{ some: {}, map: { k: { s: [] } } }, 'attribute "map.k.s" must be string, is list'],
    [{ some: {}, labelled: { k: { s: {} } } }, 'attribute "labelled.k.s" must be string, is object'],
  ])('is checked in %j', (body, ...messages) => {
    const found: string[] = [];
    checkBody(block, body, '', (violation) => found.push(violation));
    expect(found).toEqual(messages);
  });

  test('fails if its format is unknown', () => {
    expect(() => parseBlock({ attributes: { a: { type: 'text' } } })).toThrow(
      'unknown type in provider schema: "text"',
    );
  });
});
