import { closestMatch } from '../../lib/core/props-spec';

test.each<[string, string[], string | undefined]>([
  ['pi', ['ip', 'port'], 'ip'],
  ['nmae', ['made', 'name'], 'name'],
  ['nam', ['host', 'name'], 'name'],
  ['gateway_service', ['gatewayService'], 'gatewayService'],
  ['color', ['name', 'tags'], undefined],
  ['name', [], undefined],
])('%p among %p is %p', (written, names, expected) => {
  expect(closestMatch(written, names)).toBe(expected);
});
