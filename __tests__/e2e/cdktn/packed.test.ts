import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { compileLibrary, tsc } from '../../support/compile';

/*
 * What a team has after the move: the compiled library and main.ts, with cdktn installed under
 * cdktf's name. Links are not followed, so that everything finds the framework of its project.
 */
const ROOT = resolve(__dirname, '..', '..', '..');
const PRESERVE = ['--preserve-symlinks', '--preserve-symlinks-main'];
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdktn-')));

afterAll(() => rmSync(folder, { recursive: true }));

/** A project with the library, and with the framework out of a folder of installed packages. */
function projectWith(name: string, modules: string): string {
  const project = join(folder, name);
  const link = (target: string, from: string) => {
    const path = join(project, 'node_modules', target);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(from, path);
  };
  const framework = join(modules, 'cdktf');
  link('cdktf', framework);
  link('constructs', join(modules, 'constructs'));
  for (const each of ['@cdktf/provider-okta']) {
    link(each, join(ROOT, 'node_modules', each));
  }
  link('@kong/konnect-cdktf-bindings', join(ROOT, 'packages', 'konnect-cdktf-bindings'));
  const library = join(project, 'node_modules', 'okta-dev-portal-oidc');
  cpSync(join(folder, 'dist'), join(library, 'dist'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(library, 'package.json'));
  writeFileSync(join(project, 'package.json'), '{ "name": "user", "private": true }');
  cpSync(join(ROOT, 'main.ts'), join(project, 'main.ts'));
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        target: 'es2022',
        module: 'node16',
        preserveSymlinks: true,
        skipLibCheck: true,
        typeRoots: [join(ROOT, 'node_modules', '@types')],
        types: ['node'],
      },
      include: ['main.ts'],
    }),
  );
  return project;
}

/** The synthesized stack without what speaks of the framework. */
function synthesized(project: string): { readonly [section: string]: unknown } {
  tsc('-p', project);
  const { KONNECT_SERVER_URL: _, UPSTREAM_HOST: __, ...env } = process.env;
  execFileSync(process.execPath, [...PRESERVE, 'main.js'], { cwd: project, env, stdio: 'inherit' });
  const path = join(project, 'cdktf.out', 'stacks', 'how-to', 'cdk.tf.json');
  const withoutComments = (key: string, value: unknown) => (key === '//' ? undefined : value);
  const { terraform, ...rest } = JSON.parse(readFileSync(path, 'utf8'), withoutComments) as {
    terraform: { required_providers: object };
  };
  return { ...rest, terraform: terraform.required_providers };
}

test('main.ts compiles under strict and becomes the same Terraform JSON on cdktn as on cdktf', () => {
  compileLibrary(join(folder, 'dist'));
  const successor = projectWith('cdktn', join(ROOT, 'test-support', 'cdktn', 'node_modules'));
  const json = synthesized(successor);
  expect(Object.keys(json.resource as object)).toHaveLength(15);
  expect(json).toEqual(synthesized(projectWith('cdktf', join(ROOT, 'node_modules'))));
  const manifest = JSON.parse(readFileSync(join(successor, 'cdktf.out', 'manifest.json'), 'utf8')) as object;
  expect(manifest).toMatchObject({ version: '0.24.0' });
}, 60_000);
