import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LockedPackage, LockFile } from './lock-file';

/*
 * What users install: few packages, under licences that go with Apache-2.0, as the lock file pins them, and none that
 * runs something while it is installed. That nothing undeclared is imported is a rule of the linter.
 */
const ROOT = join(__dirname, '..', '..', '..');
const lock = new LockFile(ROOT);

/** The packages that are published, by their folders. */
const PUBLISHED = ['', 'packages/konnect-cdktf-bindings', 'packages/sandbox'];
const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as LockedPackage & {
    readonly [field: string]: unknown;
  };

/** May be combined with Apache-2.0 as it is done here: installed beside it, unchanged. */
const LICENCES = [
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  // Weak copyleft, by file: cdktf and the bindings of okta, which a stack imports and nobody copies.
  'MPL-2.0',
  // jsonify, in the bundle of cdktf.
  'Public Domain',
];

/** What runs something while it is installed, and why it may. */
const INSTALL_SCRIPTS: { readonly [folder: string]: string } = {
  'node_modules/protobufjs': 'warns of version ranges that do not go with its scheme, and does nothing else',
};

/** Dependencies of dependencies that are pinned, and why. */
const PINNED: { readonly [name: string]: string } = {
  'light-my-request': 'fastify takes any 6.x, and 6.8 needs a cookie that needs Node.js 22',
};

const installed = [...new Set(PUBLISHED.flatMap((folder) => lock.installedWith(folder)))];
const others = installed.filter((folder) => !PUBLISHED.includes(folder));

test('users install what they are meant to', () => {
  const own = lock.installedWith('', Object.keys(manifestOf('').peerDependencies ?? {}));
  // The library and its command; the rest comes with cdktf, or with the sandbox for tests.
  expect(own.length).toBeLessThanOrEqual(45);
  expect(others.length).toBeGreaterThan(own.length);
  expect(others.length).toBeLessThanOrEqual(245);
});

test('package.json decides about the install script of each package that the lock file has', () => {
  const scripts = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  const names = scripts.map(([folder]) => folder.replace(/^.*node_modules\//, ''));
  const { allowScripts } = manifestOf('') as { readonly allowScripts?: { readonly [name: string]: boolean } };
  expect(Object.keys(allowScripts ?? {})).toEqual(names.sort());
});

test('every licence goes with Apache-2.0, in the lock file and where it is installed', () => {
  const licences = others.flatMap((folder) => {
    const { license } = manifestOf(folder);
    return [
      [folder, lock.packages[folder].license],
      [folder, license],
    ];
  });
  expect(licences.filter(([, licence]) => !LICENCES.includes(String(licence)))).toEqual([]);
  expect(PUBLISHED.map((folder) => manifestOf(folder).license)).toEqual(PUBLISHED.map(() => 'Apache-2.0'));
});

test('nothing runs while it is installed, but what is known', () => {
  const run = (folder: string) => {
    const scripts = Object.keys(Object(manifestOf(folder).scripts));
    return ['preinstall', 'install', 'postinstall'].some((name) => scripts.includes(name));
  };
  expect(others.filter((folder) => lock.packages[folder].hasInstallScript)).toEqual(
    Object.keys(INSTALL_SCRIPTS),
  );
  expect(others.filter(run)).toEqual(Object.keys(INSTALL_SCRIPTS));
});

describe('the lock file', () => {
  const all = Object.entries(lock.packages);

  test('pins the content of every package, and names no registry', () => {
    const fetched = all.filter(
      ([folder, { link, inBundle }]) => /(^|\/)node_modules\//.test(folder) && !link && !inBundle,
    );
    expect(fetched.length).toBeGreaterThan(500);
    expect(fetched.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''))).toEqual([]);
    expect(all.filter(([, { link, resolved }]) => resolved !== undefined && !link)).toEqual([]);
  });

  test('holds the packages of every platform', () => {
    const missing = all.flatMap(([folder, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).filter(
        (name) =>
          !all.some(
            ([other]) => other === `node_modules/${name}` || other === `${folder}/node_modules/${name}`,
          ),
      ),
    );
    expect(missing).toEqual([]);
  });
});

describe.each(PUBLISHED)('the package in "%s"', (folder) => {
  const { dependencies = {}, devDependencies = {}, peerDependencies = {}, ...manifest } = manifestOf(folder);

  test('pins what it brings, and leaves what its users choose to a range', () => {
    const pinned = Object.entries({ ...dependencies, ...devDependencies });
    expect(pinned.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    const ranges = Object.entries(peerDependencies);
    expect(ranges.filter(([, version]) => !/^(\^|>=)\d/.test(version))).toEqual([]);
  });

  test('uses everything that it depends on', () => {
    const sources = (folder === '' ? ['lib', 'cli', 'testing'] : ['src', 'lib'])
      .map((name) => join(ROOT, folder, name))
      .filter(existsSync)
      .flatMap(textsIn);
    const unused = Object.keys({ ...dependencies, ...peerDependencies }).filter(
      (name) =>
        !(name in PINNED) &&
        !sources.some(
          (text) => text.includes(`'${name}'`) || text.includes(`'${name}/`) || text.includes(`"${name}"`),
        ),
    );
    expect(unused).toEqual([]);
  });

  test('is ready to be published with a statement of where it comes from', () => {
    expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
    expect(manifest.files).toContain('LICENSE');
    // The publisher names the repository: the registry compares it with the origin of the build. All three packages or
    // none.
    const { repository } = manifestOf('');
    const expected = folder === '' ? repository : repository && { ...Object(repository), directory: folder };
    expect(manifest.repository).toEqual(expected);
  });
});

/** What a configuration calls a tool that it does not name. */
const CALLED: { readonly [name: string]: string } = { '@stryker-mutator/jest-runner': 'testRunner' };

test('every tool is named where it is used', () => {
  const { devDependencies = {}, scripts } = manifestOf('');
  const configurations = readdirSync(ROOT).filter((name) =>
    /^(jest|stryker|tsconfig|cdktf|biome).*\.(js|mjs|json)$/.test(name),
  );
  const texts = [
    ...['__tests__', 'scripts', 'packages'].flatMap((name) => textsIn(join(ROOT, name))),
    ...configurations.map((name) => readFileSync(join(ROOT, name), 'utf8')),
    Object.values(Object(scripts)).join('\n'),
  ];
  const isNamed = (name: string) => {
    const bins = Object.keys(Object(manifestOf(`node_modules/${name}`).bin));
    const words = [CALLED[name] ?? name, name.replace('@types/', ''), ...bins].map(
      (each) => `(^|['"\\s/])${each}(['"\\s/:]|$)`,
    );
    const pattern = new RegExp(words.join('|'), 'm');
    return texts.some((text) => pattern.test(text));
  };
  const unused = Object.keys(devDependencies).filter((name) => !isNamed(name));
  expect(unused).toEqual([]);
});

/** The sources below a folder. */
function textsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return ['node_modules', 'dist', 'schema'].includes(entry.name) ? [] : textsIn(path);
    }
    return /\.(ts|mts|mjs|cjs|js)$/.test(entry.name) && path !== __filename
      ? [readFileSync(path, 'utf8')]
      : [];
  });
}
