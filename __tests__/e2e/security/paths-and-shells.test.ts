import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { createWorkFolder, removeWorkFolder } from '../../../packages/sandbox/src/work-folder';
import { CommandRunner } from '../../support/command';
import { describeWithTerraform } from '../../support/sandbox';

/*
 * What users name becomes no path outside of where it belongs, and no shell reads it.
 */
const ROOT = join(__dirname, '..', '..', '..');

describe('a sandbox', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
  });

  afterAll(() => sandbox.stop());

  const refused = [
    '',
    '.',
    '..',
    '../x',
    'a/../../x',
    'a/b',
    '/tmp/x',
    '..\\x',
    'C:\\x',
    'a\0b',
    'a\nb',
    'x'.repeat(201),
    'é'.repeat(101),
    'x'.repeat(100_000),
  ];

  test.each(refused.map((name) => [name.slice(0, 20), name]))('takes no stack called %j', async (_, name) => {
    const refusal = /^The sandbox takes no stack called ".{0,120}": .* Give the stack another id\.$/;
    expect(() => sandbox.workspace(name)).toThrow(refusal);
    await expect(sandbox.deployJson(name, '{}')).rejects.toThrow(refusal);
    await expect(sandbox.planJson(name, '{}')).rejects.toThrow(refusal);
    await expect(sandbox.destroy(name)).rejects.toThrow(refusal);
    expect(readdirSync(sandbox.folder)).toEqual([]);
  });

  describeWithTerraform('with Terraform', () => {
    test.each([
      'how-to',
      '...',
      'a b',
      '$(touch pwned)',
      ';touch pwned;#',
      '`touch pwned`',
      '-chdir=x',
      'é'.repeat(100),
    ])('takes one called %j for the name of a folder', async (name) => {
      await sandbox.planJson(name, '{}');
      expect(readdirSync(sandbox.folder)).toEqual([name]);
      rmSync(join(sandbox.folder, name), { recursive: true });
    });
  });
});

describeWithTerraform('a path of the command', () => {
  test.each(['$(touch pwned)', ';touch pwned;#', '`touch pwned`'])(
    'the command takes %j for a path, and gives it to no shell',
    async (path) => {
      const command = new CommandRunner({ PATH: process.env.PATH });
      mkdirSync(join(command.folder, path));
      for (const argv of [['--chdir', path], ['--output', path], [path]]) {
        expect((await command.run('verify', ...argv)).exitCode).toBe(2);
      }
      for (const argv of [
        ['--file', path],
        ['--output', path],
        ['--print-app', '--file', path],
      ]) {
        expect((await command.run('adopt', ...argv)).exitCode).toBe(2);
      }
      expect(readdirSync(command.folder)).toEqual([path]);
      command.remove();
    },
  );
});

describe('the work folder', () => {
  test('belongs to its user alone', () => {
    const folder = createWorkFolder();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    removeWorkFolder(folder);
  });

  test('is not removed for another user, whose process it would be', () => {
    const folder = mkdtempSync(join(tmpdir(), 'okta-dev-portal-oidc-sandbox-4194305-'));
    const user = jest.spyOn(process, 'getuid').mockReturnValue(4_194_305);
    removeWorkFolder(createWorkFolder());
    user.mockRestore();
    expect(readdirSync(folder)).toEqual([]);
    removeWorkFolder(createWorkFolder());
    expect(() => statSync(folder)).toThrow('ENOENT');
  });
});

describe('no source', () => {
  /** What users install or run, and what builds it. */
  const sources = [
    'cli',
    'lib',
    'testing',
    'scripts',
    'packages/sandbox/src',
    'packages/konnect-cdktf-bindings/build',
  ]
    .flatMap((folder) => filesIn(join(ROOT, folder)))
    .concat(join(ROOT, 'main.ts'))
    .map((file) => [file.slice(ROOT.length + 1), readFileSync(file, 'utf8')] as const);

  const sourcesWith = (pattern: RegExp) =>
    sources.filter(([, text]) => pattern.test(text)).map(([file]) => file);

  test('imports what runs a shell', () => {
    // Only these, and none of them as a whole: `exec` and `execSync` hand a text to a shell.
    const allowed =
      /^import \{( ?(type \w+|spawn|spawnSync|execFile|execFileSync),?)+ \} from 'node:child_process';$/;
    const lines = sources
      .flatMap(([, text]) => text.split('\n'))
      .filter((line) => line.includes('child_process'));
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => !allowed.test(line))).toEqual([]);
  });

  test('asks for a shell, except for the command that users write for `rotate --exec`', () => {
    expect(sourcesWith(/\bshell['"]?\s*(:\s*[^\s(]|[,}])/)).toEqual(['cli/rotate/secret-sink.ts']);
  });

  test('makes code out of text', () => {
    expect(sourcesWith(/\beval\(|\bnew Function\(/)).toEqual([]);
  });
});

function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.(ts|mjs|js)$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name));
}
