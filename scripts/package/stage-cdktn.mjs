import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateOktaTree, OKTA_MANIFEST, peersOnCdktn } from './cdktn.mjs';
import { CDKTN, mapImports } from './import-map.mjs';
import { NODE_MODULES, ROOT } from './run.mjs';
import {
  BINDINGS,
  copyModules,
  link,
  OKTA,
  stageBindings,
  stageLibrary,
  usedModules,
  writePackage,
} from './stage.mjs';
import { CDKTN_TARGETS } from './targets.mjs';

/** The workspace with cdktn, under the name cdktf, and the constructs that it needs. */
const HOST_MODULES = join(ROOT, '__tests__', 'support', 'cdktn', 'node_modules');

/**
 * Lays out Okta bindings, Konnect bindings and library for jsii on cdktn: the sources for cdktf with other imports.
 *
 * @param {'all' | 'used'} kept whether the bindings have all resources, or those that the library uses
 */
export function stageForCdktn(work, kept) {
  const inModules = (name) => join(work, 'node_modules', name);
  link(join(HOST_MODULES, 'cdktf'), inModules('cdktn'));
  link(join(HOST_MODULES, 'constructs'), inModules('constructs'));
  link(join(NODE_MODULES, '@types/node'), inModules('@types/node'));
  const okta = stageOkta(work, kept);
  const konnect = stageBindings(join(work, 'bindings'), kept);
  const library = stageLibrary(join(work, 'library'));
  link(okta.folder, inModules(CDKTN[OKTA]));
  link(konnect.folder, inModules(CDKTN[BINDINGS]));
  finish(okta.folder, 'okta');
  finish(konnect.folder, 'konnect');
  finish(library.folder, 'library');
  return { packages: [okta, konnect, library], dependencies: [] };
}

function stageOkta(work, kept) {
  const folder = join(work, 'okta');
  writePackage(folder, join(ROOT, 'packages', 'konnect-cdktf-bindings'), {
    ...OKTA_MANIFEST,
    main: 'lib/index',
    targets: {},
  });
  const used = usedModules(OKTA);
  const isKept = ({ dir }) => kept === 'all' || used.has(dir);
  return { folder, modules: copyModules(generateOktaTree(work), folder, isKept) };
}

/** Maps the imports and the package.json of a package, and adds its README for cdktn. */
function finish(folder, readme) {
  cpSync(join(import.meta.dirname, 'cdktn', `${readme}.md`), join(folder, 'README.md'));
  mapImports(folder);
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const name = CDKTN[manifest.name] ?? manifest.name;
  const peerDependencies = peersOnCdktn(manifest.peerDependencies);
  writeFileSync(
    file,
    JSON.stringify({
      ...manifest,
      name,
      peerDependencies,
      devDependencies: oldest(peerDependencies),
      jsii: { ...manifest.jsii, targets: CDKTN_TARGETS[name] },
    }),
  );
}

/** The oldest version in each range, which jsii compiles against. */
function oldest(ranges) {
  return Object.fromEntries(
    Object.entries(ranges).map(([name, range]) => {
      const [, major, minor, patch = '0'] = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(range);
      return [name, `${major}.${minor}.${patch}`];
    }),
  );
}
