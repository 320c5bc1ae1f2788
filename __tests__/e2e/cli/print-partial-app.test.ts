import { CommandSetup } from '../../support/command-setup';

let setup: CommandSetup;

beforeEach(async () => {
  setup = await CommandSetup.create();
});

afterEach(() => setup.stop());

/** Runs the command, which changes nothing in either tenant. */
async function printApp(...options: string[]) {
  const before = setup.sandbox.requests.writes();
  const { exitCode, stdout, stderr } = await setup.command.run('adopt', '--print-app', ...options);
  expect(setup.sandbox.requests.writes()).toEqual(before);
  return { exitCode, app: stdout, findings: stderr };
}

test('says what it found, and prints an app that references the rest', async () => {
  const { exitCode, app, findings } = await printApp('--only', 'portal,publications');
  expect(exitCode).toBe(0);
  expect([...findings.matchAll(/^✓ (.*?): (.*)$/gm)].map(([, what]) => what)).toEqual([
    'Portal MyDevPortal',
    'Page /',
    'Publication of MyAPI',
  ]);
  expect(app.slice(app.indexOf('const app'))).toBe(`const app = new App();
const stack = new TerraformStack(app, 'dev-portal');
ProviderVersions.require(stack);
new KonnectProvider(stack, 'konnect', {});

if (existsSync('adoption.json')) {
  Adoption.fromFile('adoption.json').applyTo(stack);
}

const myDevPortal = new DevPortal(stack, 'MyDevPortal', {
  name: 'MyDevPortal',
  autoApproveDevelopers: true,
  autoApproveApplications: true,
});
const myAPI = Api.fromApiId(stack, 'MyAPI', '${setup.made.apiId}');
const oktaOIDCStrategy = OidcAuthStrategy.fromStrategyId(stack, 'Okta-OIDC', '${setup.made.strategyId}');
new ApiPublication(stack, 'MyAPI-publication', {
  api: myAPI,
  portal: myDevPortal,
  strategy: oktaOIDCStrategy,
});

app.synth();
`);
});

test('prints app and findings as JSON', async () => {
  const { app } = await printApp('--only', 'portal', '--json');
  expect(JSON.parse(app)).toMatchObject({
    ok: true,
    findings: [{ what: 'Portal MyDevPortal', status: 'ok' }, { what: 'Page /' }],
    files: [],
  });
});

test('chooses APIs and a strategy', async () => {
  const strategyId = await setup.extras.addStrategy('Second');
  await setup.extras.addApi({ name: 'Orders' }, { strategyId });
  await setup.extras.addApi({ name: 'Billing' }, { strategyId });
  const { app } = await printApp('--only', 'apis', '--strategy', 'Second', '--api', 'Orders');
  expect([...app.matchAll(/new Api\(stack, '(\w+)'/g)].map(([, id]) => id)).toEqual(['Orders']);
});

test.each<[what: string, strategies: () => Promise<string[] | null>, reason: string]>([
  ['without a strategy', async () => null, 'no auth strategies'],
  [
    'with another kind of strategy',
    async () => [await addKeyStrategy()],
    'an auth strategy without OpenID Connect',
  ],
])('a publication %s stays as it is', async (_, strategies, reason) => {
  await setup.made.publish({ auth_strategy_ids: await strategies() });
  const { exitCode, app, findings } = await printApp('--only', 'publications');
  expect(exitCode).toBe(0);
  expect(findings).toContain(
    `– Publication of MyAPI: stays as it is: it has ${reason}, and the construct takes one with OpenID Connect\n`,
  );
  expect(app).not.toContain('ApiPublication');
});

test.each<[options: string[], finding: string]>([
  [
    ['--only', 'portal', '--portal', 'Other'],
    '✗ Portal: there is no Other\n    → Choose one of MyDevPortal (',
  ],
  [
    ['--only', 'apis', '--api', 'Other'],
    '✗ API Other: none of that name is published to MyDevPortal\n    → There are: MyAPI.',
  ],
  [
    ['--only', 'publications', '--strategy', 'Other'],
    '✗ Auth strategy: there is no Other\n    → Choose one of Okta OIDC (',
  ],
  [['--only', 'clients'], '✗ Applications: none is chosen\n    → Name them with --client <label or id>.'],
  [
    ['--only', 'clients', '--client', 'Other'],
    '✗ Application Other: no OIDC application has that label or id\n    → There are: Dev Portal app (',
  ],
])('%j is refused', async (options, finding) => {
  const { exitCode, app, findings } = await printApp(...options);
  expect([exitCode, app]).toEqual([1, '']);
  expect(findings).toContain(finding);
  expect(findings).toContain('No app was printed.');
});

test.each([
  [
    ['--print-app', '--only', 'portals'],
    '"portals" is not one of portal, apis, publications, gateway, clients.',
  ],
])('%j is wrong usage', async (options, message) => {
  const { exitCode, stderr } = await setup.command.run('adopt', ...options);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

async function addKeyStrategy(): Promise<string> {
  const { id } = await setup.made.admin.konnect('POST', '/v2/application-auth-strategies', {
    name: 'Keys',
    display_name: 'Keys',
    strategy_type: 'key_auth',
    configs: { 'key-auth': { key_names: ['apikey'] } },
  });
  return id;
}

describe('an API that is linked to a control plane', () => {
  beforeEach(() => setup.extras.enforceAccess({ '/anything': { get: {} } }));

  test('is printed with a reference to it', async () => {
    const { app } = await printApp('--only', 'apis');
    expect(app).toContain(
      `const controlPlane = ControlPlane.fromControlPlaneId(stack, 'control-plane', '${setup.made.controlPlaneId}');\n`,
    );
    expect(app).toContain('  controlPlane: controlPlane,\n});\n');
    expect(app).not.toContain('enforceAccess');
  });

  test('is printed with the plugin and the services of its operations', async () => {
    const { app } = await printApp('--only', 'apis,gateway');
    expect(app).toContain('quickstartControlPlane.enforceAccess({ matchPolicy: MatchPolicy.IF_PRESENT });\n');
    expect(app).toContain("\nnew GatewayService(stack, 'example-service', {\n");
    expect(app).toContain('  controlPlane: quickstartControlPlane,\n});\n\napp.synth();');
  });
});
