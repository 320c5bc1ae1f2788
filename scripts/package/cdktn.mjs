import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../../packages/konnect-cdktf-bindings/build/compile.mjs';
import { generate } from '../../packages/konnect-cdktf-bindings/build/generate.mjs';
import { CDKTN, mapImports } from './import-map.mjs';
import { NODE_MODULES, ROOT, run } from './run.mjs';

const OKTA_VERSION = '4.20.0';

/** The package of the Okta bindings, which have no counterpart in the repository. */
export const OKTA_MANIFEST = {
  name: 'okta-cdktn-bindings',
  version: OKTA_VERSION,
  description: 'Terraform CDK bindings for the okta/okta provider',
  keywords: ['cdktn', 'terraform', 'okta', 'provider'],
};

/** The constraint of cdktn 0.24. A newer constructs fails at its install otherwise. */
const FRAMEWORK = { cdktn: '>=0.24 <1', constructs: '^10.6.0' };

/**
 * Lays out the packages for cdktn, and returns their folders. The library and the Konnect bindings are the packed ones
 * for cdktf with other imports. There is no package of Okta bindings for cdktn, so these are generated.
 *
 * @param work folder to lay them out in
 * @param tarballs packed library and Konnect bindings for cdktf, by name
 */
export function stageCdktn(work, tarballs) {
  const konnect = unpack(tarballs['@kong/konnect-cdktf-bindings'], join(work, 'konnect'));
  const okta = generateOkta(work, konnect);
  const library = unpack(tarballs['okta-dev-portal-oidc'], join(work, 'library'));
  // They are for cdktf.
  rmSync(join(library, 'templates'), { recursive: true });
  finish(konnect, 'konnect', { peerDependencies: FRAMEWORK });
  finish(library, 'library', { peerDependencies: peersOnCdktn(readManifest(library).peerDependencies) });
  return [library, konnect, okta];
}

/** The Okta bindings have the layout and the entry points of the Konnect bindings. */
function generateOkta(work, konnect) {
  const folder = join(work, 'okta');
  mkdirSync(folder);
  compile({ tree: generateOktaTree(work), out: join(folder, 'lib') });
  for (const file of ['package.json', 'LICENSE']) {
    cpSync(join(konnect, file), join(folder, file));
  }
  finish(folder, 'okta', { ...OKTA_MANIFEST, peerDependencies: FRAMEWORK });
  return folder;
}

/** Generates the Okta bindings from the pinned schema. Returns the folder of the modules. */
export function generateOktaTree(work) {
  const project = join(work, 'generated');
  const cdktf = { language: 'typescript', app: 'true', terraformProviders: [`okta/okta@${OKTA_VERSION}`] };
  mkdirSync(project);
  symlinkSync(NODE_MODULES, join(project, 'node_modules'));
  writeFileSync(
    join(project, 'cdktf.json'),
    JSON.stringify({ ...cdktf, projectId: 'okta-cdktn-bindings', sendCrashReports: 'false' }),
  );
  const schema = join(ROOT, 'packages', 'sandbox', 'schema', `okta@${OKTA_VERSION}.json`);
  return generate({ project, pinned: schema });
}

/** Writes the README and the package.json of a package, and maps the imports, those of the README too. */
function finish(folder, readme, changes) {
  cpSync(join(import.meta.dirname, 'cdktn', `${readme}.md`), join(folder, 'README.md'));
  mapImports(folder);
  const {
    scripts: _,
    workspaces: __,
    devDependencies: ___,
    overrides: ____,
    ...manifest
  } = readManifest(folder);
  const name = CDKTN[manifest.name];
  const keywords = manifest.keywords.map((word) => CDKTN[word] ?? word);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ ...manifest, name, keywords, ...changes }, undefined, 2),
  );
}

/** Peer dependencies of a package for cdktf, for its twin. */
export function peersOnCdktn({ '@cdktf/provider-okta': okta, ...peers }) {
  const renamed = Object.entries(peers).map(([name, range]) => [CDKTN[name] ?? name, range]);
  return {
    ...Object.fromEntries(renamed),
    ...(okta && { [OKTA_MANIFEST.name]: `^${OKTA_VERSION}` }),
    ...FRAMEWORK,
  };
}

function unpack(tarball, folder) {
  mkdirSync(folder);
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder], ROOT);
  return folder;
}

function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
