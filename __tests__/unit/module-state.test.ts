import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LIB = join(__dirname, '..', '..', 'lib');

/** A variable or a collection at the top of a module. Sets of constants are lists instead. */
const STATE = /^(export )?(let |var |(const|static) .*= new (WeakMap|WeakSet|Map|Set)\b).*/gm;

test('no module of the library has state: an app has its own registry', () => {
  const files = readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(30);
  const found = files.flatMap((file) =>
    [...readFileSync(join(LIB, file), 'utf8').matchAll(STATE)].map(([line]) => `${file}: ${line}`),
  );
  expect(found).toEqual([]);
});
