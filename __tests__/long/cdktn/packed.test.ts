import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CDKTF,
  CDKTN,
  type Host,
  mainFor,
  PackedProject,
  packForNpm,
  SANDBOX,
} from '../../support/cdktn/packed-project';
import { refreshLibrary, tsc } from '../../support/compile';
import { describeWithTerraform } from '../../support/sandbox';

/*
 * The packages that `npm run package -- npm` makes, in empty projects: an app on cdktn alone, one on cdktf, and mixes of
 * both. What they depend on is linked from the repository, so no registry is needed.
 */
const folder = mkdtempSync(join(tmpdir(), 'packed-'));
let tarballs: Map<string, string>;

beforeAll(() => {
  refreshLibrary();
  tsc('-p', join('packages', 'sandbox', 'tsconfig.build.json'));
  tarballs = packForNpm(folder);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true }));

function projectOn(name: string, host: Host): PackedProject {
  const project = new PackedProject(join(folder, name));
  project.installHost(host, tarballs);
  project.write('main.ts', mainFor(host));
  return project;
}

/** The props that a module declares, with their types. */
function propsIn(declarations: string): string[] {
  return (readFileSync(declarations, 'utf8').match(/^ +readonly .*;$/gm) ?? [])
    .map((line) => line.trim())
    .sort();
}

test('both families are packed, and one sandbox', () => {
  const names = [CDKTF, CDKTN].flatMap(({ library, konnect }) => [library, konnect]);
  expect([...tarballs.keys()].sort()).toEqual([...names, CDKTN.okta, SANDBOX].sort());
});

describe('an app on cdktn alone', () => {
  let project: PackedProject;

  beforeAll(() => {
    project = projectOn('cdktn', CDKTN);
  });

  test('compiles main.ts under strict, declarations of the packages included', () => {
    expect(project.compile()).toBe('');
  });

  test('becomes the same Terraform JSON as on cdktf', () => {
    const cdktf = projectOn('cdktf', CDKTF);
    expect(cdktf.compile()).toBe('');
    project.compile();
    const json = project.synthesize();
    expect(Object.keys(JSON.parse(json).resource)).toHaveLength(15);
    expect(json).toBe(cdktf.synthesize());
  });

  test.each([CDKTN.library, CDKTN.konnect, CDKTN.okta])('%s imports nothing of cdktf', (name) => {
    const root = project.packageFolder(name);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    const code = files.filter((file) => /\.(m?[jt]s|md)$/.test(file) && !file.startsWith('node_modules'));
    expect(code.length).toBeGreaterThan(20);
    const imports =
      /(?:\b(?:from|import) |\b(?:require|import)\()["'](cdktf|@cdktf|@kong|okta-dev-portal-oidc)["'/]/;
    expect(code.filter((file) => imports.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  test.each(['app-oauth', 'auth-server-policy-rule', 'data-okta-auth-server', 'provider'])(
    'the Okta bindings have the attributes of those for cdktf: %s',
    (module) => {
      const file = join('lib', module, 'index.d.ts');
      const props = propsIn(join(project.packageFolder(CDKTN.okta), file));
      expect(props.length).toBeGreaterThan(1);
      expect(props).toEqual(propsIn(require.resolve(join(CDKTF.okta, file))));
    },
  );

  test('the Okta bindings require the version that those for cdktf require', () => {
    expect(project.versionOf(CDKTN.okta)).toBe('4.20.0');
  });
});

const PROOF = `
const { readFileSync } = require('node:fs');
const { StackTester } = require('${CDKTN.library}/testing');
(async () => {
  const json = readFileSync('cdktf.out/stacks/how-to/cdk.tf.json', 'utf8');
  const tester = await StackTester.start([{ name: 'how-to', json }]);
  try {
    const { add } = await tester.deploy();
    const plan = await tester.plan();
    const proof = await tester.prove();
    console.log(JSON.stringify({ add, plan, isOpen: proof.opensForClientOnly, proof: String(proof) }));
  } finally {
    await tester.stop();
  }
})();
`;

describeWithTerraform('the app on cdktn, deployed to the sandbox', () => {
  test('opens the API for its client only, and the next plan is empty', () => {
    const project = projectOn('deployed', CDKTN);
    project.unpack(SANDBOX, tarballs.get(SANDBOX));
    project.compile();
    project.synthesize();
    project.write('prove.js', PROOF);
    const { stdout, stderr } = project.node('prove.js');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      add: 19,
      plan: [],
      isOpen: true,
      proof: expect.stringMatching(/200/),
    });
  }, 120_000);
});

describe('a mix', () => {
  test.each([
    { name: 'the packages for cdktf in an app on cdktn', app: CDKTN, packages: CDKTF },
    { name: 'the packages for cdktn in an app on cdktf', app: CDKTF, packages: CDKTN },
  ])('$name end with one error at the first call', ({ name, app, packages }) => {
    // npm installs one version of constructs, which both frameworks accept.
    const modules = { ...packages.modules, constructs: CDKTN.modules.constructs };
    const project = projectOn(name.replaceAll(' ', '-'), { ...packages, modules });
    project.copy(app.framework, app.modules.framework);
    project.write('main.ts', mainFor({ ...packages, framework: app.framework }));
    expect(project.compile()).toBe('');
    const { status, stderr } = project.node('main.js');
    expect(status).toBe(1);
    expect(stderr).toContain(
      `Error: The app uses ${app.framework}, but the library uses ${packages.framework}. Uninstall ${packages.library}, `,
    );
    expect(stderr).toContain(`Install ${app.library}, `);
  });

  test('bindings for the other framework end with one error at the first construct', () => {
    const project = projectOn('mixed-bindings', CDKTN);
    project.installHost(CDKTF, tarballs);
    project.write('main.ts', mainFor({ ...CDKTN, okta: CDKTF.okta }));
    expect(project.compile()).toBe('');
    expect(project.node('main.js').stderr).toContain(
      'Error: The app uses cdktn, but how-to/okta uses cdktf. Uninstall okta-dev-portal-oidc, ',
    );
  });

  test('an app that keeps the name cdktf for cdktn has no mix', () => {
    const aliased: Host = { ...CDKTF, modules: CDKTN.modules };
    const project = new PackedProject(join(folder, 'alias'));
    project.installHost(aliased, tarballs);
    project.write('main.ts', mainFor(CDKTF));
    expect(project.compile()).toBe('');
    expect(Object.keys(JSON.parse(project.synthesize()).resource)).toHaveLength(15);
  });
});
