import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../../support/command';
import { ManualSetup } from '../../support/manual-setup';
import { ManualSetupExtras } from '../../support/manual-setup-extras';
import { SecretScanner } from '../../support/secret-scanner';

let sandbox: Sandbox;
let made: ManualSetup;
let extras: ManualSetupExtras;
let command: CommandRunner;

beforeEach(async () => {
  sandbox = await Sandbox.start();
  made = await ManualSetup.create(sandbox);
  extras = new ManualSetupExtras(made);
  command = CommandRunner.forSandbox(sandbox);
  sandbox.requests.clear();
});

afterEach(async () => {
  expect(SecretScanner.of(sandbox).find({ command: command.everything })).toEqual([]);
  command.remove();
  await sandbox.stop();
});

/** Runs the command, which changes nothing in either tenant. */
async function printApp(...options: string[]) {
  const before = sandbox.requests.writes();
  const { exitCode, stdout, stderr } = await command.run('adopt', '--print-app', ...options);
  expect(sandbox.requests.writes()).toEqual(before);
  return { exitCode, app: stdout, findings: stderr };
}

test('says what it found, and prints an app that takes it over', async () => {
  const { app, findings } = await printApp();
  expect([...findings.matchAll(/^✓ (.*?): (.*)$/gm)].map(([, what]) => what)).toEqual([
    'Portal MyDevPortal',
    'Page /',
    'Auth strategy Okta OIDC',
    'API MyAPI',
    'Control plane quickstart',
    'Gateway service example-service',
    'Route example-route',
    'Authorization server default',
    'Claim clientId',
    'Scope api.access',
    'Access policy Clients',
    'Rule Client credentials',
    'Application Dev Portal app',
  ]);
  expect(
    app.slice(app.indexOf('const quickstart')),
  ).toBe(`const quickstartControlPlane = new ControlPlane(stack, 'quickstart', { name: 'quickstart' });
const exampleService = new GatewayService(stack, 'example-service', {
  controlPlane: quickstartControlPlane,
  serviceId: '${made.serviceId}',
  host: 'upstream.internal',
  path: '/anything',
  routes: { 'example-route': { paths: ['/anything'] } },
});
const myDevPortal = new DevPortal(stack, 'MyDevPortal', {
  name: 'MyDevPortal',
  autoApproveDevelopers: true,
  autoApproveApplications: true,
});
const myAPI = new Api(stack, 'MyAPI', { name: 'MyAPI', gatewayService: exampleService });

new OktaDevPortalOidc(stack, 'oidc', {
  adopt: existsSync('adoption.json') ? Adoption.fromFile('adoption.json') : undefined,
  name: 'Okta OIDC',
  claimName: 'clientId',
  scopes: ['api.access'],
  accessPolicy: {
    name: 'Clients',
    description: 'Clients',
    ruleName: 'Client credentials',
    groups: ['EVERYONE'],
  },
  clients: { 'Dev-Portal-app': { label: 'Dev Portal app', redirectUris: ['https://localhost/callback'] } },
  publications: { MyAPI: { api: myAPI, portal: myDevPortal } },
});

app.synth();
`);
});

test('prints app and findings as JSON, and names another file in the app', async () => {
  const { exitCode, app, findings } = await printApp('--json', '--file', 'files/other.json');
  expect([exitCode, JSON.parse(app).ok]).toEqual([2, false]);
  expect(findings).toContain('files/other.json cannot be written');
  mkdirSync(join(command.folder, 'files'));
  const result = JSON.parse((await printApp('--json', '--file', 'files/other.json')).app) as {
    ok: boolean;
    findings: object[];
    files: string[];
    app: string;
  };
  expect(result.ok).toBe(true);
  expect(result.findings).toHaveLength(13);
  expect(result.files).toEqual([]);
  expect(result.app).toContain("Adoption.fromFile('files/other.json')");
  expect(readdirSync(command.folder)).toEqual(['files']);
});

describe('names', () => {
  test('two versions of an API are two APIs, and no construct or variable has the name of another', async () => {
    const second = await extras.addService({ name: 'MyAPI' }, ['/second']);
    const version = await extras.addApi({ name: 'MyAPI', version: '2.0' }, { serviceId: second });
    await extras.addApi({ name: 'oidc' });
    const { app } = await printApp();
    expect(app).toContain("  version: '2.0',\n");
    const constructIds = [...app.matchAll(/new \w+\(stack, '([^']+)'/g)].map(([, id]) => id);
    expect(constructIds).toContain('oidc-api');
    expect(new Set(constructIds).size).toBe(constructIds.length);
    const variables = [...app.matchAll(/^const (\w+)/gm)].map(([, name]) => name);
    expect(new Set(variables).size).toBe(variables.length);
    const one = await printApp('--api', version);
    expect([one.exitCode, one.app.match(/new Api\(/g)]).toEqual([0, ['new Api(']]);
  });

  test('services and routes need none', async () => {
    const serviceId = await extras.addService({}, ['/a', '/b']);
    await extras.addApi({ name: 'Nameless' }, { serviceId });
    const { app, findings, exitCode } = await printApp('--api', 'Nameless');
    expect(exitCode).toBe(0);
    expect(findings).toContain('✓ Gateway service (without a name): ');
    expect(findings).toMatch(/✓ Gateway service \(without a name\): no prop for /);
    expect(findings).toMatch(/✓ Route \(without a name\): no prop for id /);
    expect(app).toContain('service.resource.resetName();');
    expect(app).toMatch(/service\.routes\[1\]\.resource\.id = '[0-9a-f-]{36}';/);
  });

  test('two applications of one label are ambiguous, and an id chooses; the other keeps its access', async () => {
    const { clientId: twin } = await made.admin.createApplication('Dev Portal app');
    await extras.changePolicy({ clients: [made.clientId, twin] });
    const { exitCode, findings } = await printApp();
    expect(findings).toContain(
      `✗ Application Dev Portal app: ambiguous: ${made.clientId}, ${twin}\n    → Choose one with --client <id>; the others keep their access.`,
    );
    expect(exitCode).toBe(1);
    const chosen = await printApp('--client', twin);
    expect(chosen.exitCode).toBe(0);
    expect(chosen.app).toContain(`  allowedClientIds: ['${made.clientId}'],`);
  });
});

describe('clients of the policy', () => {
  test('that are not adopted keep their access', async () => {
    const { clientId: other } = await made.admin.createApplication('Other');
    const { clientId: native } = await made.admin.createApplication('Native', { application_type: 'native' });
    await extras.changePolicy({ clients: [made.clientId, other, native] });
    const { app, findings } = await printApp('--client', 'Dev Portal app');
    expect(findings).toContain(
      `– Other clients of the policy: ${other}, ${native}, which keep their access\n`,
    );
    expect(app).toContain(`  allowedClientIds: ['${other}', '${native}'],\n`);
    const all = await printApp();
    expect(all.findings).toContain(
      `– Application Native: ${native}, stays as it is: it is a native application\n`,
    );
    expect(all.app).toContain(`  allowedClientIds: ['${native}'],\n`);
  });

  test('that are all of the org have to be named, and stay all', async () => {
    await extras.changePolicy({ clients: ['ALL_CLIENTS'] });
    const { exitCode, findings } = await printApp();
    expect(findings).toContain(
      '✗ Applications: access policy Clients is for all clients of the org, so nothing says which of them belong to the portal\n    → Name them with --client; the policy stays for all.',
    );
    expect(exitCode).toBe(1);
    const named = await printApp('--client', 'Dev Portal app');
    expect(named.exitCode).toBe(0);
    expect(named.app).toContain("  oidc.accessPolicy.resource.clientWhitelist = ['ALL_CLIENTS'];\n");
    expect(named.app).not.toContain('allowedClientIds');
    expect((await printApp('--client', 'Nobody')).findings).toContain(
      '✗ Application Nobody: no OIDC application has that label or id\n    → There are: Dev Portal app (',
    );
  });
});

test('names the authorization server in the app, unless it is the default one', async () => {
  const other = await Sandbox.start();
  const theirs = await ManualSetup.create(other, { server: "Team's" });
  const runner = CommandRunner.forSandbox(other);
  const { stdout: app, stderr: findings } = await runner.run('adopt', '--print-app');
  runner.remove();
  await other.stop();
  expect(findings).toContain(`✓ Authorization server Team's: ${theirs.server.split('/').at(-1)}\n`);
  expect(app).toContain(
    "const server = AuthorizationServer.fromLookup(stack, 'server', { name: 'Team\\'s' });\n",
  );
  expect(app).toContain('  authorizationServer: server,\n');
});

describe('what is ambiguous', () => {
  test('is named, and chosen by an option', async () => {
    await made.addUnregisteredClient();
    const { exitCode, app, findings } = await printApp();
    expect(findings).toMatch(
      /✗ Access policy: ambiguous: Clients \(00p\w+\), Unregistered clients \(00p\w+\)\n {4}→ Choose one with --policy\./,
    );
    expect(findings).toContain('Fix the errors and run this again. No app was printed.');
    expect(exitCode).toBe(1);
    expect(app).toBe('');
    expect((await printApp('--policy', 'Clients')).exitCode).toBe(0);
  });

  test('two portals', async () => {
    await made.admin.konnect('POST', '/v3/portals', { name: 'Other' });
    const { exitCode, findings } = await printApp();
    expect(findings).toMatch(
      /✗ Portal: ambiguous: MyDevPortal \(.*\), Other \(.*\)\n {4}→ Choose one with --portal\./,
    );
    expect(exitCode).toBe(1);
    expect((await printApp('--portal', 'MyDevPortal')).exitCode).toBe(0);
    expect((await printApp('--portal', made.portalId)).exitCode).toBe(0);
  });
});

test.each([
  ['--portal', 'Portal', 'MyDevPortal'],
  ['--strategy', 'Auth strategy', 'Okta OIDC'],
  ['--policy', 'Access policy', 'Clients'],
  ['--rule', 'Rule', 'Client credentials'],
])('says which there are for a wrong %s', async (option, what, name) => {
  const { exitCode, findings } = await printApp(option, 'Wrong');
  expect(findings).toContain(`✗ ${what}: there is no Wrong\n    → Choose one of ${name} (`);
  expect(exitCode).toBe(1);
});

test('says which APIs and clients there are for a wrong one', async () => {
  expect((await printApp('--api', 'Other', '--api', 'MyAPI')).findings).toContain(
    '✗ API Other: none of that name is published to MyDevPortal with Okta OIDC\n    → There are: MyAPI.',
  );
  expect((await printApp('--client', 'Other')).findings).toContain(
    '✗ Application Other: not among the clients of access policy Clients\n    → There are: Dev Portal app (',
  );
});

describe('what is missing', () => {
  const server = '/authorizationServers/default';
  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'the claim',
      () => made.admin.okta('DELETE', `${server}/claims/${made.claimId}`),
      /✗ Claim: missing\n {4}→ Add a claim clientId with the value app\.clientId/,
    ],
    [
      'the scope',
      async () => {
        await made.admin.okta('DELETE', `${server}/policies/${made.policyId}/rules/${made.ruleId}`);
        await made.admin.okta('DELETE', `${server}/scopes/${made.scopeId}`);
      },
      /✗ Scope: missing\n {4}→ Add the scope api\.access/,
    ],
    [
      'the rule',
      () => made.admin.okta('DELETE', `${server}/policies/${made.policyId}/rules/${made.ruleId}`),
      /✗ Access policy: missing\n {4}→ Add an access policy with a rule: grant type Client Credentials/,
    ],
    [
      'the publication',
      () => made.admin.konnect('DELETE', `/v3/apis/${made.apiId}/publications/${made.portalId}`),
      /✗ Auth strategy: missing\n {4}→ Publish an API to MyDevPortal/,
    ],
    [
      'the portal',
      () => made.admin.konnect('DELETE', `/v3/portals/${made.portalId}?force=true`),
      /✗ Portal: missing\n {4}→ Create one, or check KONNECT_SERVER_URL/,
    ],
  ])('%s', async (_, remove, message) => {
    await remove();
    const { exitCode, app, findings } = await printApp();
    expect(findings).toMatch(message);
    expect(exitCode).toBe(1);
    expect(app).toBe('');
  });

  test('a home page is left out, and so is the link to a gateway', async () => {
    await made.admin.konnect('DELETE', `/v3/portals/${made.portalId}/pages/${made.pageId}`);
    await made.admin.konnect('DELETE', `/v3/apis/${made.apiId}/implementations/${made.implementationId}`);
    const { exitCode, app, findings } = await printApp();
    expect(exitCode).toBe(0);
    expect(findings).toContain(
      '– API MyAPI: linked to no gateway service and no control plane, so nothing enforces its auth strategy\n',
    );
    expect(app).toContain("  homePage: '',\n");
    expect(app).toContain("new Api(stack, 'MyAPI', { name: 'MyAPI' });\n");
    expect(app).not.toContain('ControlPlane');
  });
});

describe('what the construct would change', () => {
  test.each<[string, () => Promise<unknown>, string]>([
    [
      'a claim with another value',
      () => extras.changeClaim({ value: 'app.label' }),
      '✗ Claim clientId: its value is app.label (EXPRESSION), and the gateway looks for a client id in it\n    → Change it in Okta to the expression app.clientId.',
    ],
    [
      'a nested claim',
      () => publishWith({}, { credential_claim: ['a', 'b'] }),
      '✗ Auth strategy Odd: its credential claim is the path a > b, and the construct takes a top-level claim',
    ],
    [
      'a DCR provider',
      () => publishWith({ dcr_provider_id: made.portalId }),
      '✗ Auth strategy Odd: it has a DCR provider, so the portal creates the applications in Okta',
    ],
    [
      'an auth method that nobody knows',
      () => publishWith({}, { auth_methods: ['client_credentials', 'magic'] }),
      '✗ Auth strategy Odd: the construct has no auth method magic\n    → Remove it',
    ],
    [
      'auth methods that do not go together',
      () => publishWith({}, { auth_methods: ['client_credentials', 'password'] }),
      '→ Remove password from the strategy in Konnect',
    ],
    [
      'a strategy that asks for no scope',
      () => publishWith({}, { scopes: [] }),
      '✗ Auth strategy Odd: it has no scopes, and the construct takes at least one\n    → Set scopes in Konnect.',
    ],
    [
      'an empty requirement beside another setting',
      () => publishWith({}, { scopes_required: [], ssl_verify: true }),
      '✗ Auth strategy Odd: its scopes_required is empty, which the construct would remove, and that may replace the strategy\n    → Remove scopes_required from it in Konnect, or set a value.',
    ],
    [
      'a scope for people',
      () => publishWith({}, { scopes: ['openid', 'api.access'] }),
      '✗ Auth strategy Odd: it requests openid, which Okta refuses for client credentials',
    ],
  ])('%s is not adopted', async (_, change, message) => {
    await change();
    const { exitCode, findings } = await printApp();
    expect(findings).toContain(message);
    expect(exitCode).toBe(1);
  });

  test('an empty requirement alone is adopted: nothing is written in its place', async () => {
    await publishWith({}, { scopes_required: [] });
    const { exitCode, app } = await printApp();
    expect(exitCode).toBe(0);
    expect(app).not.toContain('additionalProperties');
  });

  test('is kept on the resource where it may be, and said', async () => {
    await made.admin.okta('POST', `${made.server}/policies/${made.policyId}/lifecycle/deactivate`);
    await made.publish({ visibility: 'private' });
    const { exitCode, app, findings } = await printApp();
    expect(exitCode).toBe(0);
    expect(findings).toContain(
      '✓ Access policy Clients: no prop for status ("INACTIVE"), so the app sets it on the resource\n',
    );
    expect(app).toContain("if (oidc.accessPolicy) {\n  oidc.accessPolicy.resource.status = 'INACTIVE';\n}\n");
    expect(app).toContain('portal: myDevPortal, visibility: Visibility.PRIVATE }');
  });

  test('is kept where it is false or 0, too, since nothing is something else', async () => {
    const serviceId = await extras.addService({
      name: 'orders',
      retries: 0,
      tls_verify: false,
      tls_verify_depth: 0,
    });
    await extras.addApi({ name: 'Orders' }, { serviceId });
    const { app, findings } = await printApp('--api', 'Orders');
    expect(findings).toContain(
      '✓ Gateway service orders: no prop for tls_verify (false), tls_verify_depth (0), so the app sets it on the resource\n',
    );
    expect(app).toContain('  retries: 0,\n');
    expect(app).toContain(
      'ordersService.resource.tlsVerify = false;\nordersService.resource.tlsVerifyDepth = 0;\n',
    );
  });

  test('a route that the construct cannot describe stays out of the app', async () => {
    const serviceId = await extras.addService({ name: 'other' });
    await made.admin.konnect('POST', `/v2/control-planes/${made.controlPlaneId}/core-entities/routes`, {
      name: 'by-header',
      headers: { 'x-a': ['b'] },
      service: { id: serviceId },
    });
    await extras.addApi({ name: 'Other' }, { serviceId });
    const { exitCode, app, findings } = await printApp('--api', 'Other');
    expect(exitCode).toBe(0);
    expect(findings).toMatch(/– Route by-header: [0-9a-f-]+, stays as it is: no props for what it matches\n/);
    expect(app).not.toContain("'by-header'");
  });

  test('long texts are in separate files', async () => {
    const content = `openapi: 3.1.0 # ${'x'.repeat(300)}`;
    const api = await extras.addApi({ name: 'Versioned', version: '1.0' });
    await made.admin.konnect('POST', `/v3/apis/${api}/versions`, { version: '1.0', spec: { content } });
    const { app, findings } = await printApp();
    expect(findings).toContain('Wrote adoption.Versioned-1-0.yaml.\n');
    expect(app).toContain("  specification: readFileSync('adoption.Versioned-1-0.yaml', 'utf8'),\n");
    expect(readFileSync(join(command.folder, 'adoption.Versioned-1-0.yaml'), 'utf8')).toBe(content);
  });

  test('texts with the same name are in files with different names', async () => {
    const [home, page] = ['a', 'b'].map((letter) => letter.repeat(301));
    const pages = `/v3/portals/${made.portalId}/pages`;
    await made.admin.konnect('PATCH', `${pages}/${made.pageId}`, { content: home });
    await made.admin.konnect('POST', pages, { slug: 'home', title: 'Another', content: page });
    const { app } = await printApp();
    for (const [name, content] of Object.entries({ 'adoption.home.md': home, 'adoption.home2.md': page })) {
      expect(app).toContain(`readFileSync('${name}', 'utf8')`);
      expect(readFileSync(join(command.folder, name), 'utf8')).toBe(content);
    }
  });

  test('nested pages are read without paging, and keep their parents', async () => {
    const pages = `/v3/portals/${made.portalId}/pages`;
    const { id: parent } = await made.admin.konnect('POST', pages, { slug: 'guides', content: 'Guides' });
    await made.admin.konnect('POST', pages, { slug: 'start', content: 'Start', parent_page_id: parent });
    sandbox.requests.clear();
    const { app } = await printApp();
    const lists = sandbox.requests.all().filter(({ path }) => path.split('?')[0] === pages);
    expect(lists.map(({ path }) => path)).toEqual([pages]);
    expect(app).toContain("const guidesPage = myDevPortal.addPage('guides', ");
    expect(app).toContain("\nguidesPage.addPage('start', ");
  });

  test('pages below the home page keep their parents', async () => {
    const pages = `/v3/portals/${made.portalId}/pages`;
    const below = (slug: string, parent: string) =>
      made.admin.konnect('POST', pages, { slug, content: slug, parent_page_id: parent });
    const { id } = await below('about', made.pageId);
    await below('us', id);
    const { app } = await printApp();
    expect(app).toContain("const aboutPage = myDevPortal.homePage?.addPage('about', ");
    expect(app).toContain("\naboutPage?.addPage('us', ");
  });

  test('versions and nested documents of an API are in the app', async () => {
    const api = await extras.addApi({ name: 'Versioned', version: '2.0' });
    const add = (what: string, body: object) => made.admin.konnect('POST', `/v3/apis/${api}/${what}`, body);
    const spec = { content: 'openapi: 3.1.0' };
    await add('versions', { version: '2.0', spec });
    await add('versions', { version: '1.0', spec });
    const again = await add('versions', { version: '1.0', spec });
    const empty = await add('versions', { version: '3.0', spec: {} });
    const guides = { slug: 'guides', title: 'Guides', content: '# Guides', status: 'published' };
    const { id: parent } = await add('documents', guides);
    await add('documents', { slug: 'first', content: 'f'.repeat(301), parent_document_id: parent });
    const { app, findings } = await printApp('--api', 'Versioned');
    expect(app).toContain(
      "\nversioned20Api.addVersion('v1-0', { version: '1.0', specification: 'openapi: 3.1.0' });\n",
    );
    expect(app).toContain("\nconst guidesDocument = versioned20Api.addDocument('guides', {\n");
    expect(app).toMatch(/\nguidesDocument\.addDocument\('first', \{[^}]*published: false/);
    expect(readFileSync(join(command.folder, 'adoption.Versioned-2-0-first.md'), 'utf8')).toBe(
      'f'.repeat(301),
    );
    expect(findings).toContain(
      `Version 1.0 of Versioned 2.0: ${again.id}, stays as it is: another one has its name`,
    );
    expect(findings).toContain(
      `Version 3.0 of Versioned 2.0: ${empty.id}, stays as it is: it has no name or`,
    );
    expect(findings).toMatch(/Document first of Versioned 2\.0: [0-9a-f-]+\n/);
  });

  test('the default strategy of the portal is in the app', async () => {
    const setDefault = (id: string) =>
      made.admin.konnect('PATCH', `/v3/portals/${made.portalId}`, {
        default_application_auth_strategy_id: id,
      });
    await setDefault(made.strategyId);
    expect((await printApp()).app).toContain('myDevPortal.useDefaultStrategy(oidc.strategy);\n');
    const other = await extras.addStrategy('Other');
    await setDefault(other);
    const { app } = await printApp();
    expect(app).toContain(
      `defaultStrategy: OidcAuthStrategy.fromStrategyId(stack, 'default-strategy', '${other}'),`,
    );
    expect(app).not.toContain('useDefaultStrategy');
  });

  test('an API that is linked to a control plane is printed with the control plane and its plugin', async () => {
    await extras.enforceAccess(
      { '/anything': { get: {} } },
      {
        ...{ tags: ['portal'], enabled: false },
        config: { rate_limiting: { sync_rate: 1 } },
      },
    );
    const { exitCode, app, findings } = await printApp();
    expect(exitCode).toBe(0);
    expect(findings).toContain('✓ Access control enforcement of quickstart: ');
    expect(findings).toContain(
      '! Access control enforcement of quickstart: its rate_limiting has no prop, and the deployment would remove it\n',
    );
    expect(app).toContain("= new ControlPlane(stack, 'quickstart', { name: 'quickstart' });\n");
    expect(app).toContain(
      "const quickstartAccessControl = quickstartControlPlane.enforceAccess({\n  matchPolicy: MatchPolicy.IF_PRESENT,\n  tags: ['portal'],\n});\nquickstartAccessControl.resource.enabled = false;\n",
    );
    // The operation leads to its service.
    expect(app).toContain("new GatewayService(stack, 'example-service', {\n");
    expect(app).toContain('  controlPlane: quickstartControlPlane,\n});\n\nnew OktaDevPortalOidc');
  });

  test('a control plane without the plugin is named', async () => {
    const { pluginId } = await extras.enforceAccess({});
    const plugins = `/v2/control-planes/${made.controlPlaneId}/core-entities/plugins`;
    await made.admin.konnect('DELETE', `${plugins}/${pluginId}`);
    const { app, findings } = await printApp();
    expect(findings).toContain(
      '! Access control enforcement of quickstart: the control plane has no plugin ace, so APIs that are linked to it are open\n',
    );
    expect(app).not.toContain('enforceAccess');
  });

  test('APIs with both kinds of links on one control plane are not printed', async () => {
    await extras.enforceAccess({});
    await extras.addApi({ name: 'Stock' }, { serviceId: made.serviceId });
    const { exitCode, findings } = await printApp();
    expect(exitCode).toBe(1);
    expect(findings).toContain(
      '✗ Control plane quickstart: some APIs are linked to it and others to its services, which Kong forbids\n    → Choose APIs of one kind with --api',
    );
    expect((await printApp('--api', 'Stock')).exitCode).toBe(0);
  });

  test('an application with settings that the provider may not know is named', async () => {
    const { clientId } = await made.admin.createApplication('Restricted', {
      network: { connection: 'ZONE', include: ['nzo1'] },
    });
    await extras.changePolicy({ clients: [made.clientId, clientId] });
    const { exitCode, findings } = await printApp();
    expect(exitCode).toBe(0);
    expect(findings).toContain(
      '! Application Restricted: the Okta provider may not know settings.oauthClient.network ({"connection":"ZONE","include":["nzo1"]})',
    );
  });

  async function publishWith(strategy: object, settings: object = {}): Promise<void> {
    await made.publish({ auth_strategy_ids: [await extras.addStrategy('Odd', strategy, settings)] });
  }
});

test.each<[string, { [name: string]: string | undefined }, number, string]>([
  [
    'no org',
    { OKTA_HTTP_PROXY: undefined, OKTA_ORG_NAME: undefined },
    2,
    'OKTA_ORG_NAME or OKTA_BASE_URL is not set',
  ],
  [
    'an org that is not there, and an empty proxy',
    { OKTA_HTTP_PROXY: '', OKTA_ORG_NAME: 'org', OKTA_BASE_URL: 'okta.invalid' },
    3,
    'Okta cannot be reached at https://org.okta.invalid',
  ],
  ['no token', { OKTA_API_TOKEN: undefined }, 2, 'OKTA_API_TOKEN is not set'],
  ['a wrong token', { OKTA_API_TOKEN: 'wrong-token' }, 3, ' GET /api/v1/authorizationServers with 401'],
  [
    'a wrong org',
    { OKTA_HTTP_PROXY: 'https://okta.invalid' },
    3,
    'Okta cannot be reached at https://okta.invalid',
  ],
])('explains %s', async (_, changes, code, message) => {
  const runner = CommandRunner.forSandbox(sandbox, changes);
  const { exitCode, stderr } = await runner.run('adopt', '--print-app');
  runner.remove();
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('wrong-token');
  expect(exitCode).toBe(code);
});
