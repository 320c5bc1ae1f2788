import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/*
 * What users do: both packed tarballs in an empty project outside of the repository, a stack
 * compiled under strict, and synthesized. The peers are linked from the repository instead of
 * downloaded, so the test needs no registry.
 */
const root = join(__dirname, '..');
const project = realpathSync(mkdtempSync(join(tmpdir(), 'user-')));
const BINDINGS = join('packages', 'konnect-cdktf-bindings');

function pack(folder: string): { tarball: string; files: string[] } {
  const printed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], {
    cwd: join(root, folder),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename, files }] = JSON.parse(printed) as [{ filename: string; files: { path: string }[] }];
  return { tarball: join(project, filename), files: files.map((file) => file.path).sort() };
}

function link(name: string): void {
  const target = join(project, 'node_modules', name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), target);
}

let library: string[];
let bindings: string[];

beforeAll(() => {
  execFileSync(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'],
    {
      cwd: root,
    },
  );
  writeFileSync(join(project, 'package.json'), '{ "name": "user", "private": true }');
  const packages = [pack('.'), pack(BINDINGS)];
  [library, bindings] = packages.map(({ files }) => files);
  execFileSync(
    'npm',
    ['install', '--offline', '--legacy-peer-deps', '--no-audit', ...packages.map(({ tarball }) => tarball)],
    { cwd: project, stdio: 'ignore' },
  );
  for (const peer of ['cdktf', 'constructs', '@cdktf/provider-okta']) {
    link(peer);
  }
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        target: 'es2022',
        module: 'node16',
        types: [],
        skipLibCheck: false,
        outDir: 'out',
      },
      include: ['main.ts'],
    }),
  );
  writeFileSync(
    join(project, 'main.ts'),
    readFileSync(join(root, 'main.ts'), 'utf8').replaceAll('process.env[name] ?? ', ''),
  );
}, 60_000);

afterAll(() => rmSync(project, { recursive: true }));

test('the library holds its compiled files and nothing else', () => {
  const outside = library.filter((path) => !/^dist\/lib\/.+\.(js|d\.ts)$/.test(path));
  expect(outside).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  expect(library).toContain('dist/lib/index.d.ts');
});

test('the bindings hold one module for each resource and nothing else', () => {
  const outside = bindings.filter((path) => !/^lib\/([\w-]+\/)?index\.(js|d\.ts)$/.test(path));
  expect(outside).toEqual(['LICENSE', 'README.md', 'package.json']);
  expect(bindings).toContain('lib/portal/index.js');
});

test('the library imports nothing but its peers and node', () => {
  const imported = library
    .filter((path) => path.endsWith('.js'))
    .flatMap((path) => [
      ...readFileSync(join(project, 'node_modules/okta-dev-portal-oidc', path), 'utf8').matchAll(
        /require\("([^."][^"]*)"\)/g,
      ),
    ])
    .map(([, name]) => name.split('/lib/')[0]);
  expect([...new Set(imported)].sort()).toEqual([
    '@cdktf/provider-okta',
    '@kong/konnect-cdktf-bindings',
    'cdktf',
    'constructs',
    'node:crypto',
  ]);
});

test('a stack compiles under strict and synthesizes', () => {
  execFileSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project], {
    stdio: 'inherit',
  });
  execFileSync(process.execPath, ['out/main.js'], { cwd: project });
  const path = join(project, 'cdktf.out', 'stacks', 'how-to', 'cdk.tf.json');
  expect(existsSync(path)).toBe(true);
  const { resource } = JSON.parse(readFileSync(path, 'utf8')) as { resource: object };
  expect(Object.keys(resource)).toHaveLength(15);
}, 60_000);
