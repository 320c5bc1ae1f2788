import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatJunit } from '../../../cli/verify/junit';
import { formatMarkdown } from '../../../cli/verify/markdown';
import { CommandSetup } from '../../support/command-setup';
import { SecretScanner } from '../../support/secret-scanner';

/*
 * The reports of `verify` for CI systems.
 */
let setup: CommandSetup;

beforeEach(async () => {
  setup = await CommandSetup.create();
});

afterEach(() => setup.stop());

const written = (file: string) => readFileSync(join(setup.command.folder, file), 'utf8');

async function verify(...options: string[]) {
  const { exitCode } = await setup.command.run(
    ...['verify', '--state', 'state.json', '--wait', '0', '--junit', 'verify.xml', '--markdown', 'verify.md'],
    ...options,
  );
  const [junit, markdown] = [written('verify.xml'), written('verify.md')];
  expect(SecretScanner.of(setup.sandbox).find({ junit, markdown })).toEqual([]);
  return { exitCode, junit, markdown };
}

test('a report has every link, with cause and remedy of a broken one', async () => {
  const { exitCode, junit, markdown } = await verify();
  expect(exitCode).toBe(1);
  expect(junit).toContain('tests="12" failures="2" skipped="1"');
  expect(junit.match(/<testcase /g)).toHaveLength(12);
  expect(junit).toMatch(
    /<failure message="no application in MyDevPortal has the client id 0oa\w+" type="registration">Register it with .*&lt;e-mail&gt;/,
  );
  expect(junit).toContain('<skipped message="not checked, no such client was named"/>');
  expect(markdown).toContain('9 links OK, 2 broken, 1 not checked');
  expect(markdown.match(/^\| (✅|❌|➖) \|/gm)).toHaveLength(12);
  expect(markdown).toMatch(/^\| ❌ \| Registration \| no application .*<br>→ Register it/m);
});

test('a link that was not checked is a failure with --require-all', async () => {
  const { junit } = await verify('--require-all');
  expect(junit).toContain('tests="12" failures="3" skipped="0"');
});

test('a file that cannot be written is named', async () => {
  const { exitCode, stderr } = await setup.command.run(
    ...['verify', '--state', 'state.json', '--wait', '0', '--junit', 'none/verify.xml'],
  );
  expect(stderr).toContain('none/verify.xml cannot be written');
  expect(exitCode).toBe(2);
});

test('text is escaped', () => {
  const link = { name: 'x', title: 'A <b> & "c"', status: 'failed', milliseconds: 1_500 } as const;
  const suites = [{ name: 'A "b"', links: [{ ...link, detail: 'a | b\nc \u0001 <d>' }] }];
  const junit = formatJunit(suites, false);
  expect(junit).toContain('classname="A &quot;b&quot;" name="A &lt;b&gt; &amp; &quot;c&quot;" time="1.500"');
  expect(junit).toContain('message="a | b&#10;c   &lt;d&gt;"');
  expect(formatMarkdown(suites)).toContain('| a \\| b<br>c \u0001 &lt;d> |');
});
