import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { CommandRunner } from '../../support/command';
import { describeWithTerraform } from '../../support/sandbox';

const ROOT = resolve(__dirname, '..', '..', '..');
const TEMPLATES = join(ROOT, 'templates');
const { version, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const COMMON = [
  '.github/workflows/ci.yml',
  '.gitignore',
  'README.md',
  'cdktf.json',
  'package.json',
  'sandbox.mjs',
];
const FILES: { readonly [language: string]: readonly string[] } = {
  typescript: [
    ...COMMON,
    'dev-portal-stack.test.ts',
    'dev-portal-stack.ts',
    'main.ts',
    'tsconfig.json',
  ].sort(),
  python: [
    ...COMMON,
    'dev_portal_stack.py',
    'main.py',
    'requirements.txt',
    'test_dev_portal_stack.py',
  ].sort(),
};
const TARBALLS = [
  `okta-dev-portal-oidc-${version}.tgz`,
  `okta-dev-portal-oidc-sandbox-${devDependencies['okta-dev-portal-oidc-sandbox']}.tgz`,
  `kong-konnect-cdktf-bindings-${devDependencies['@kong/konnect-cdktf-bindings']}.tgz`,
];
const WHEELS = [
  `cdktf_okta_dev_portal_oidc-${version}-py3-none-any.whl`,
  `konnect_cdktf_bindings-${devDependencies['@kong/konnect-cdktf-bindings']}-py3-none-any.whl`,
];
/** Packed packages that a project in each language uses. */
const PACKED: { readonly [language: string]: readonly string[] } = {
  typescript: TARBALLS,
  python: [...TARBALLS, ...WHEELS],
};

let command: CommandRunner;

beforeEach(() => {
  command = new CommandRunner({});
});

afterEach(() => command.remove());

function filesIn(folder: string): string[] {
  return readdirSync(join(command.folder, folder), { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.path, entry.name).slice(join(command.folder, folder).length + 1))
    .sort();
}

const read = (...path: readonly string[]) => readFileSync(join(command.folder, ...path), 'utf8');
const write = (path: string) => writeFileSync(join(command.folder, path), '');

/** Writes packed packages, with their names as content. */
function pack(folder: string, files: readonly string[]): void {
  mkdirSync(join(command.folder, folder), { recursive: true });
  for (const file of files) {
    writeFileSync(join(command.folder, folder, file), file);
  }
}

describe.each(Object.keys(FILES))('in %s', (language) => {
  test('creates a project, and prints how to go on', async () => {
    const { exitCode, stdout } = await command.run('init', 'a portal', '--language', language);
    expect(exitCode).toBe(0);
    expect(filesIn('a portal')).toEqual(FILES[language]);
    expect(stdout).toContain("cd 'a portal'\n");
    expect(stdout).toContain('  npm install\n  npm test\n  npm run sandbox\n');
    expect(stdout.includes('requirements.txt\n  npm install')).toBe(language === 'python');
  });

  test('pins the versions that the library is tested with', async () => {
    await command.run('init', '--language', language);
    const { dependencies, devDependencies: tools } = JSON.parse(read('package.json'));
    const pinned = Object.entries<string>({ ...dependencies, ...tools });
    const tested = { ...devDependencies, 'okta-dev-portal-oidc': version };
    expect(pinned.length).toBeGreaterThan(5);
    expect(pinned.filter(([name, pin]) => pin !== tested[name])).toEqual([]);
    if (language === 'python') {
      const lines = read('requirements.txt').trim().split('\n');
      expect(lines.filter((line) => !/^[a-z-]+==\d+\.\d+\.\d+$/.test(line))).toEqual([]);
      expect(lines).toContain(`cdktf-okta-dev-portal-oidc==${version}`);
    }
  });

  test('ignores the files of a sandbox in a terminal, and the state', async () => {
    await command.run('init', '--language', language);
    spawnSync('git', ['init', '--quiet'], { cwd: command.folder });
    const files = [
      'sandbox.env',
      'staging.env',
      'terraform.dev-portal.tfstate',
      'state.json',
      join('cdktf.out', 'manifest.json'),
    ];
    const { stdout } = spawnSync('git', ['check-ignore', ...files], {
      cwd: command.folder,
      encoding: 'utf8',
    });
    expect(stdout.trim().split('\n')).toEqual(files);
  });

  test('its workflow runs scripts that the project has', async () => {
    await command.run('init', '--language', language);
    const { scripts } = JSON.parse(read('package.json'));
    const { jobs } = parse(read('.github', 'workflows', 'ci.yml')) as {
      jobs: { test: { steps: readonly { run?: string }[] } };
    };
    const run = jobs.test.steps.flatMap(
      ({ run = '' }) => /^npm (?:run )?(?!ci$)(\w+)(?: -- |$)/.exec(run)?.[1] ?? [],
    );
    expect(run).toEqual(['test', 'sandbox']);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(run));
  });

  test('copies the packed packages that the project uses, and installs the copies', async () => {
    pack('packed', [...TARBALLS, `okta-dev-portal-oidc-cdktn-${version}.tgz`]);
    // The folder of npm run package -- python.
    pack(join('packed', 'python'), [...WHEELS, `cdktf_okta_dev_portal_oidc-${version}.tar.gz`]);
    const { exitCode, stdout } = await command.run(
      ...['init', 'portal', '--language', language, '--packages', 'packed'],
    );
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('not released');
    const packed = [...(PACKED[language] ?? [])].sort();
    expect(filesIn(join('portal', 'packages'))).toEqual(packed);
    expect(packed.map((file) => read('portal', 'packages', file))).toEqual(packed);
    expect(packed.filter((file) => !stdout.includes(`  packages/${file}\n`))).toEqual([]);
    const { dependencies, devDependencies: tools } = JSON.parse(read('portal', 'package.json'));
    const files = Object.values<string>({ ...dependencies, ...tools }).filter((pin) => !/^\d/.test(pin));
    expect(files.sort()).toEqual(TARBALLS.map((tarball) => `file:packages/${tarball}`).sort());
    if (language === 'python') {
      expect(read('portal', 'requirements.txt')).toMatch(/^--find-links packages\ncdktf==/);
    }
  });

  test('lets Git add the packages, also where a folder above ignores such files', async () => {
    pack('packed', PACKED[language] ?? []);
    writeFileSync(join(command.folder, '.gitignore'), '*.tgz\n*.whl\n');
    await command.run('init', 'portal', '--language', language, '--packages', 'packed');
    const git = (...args: string[]) =>
      spawnSync('git', args, { cwd: command.folder, encoding: 'utf8' }).stdout;
    git('init', '--quiet');
    git('add', '.');
    const added = git('ls-files', 'portal/packages').trim().split('\n');
    expect(added).toEqual((PACKED[language] ?? []).map((file) => `portal/packages/${file}`).sort());
  });

  test('refuses a folder that lacks a package that the project uses, and writes nothing', async () => {
    for (const missing of PACKED[language] ?? []) {
      const folder = `without ${missing}`;
      pack(
        folder,
        [...TARBALLS, ...WHEELS].filter((file) => file !== missing),
      );
      const options = ['--language', language, '--packages', folder];
      const { exitCode, stderr } = await command.run('init', 'portal', ...options);
      expect(stderr).toContain(`${folder} has no ${missing}\n`);
      expect([exitCode, existsSync(join(command.folder, 'portal'))]).toEqual([2, false]);
    }
  });
});

test('prints JSON', async () => {
  const { stdout } = await command.run('init', 'portal', '--json');
  expect(JSON.parse(stdout)).toEqual({
    ok: true,
    folder: join(command.folder, 'portal'),
    language: 'typescript',
    files: FILES.typescript,
  });
});

test('creates a project in a new repository', async () => {
  mkdirSync(join(command.folder, '.git'));
  expect(await command.run('init')).toMatchObject({ exitCode: 0 });
  expect(filesIn('')).toEqual(FILES.typescript);
});

test.each([
  ['files of a project', ['main.ts', 'README.md'], 'README.md, main.ts'],
  ['other files', ['notes'], 'notes'],
  ['many files', ['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('refuses a folder with %s, and writes nothing', async (_, files, named) => {
  files.forEach(write);
  const { exitCode, stdout, stderr } = await command.run('init');
  expect(stderr).toContain(`${command.folder} is not empty, it has ${named}\n    → Name a new folder`);
  expect([exitCode, stdout, filesIn('')]).toEqual([2, '', [...files].sort()]);
});

test('leaves nothing behind when the disk is full', () => {
  const tsx = join(ROOT, 'node_modules', 'tsx', 'dist', 'loader.mjs');
  const script = 'ulimit -f 1; exec "$0" --import "$1" "$2" init';
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', script, process.execPath, tsx, join(ROOT, 'cli', 'main.ts')],
    // The cache of tsx would be cut off too.
    { cwd: command.folder, encoding: 'utf8', env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
  );
  expect(stderr).toContain('cannot be written: EFBIG');
  expect([status, filesIn('')]).toEqual([1, []]);
});

test('names a file that is in the way of the folder', async () => {
  write('portal');
  const { exitCode, stderr } = await command.run('init', 'portal');
  expect(stderr).toMatch(/portal cannot be written: (EEXIST|ENOTDIR)/);
  expect(exitCode).toBe(1);
});

test.each([['an unknown language', ['--language', 'ruby'], 'Allowed choices are typescript, python.']])(
  'refuses %s',
  async (_, options, message) => {
    const { exitCode, stderr } = await command.run('init', 'portal', ...options);
    expect(stderr).toContain(message);
    expect([exitCode, existsSync(join(command.folder, 'portal'))]).toEqual([2, false]);
  },
);

describeWithTerraform('the template in TypeScript', () => {
  test('passes its tests', () => {
    const tsx = join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
    const file = join(TEMPLATES, 'typescript', 'dev-portal-stack.test.ts');
    const folder = mkdtempSync(join(tmpdir(), 'template-'));
    const { status, stdout } = spawnSync(process.execPath, [tsx, '--test', file], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TMPDIR: folder,
        TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.json'),
      },
    });
    rmSync(folder, { recursive: true });
    expect(stdout).toContain('# pass 3\n');
    expect(status).toBe(0);
  });
});
