import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  createPythonEnvironment,
  describeWithPrograms,
  pack,
  run,
  type SynthesizedFiles,
  synthesize,
  synthesizeTypescript,
  temporaryFolder,
} from '../../support/languages';

const HOW_TO = resolve(__dirname, '..', '..', '..', 'examples', 'python', 'how-to', 'main.py');

/** Modules for cdktn, by the module for cdktf that each replaces, as on the page about the move. */
const MODULES: readonly (readonly [string, string])[] = [
  ['cdktf', 'cdktn'],
  ['cdktf_okta_dev_portal_oidc', 'cdktn_okta_dev_portal_oidc'],
  ['konnect_cdktf_bindings.provider', 'konnect_cdktn_bindings.provider'],
  ['cdktf_cdktf_provider_okta.provider', 'okta_cdktn_bindings.provider'],
];

/** The JSON of each file. The two frameworks write empty lists in different ways. */
function contentOf(files: SynthesizedFiles): { readonly [path: string]: unknown } {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      JSON.parse(text.replaceAll(/"0\.2[14]\.0"/g, '"<version>"')),
    ]),
  );
}

describeWithPrograms('in Python on cdktn', ['python3'], () => {
  let python: string;

  beforeAll(() => {
    const packages = pack('python', 'cdktn');
    python = createPythonEnvironment('--find-links', packages, 'cdktn-okta-dev-portal-oidc');
  }, 600_000);

  test('the how-to is the same as in TypeScript on cdktf, except the version of the framework', () => {
    const code = MODULES.reduce(
      (text, [before, after]) => text.replaceAll(`from ${before} import`, `from ${after} import`),
      readFileSync(HOW_TO, 'utf8'),
    );
    const script = join(temporaryFolder(), 'main.py');
    writeFileSync(script, code);
    expect(contentOf(synthesize(python, [script]))).toEqual(contentOf(synthesizeTypescript('main.ts')));
  });

  test('nothing of cdktf is installed', () => {
    const installed = run(python, ['-m', 'pip', 'list', '--format', 'freeze']);
    expect(installed).toMatch(/^cdktn==/m);
    expect(installed).not.toMatch(/^cdktf/m);
  });
});
