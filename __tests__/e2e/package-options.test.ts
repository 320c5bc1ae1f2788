import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const SCRIPT = join(resolve(__dirname, '..', '..'), 'scripts', 'package.mjs');

test.each([
  ['npm --modules used', '--modules used has no effect on npm'],
  ['java --no-build', '--no-build has no effect on java'],
  ['go --host cdktn', '--host cdktn packs Python only, not go'],
])('npm run package -- %s is an error', (options, message) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...options.split(' ')], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(message);
});
