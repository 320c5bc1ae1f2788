import { count } from '../../cli/count';

test.each([
  [0, '0 links'],
  [1, '1 link'],
  [12, '12 links'],
])('counts %d', (number, text) => {
  expect(count(number, 'link')).toBe(text);
});
