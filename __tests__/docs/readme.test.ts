import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'readme-'));
  // The examples find the packages that a user would install beside them.
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  for (const [index, example] of examples().entries()) {
    writeFileSync(join(project, `example-${index}.ts`), example);
  }
  const compilerOptions = {
    target: 'es2022',
    module: 'node16',
    moduleResolution: 'node16',
    strict: true,
    noUnusedLocals: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
    paths: { 'okta-dev-portal-oidc': [join(ROOT, 'lib', 'index.ts')] },
  };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'commonjs' }));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

test('the README is shorter than 100 lines and begins with the example', () => {
  expect(README.trimEnd().split('\n').length).toBeLessThan(100);
  expect(README.indexOf('```ts')).toBeLessThan(README.indexOf('\n## '));
});

test('the how-to takes at most 15 lines in a stack', () => {
  const stack = examples()[0]?.split('\n') ?? [];
  const first = stack.findIndex((line) => line.includes('new TerraformStack('));
  const last = stack.findIndex((line) => line.includes('app.synth()'));
  const code = stack.slice(first + 1, last).filter((line) => line.trim() !== '' && !line.startsWith('//'));
  expect(first).toBeGreaterThan(0);
  expect(code.length).toBeGreaterThan(0);
  expect(code.length).toBeLessThanOrEqual(15);
});

test('the examples compile under strict', () => {
  const { status, stdout, stderr } = run([tool('tsc'), '-p', project]);
  expect(`${stdout}${stderr}`).toBe('');
  expect(status).toBe(0);
}, 60_000);

test('the examples synthesize without a setting', () => {
  for (const index of examples().keys()) {
    const outdir = join(project, `out-${index}`);
    const { status, stderr } = run([process.execPath, '--import', 'tsx', `example-${index}.ts`], {
      CDKTF_OUTDIR: outdir,
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(existsSync(join(outdir, 'manifest.json'))).toBe(true);
  }
}, 60_000);

test.each(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])(
  'every relative link of %s leads somewhere',
  (name) => {
    const file = join(ROOT, name);
    const targets = [...readFileSync(file, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(
      ([, target = '']) => target,
    );
    const relative = targets.filter((target) => !/^(https?:|#)/.test(target));
    const broken = relative.filter((target) => !existsSync(join(dirname(file), target.split('#')[0] ?? '')));
    expect(targets).not.toEqual([]);
    expect(broken).toEqual([]);
  },
);

test('every npm script that the documents name exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: { readonly [name: string]: string };
  };
  const documents = README + readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  const named = [...documents.matchAll(/npm (?:run (\S+?)|(start|test))(?=[\s`])/g)].map(
    (m) => m[1] ?? m[2] ?? '',
  );
  expect(new Set(named)).toEqual(
    new Set(['start', 'test', 'test:long', 'audit', 'mutation', 'bench', 'build', 'gen', 'format', 'docs']),
  );
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('every prop and method that the README names exists', () => {
  const source = codeOf(join(ROOT, 'lib'));
  const cells = tableOf('Step of the how-to').flatMap(([, code = '']) => code);
  const paragraphs = README.slice(README.indexOf('Things that exist:'));
  const names = [...cells, paragraphs]
    .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code))
    .filter((code) => /^\.?[A-Za-z]+(\.[A-Za-z]+)?$/.test(code) && !VALUES.has(code))
    .flatMap((code) => code.split('.'))
    .filter((name) => name !== '');
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !declares(source, name))).toEqual([]);
});

test('the step table has every step of the how-to', () => {
  expect(tableOf('Step of the how-to').map(([step]) => step)).toEqual([
    'Gateway service and route',
    'Dev Portal, signing in, automatic approval',
    'Page that lists the APIs',
    'API with a gateway implementation',
    'Copy the Okta issuer URL',
    'Add a claim',
    'Create an application in Okta',
    'Add a scope',
    'Add an access policy with a rule',
    'Configure the auth strategy',
    'Apply it to an API',
    'Sign up, create an app in Dev Portal, send the request',
  ]);
});

/** What stands in the table in code type without being a name of the library. */
const VALUES = new Set(['app.clientId', 'api.access']);

function examples(): string[] {
  return [...README.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
}

/** The rows of the table whose first heading is given, without heading and rule. */
function tableOf(heading: string): string[][] {
  const lines = README.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  const rows = lines.slice(start + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The TypeScript of a folder without its comments. */
function codeOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''))
    .join('\n');
}

/** Whether a class, a property or a method is declared by that name. */
function declares(source: string, name: string): boolean {
  return new RegExp(`(?:class|readonly|get|static|public) ${name}\\b|^  ${name}\\(`, 'm').test(source);
}

function tool(name: string): string {
  return join(ROOT, 'node_modules', '.bin', name);
}

function run([command = '', ...args]: string[], env: { readonly [name: string]: string } = {}) {
  return spawnSync(command, args, { cwd: project, encoding: 'utf8', env: { ...process.env, ...env } });
}
