import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EXCLUDED, modulesOfTree } from '../../packages/konnect-cdktf-bindings/build/names.mjs';
import { NODE_MODULES, ROOT, run } from './run.mjs';
import { BINDINGS_TARGETS, LIBRARY_TARGETS } from './targets.mjs';

const GENERATED = join(ROOT, '.gen', 'providers', 'konnect');
export const BINDINGS = '@kong/konnect-cdktf-bindings';
export const OKTA = '@cdktf/provider-okta';

/** jsii requires a URL. `.invalid` is a reserved domain (RFC 2606), so this one leads nowhere. */
const NO_REPOSITORY = { type: 'git', url: 'https://repository.invalid/okta-dev-portal-oidc.git' };

/** Dependencies whose versions for cdktf 0.21 are missing in the registry of a language. */
const UNPUBLISHED = { python: [], java: ['cdktf', OKTA], go: [OKTA] };

const TSCONFIG = {
  compilerOptions: {
    target: 'ES2022',
    lib: ['es2023'],
    module: 'CommonJS',
    moduleResolution: 'node',
    declaration: true,
    strict: true,
    removeComments: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['*.ts', 'lib/**/*.ts'],
};

/**
 * Lays the bindings and the library out for jsii, each with a package.json: jsii refuses dependencies without
 * an assembly, such as those of the command.
 *
 * @param {'all' | 'used'} modules whether packages of providers have all resources, or those that the library uses
 * @returns the packages in the order of their compilation, bindings with their modules, and dependencies to pack too
 */
export function stage(work, language, modules) {
  const inModules = (name) => join(work, 'node_modules', name);
  for (const name of ['cdktf', 'constructs', OKTA, '@types/node']) {
    if (UNPUBLISHED[language].includes(name)) {
      cpSync(join(NODE_MODULES, name), inModules(name), { recursive: true });
    } else {
      link(join(NODE_MODULES, name), inModules(name));
    }
  }
  if (modules === 'used' && UNPUBLISHED[language].includes(OKTA)) {
    keepUsedTypes(inModules(OKTA));
  }
  const bindings = stageBindings(join(work, 'bindings'), modules);
  link(bindings.folder, inModules(BINDINGS));
  return {
    packages: [bindings, stageLibrary(join(work, 'library'))],
    dependencies: UNPUBLISHED[language].map(inModules),
  };
}

/** Leaves the resources out of the Okta bindings that the library does not use. */
function keepUsedTypes(folder) {
  const file = join(folder, '.jsii');
  const { types, submodules, ...assembly } = JSON.parse(readFileSync(file, 'utf8'));
  const used = usedModules(OKTA);
  const keepUsed = (entries) =>
    Object.fromEntries(
      Object.entries(entries).filter(([, { symbolId }]) => {
        const [, module] = /^src\/([\w-]+)\/index:/.exec(symbolId);
        return used.has(module);
      }),
    );
  writeFileSync(
    file,
    JSON.stringify({ ...assembly, types: keepUsed(types), submodules: keepUsed(submodules) }),
  );
}

/** Modules of a provider package that the library imports, and the one that every app imports. */
export function usedModules(name) {
  const prefix = `${name}/lib/`;
  const imported = [...importsOf(join(ROOT, 'lib'))].filter((each) => each.startsWith(prefix));
  return new Set(['provider', ...imported.map((each) => each.slice(prefix.length))]);
}

export function stageBindings(folder, kept) {
  if (!existsSync(GENERATED)) {
    run('npm', ['run', 'gen', '--', '--force'], ROOT);
  }
  writePackage(folder, join(ROOT, 'packages', 'konnect-cdktf-bindings'), {
    main: 'lib/index',
    targets: BINDINGS_TARGETS,
  });
  const used = usedModules(BINDINGS);
  const isKept = ({ dir }) => !EXCLUDED.includes(dir) && (kept === 'all' || used.has(dir));
  return { folder, modules: copyModules(GENERATED, folder, isKept) };
}

/** Copies generated modules, and writes their index. */
export function copyModules(tree, folder, isKept) {
  const modules = modulesOfTree(tree).filter(isKept);
  for (const { dir } of modules) {
    cpSync(join(tree, dir), join(folder, 'lib', dir), { recursive: true });
  }
  const index = modules.map(({ name, dir }) => `export * as ${name} from './${dir}';\n`);
  writeFileSync(join(folder, 'lib', 'index.ts'), index.join(''));
  return modules;
}

export function stageLibrary(folder) {
  const imports = importsOf(join(ROOT, 'lib'));
  const dependencies = Object.entries(readManifest(ROOT).dependencies).filter(([name]) => imports.has(name));
  writePackage(folder, ROOT, {
    main: 'index',
    targets: LIBRARY_TARGETS,
    dependencies: Object.fromEntries(dependencies),
    bundledDependencies: dependencies.map(([name]) => name),
  });
  cpSync(join(ROOT, 'lib'), join(folder, 'lib'), { recursive: true });
  for (const [name] of dependencies) {
    cpSync(join(NODE_MODULES, name), join(folder, 'node_modules', name), { recursive: true });
  }
  // Other languages have one entry point.
  writeFileSync(join(folder, 'index.ts'), "export * from './lib';\nexport * from './lib/catalog';\n");
  return { folder };
}

export function writePackage(folder, source, { main, targets, ...bundled }) {
  mkdirSync(folder, { recursive: true });
  const { name, version, description, keywords, license, engines, peerDependencies, ...others } =
    readManifest(source);
  const peers = Object.entries(peerDependencies).filter(
    ([peer]) => !others.peerDependenciesMeta?.[peer]?.optional,
  );
  const manifest = {
    name,
    version,
    description,
    keywords,
    license,
    engines,
    author: { name: 'The maintainers of okta-dev-portal-oidc' },
    repository: others.repository ?? NO_REPOSITORY,
    main: `${main}.js`,
    types: `${main}.d.ts`,
    files: ['**/*.js', '**/*.d.ts', '.jsii*'],
    jsii: { outdir: 'dist', targets },
    peerDependencies: Object.fromEntries(peers),
    // jsii compiles against the oldest version of a peer.
    devDependencies: Object.fromEntries(peers.map(([peer, range]) => [peer, range.replace('^', '')])),
    ...bundled,
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  for (const file of ['README.md', 'LICENSE']) {
    cpSync(join(source, file), join(folder, file));
  }
}

/** Packages and modules that the sources of a folder import. */
function importsOf(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ts'));
  const sources = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  return new Set(
    sources.flatMap((source) => [...source.matchAll(/ from '([^.'][^']*)'/g)].map(([, name]) => name)),
  );
}

function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

export function link(target, path) {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}
