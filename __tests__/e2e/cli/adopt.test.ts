import fs, { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../../support/command';
import { HandMadeHowTo } from '../../support/manual-setup';
import { HandMadeExtras } from '../../support/manual-setup-extras';
import { SecretScanner } from '../../support/secret-scanner';

let sandbox: Sandbox;
let made: HandMadeHowTo;
let extras: HandMadeExtras;
let command: CommandRunner;

beforeEach(async () => {
  sandbox = await Sandbox.start();
  made = await HandMadeHowTo.create(sandbox);
  extras = new HandMadeExtras(made);
  command = CommandRunner.forSandbox(sandbox);
  sandbox.requests.clear();
});

afterEach(async () => {
  expect(SecretScanner.of(sandbox).find({ command: command.everything })).toEqual([]);
  command.remove();
  await sandbox.stop();
});

/** Runs the command, which changes nothing in either tenant. */
async function adopt(...options: string[]) {
  const before = sandbox.requests.writes();
  const result = await command.run('adopt', ...options);
  expect(sandbox.requests.writes()).toEqual(before);
  return result;
}

interface Written {
  readonly okta: {
    readonly authorizationServers: readonly {
      readonly policies: readonly { readonly clients: readonly string[] }[];
    }[];
    readonly applications: readonly { readonly id: string }[];
  };
  readonly konnect: {
    readonly apis: readonly { readonly id: string; readonly version: string | null }[];
    readonly portals: readonly { readonly name: string }[];
    readonly controlPlanes: readonly { readonly services: readonly object[] }[];
  };
}

const written = (file = 'adopt.json') =>
  JSON.parse(readFileSync(join(command.folder, file), 'utf8')) as Written;

test('writes the ids of all pieces with their names, and nothing else', async () => {
  expect((await adopt()).exitCode).toBe(0);
  expect(written()).toEqual({
    version: 1,
    okta: {
      authorizationServers: [
        {
          id: expect.stringMatching(/^aus/),
          name: 'default',
          claims: [{ id: made.claimId, name: 'clientId' }],
          scopes: [{ id: made.scopeId, name: 'api.access' }],
          policies: [
            {
              id: made.policyId,
              name: 'Clients',
              clients: [made.clientId],
              rules: [{ id: made.ruleId, name: 'Client credentials' }],
            },
          ],
        },
      ],
      applications: [{ id: made.clientId, clientId: made.clientId, label: 'Dev Portal app' }],
    },
    konnect: {
      authStrategies: [{ id: made.strategyId, name: 'Okta OIDC' }],
      portals: [{ id: made.portalId, name: 'MyDevPortal', pages: [{ id: made.pageId, slug: '/' }] }],
      apis: [
        {
          id: made.apiId,
          name: 'MyAPI',
          version: null,
          versions: [],
          implementation: made.implementationId,
          publishedTo: [made.portalId],
        },
      ],
      controlPlanes: [
        {
          id: made.controlPlaneId,
          name: 'quickstart',
          services: [
            {
              id: made.serviceId,
              name: 'example-service',
              routes: [{ id: made.routeId, name: 'example-route' }],
            },
          ],
        },
      ],
    },
  });
  expect(readdirSync(command.folder)).toEqual(['adopt.json']);
});

test('says what it found, and prints an app that takes it over', async () => {
  const { stdout, stderr } = await adopt();
  expect(stderr).toBe('');
  expect([...stdout.matchAll(/^✓ (.*?): (.*)$/gm)].map(([, what]) => what)).toEqual([
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
    stdout.slice(stdout.indexOf('const quickstart')),
  ).toBe(`const quickstartControlPlane = new GatewayControlPlane(stack, 'quickstart', { name: 'quickstart' });
const exampleService = new GatewayService(stack, 'example-service', {
  controlPlaneId: quickstartControlPlane.id,
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
const myAPI = new PortalApi(stack, 'MyAPI', { name: 'MyAPI', gatewayService: exampleService });

new OktaDevPortalOidc(stack, 'oidc', {
  adopt: Adoption.fromFile('adopt.json'),
  name: 'Okta OIDC',
  claimName: 'clientId',
  scopes: ['api.access'],
  policyName: 'Clients',
  policyDescription: 'Clients',
  policyRuleName: 'Client credentials',
  policyRuleGroups: ['EVERYONE'],
  clients: { 'Dev-Portal-app': { label: 'Dev Portal app', redirectUris: ['https://localhost/callback'] } },
  publications: { MyAPI: { api: myAPI, portal: myDevPortal } },
});

app.synth();
`);
});

test('prints its findings as JSON, and takes another file', async () => {
  mkdirSync(join(command.folder, 'files'));
  const { exitCode, stdout } = await adopt('--json', '--file', 'files/other.json');
  expect(exitCode).toBe(0);
  const result = JSON.parse(stdout) as {
    ok: boolean;
    findings: object[];
    file: string;
    files: string[];
    app: string;
  };
  expect(result.ok).toBe(true);
  expect(result.findings).toHaveLength(13);
  expect(result.file).toBe(join(command.folder, 'files', 'other.json'));
  expect(result.files).toEqual([result.file]);
  expect(result.app).toContain("Adoption.fromFile('files/other.json')");
  expect(existsSync(result.file)).toBe(true);
});

describe('the file', () => {
  test.each([
    ['in a folder that is not there', 'no/such/adopt.json', /adopt\.json cannot be written: ENOENT/],
    ['that is a folder', '.', /is a folder\n {4}→ Name a file in it\./],
  ])('%s is refused before anything is asked', async (_, file, message) => {
    const { exitCode, stderr } = await adopt('--file', file);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(exitCode).toBe(2);
    expect(sandbox.requests.all()).toEqual([]);
  });

  test('stays as it was when another one cannot be written', async () => {
    await adopt();
    const before = written();
    jest.spyOn(fs, 'renameSync').mockImplementationOnce(() => {
      throw new Error('no space left');
    });
    const { exitCode, stderr } = await adopt();
    expect(stderr).toContain(
      'adopt.json cannot be written: no space left\n    → Choose another file with --file.',
    );
    expect(exitCode).toBe(1);
    expect(written()).toEqual(before);
    expect(readdirSync(command.folder)).toEqual(['adopt.json']);
  });
});

describe('names', () => {
  test('two versions of an API are two APIs, and no construct or variable has the name of another', async () => {
    const second = await extras.addService({ name: 'MyAPI' }, ['/second']);
    const version = await extras.addApi({ name: 'MyAPI', version: '2.0' }, { serviceId: second });
    const oidc = await extras.addApi({ name: 'oidc' });
    const { stdout } = await adopt();
    expect(written().konnect.apis.map(({ id, version: each }) => [id, each])).toEqual([
      [made.apiId, null],
      [version, '2.0'],
      [oidc, null],
    ]);
    const constructIds = [...stdout.matchAll(/new \w+\(stack, '([^']+)'/g)].map(([, id]) => id);
    expect(constructIds).toContain('oidc-api');
    expect(new Set(constructIds).size).toBe(constructIds.length);
    const variables = [...stdout.matchAll(/^const (\w+)/gm)].map(([, name]) => name);
    expect(new Set(variables).size).toBe(variables.length);
    expect((await adopt('--api', version)).exitCode).toBe(0);
    expect(written().konnect.apis.map(({ id }) => id)).toEqual([version]);
  });

  test('services and routes need none', async () => {
    const serviceId = await extras.addService({}, ['/a', '/b']);
    await extras.addApi({ name: 'Nameless' }, { serviceId });
    const { stdout, exitCode } = await adopt('--api', 'Nameless');
    expect(exitCode).toBe(0);
    expect(written().konnect.controlPlanes[0]?.services).toEqual([
      {
        id: serviceId,
        name: null,
        routes: [expect.objectContaining({ name: null }), expect.objectContaining({ name: null })],
      },
    ]);
    expect(stdout).toContain('✓ Gateway service (without a name): ');
    expect(stdout).toContain('service.resource.resetName();');
    expect(stdout).toMatch(/service\.routes\[1\]\.resource\.id = '[0-9a-f-]{36}';/);
  });

  test('two applications of one label are ambiguous, and an id chooses; the other keeps its access', async () => {
    const { clientId: twin } = await made.addApplication('Dev Portal app');
    await extras.changePolicy({ clients: [made.clientId, twin] });
    const { exitCode, stdout } = await adopt();
    expect(stdout).toContain(
      `✗ Application Dev Portal app: ambiguous: ${made.clientId}, ${twin}\n    → Choose one with --client <id>; the others keep their access.`,
    );
    expect(exitCode).toBe(1);
    const chosen = await adopt('--client', twin);
    expect(chosen.exitCode).toBe(0);
    expect(chosen.stdout).toContain(`  allowedClientIds: ['${made.clientId}'],`);
    expect(written().okta.applications.map(({ id }) => id)).toEqual([twin]);
    expect(written().okta.authorizationServers[0]?.policies[0]?.clients).toEqual([made.clientId, twin]);
  });
});

describe('clients of the policy', () => {
  test('that are not adopted keep their access', async () => {
    const { clientId: other } = await made.addApplication('Other');
    const { clientId: native } = await made.addApplication('Native', { application_type: 'native' });
    await extras.changePolicy({ clients: [made.clientId, other, native] });
    const { stdout } = await adopt('--client', 'Dev Portal app');
    expect(stdout).toContain(`✓ Other clients of the policy: ${other}, ${native}, which keep their access\n`);
    expect(stdout).toContain(`  allowedClientIds: ['${other}', '${native}'],\n`);
    const all = await adopt();
    expect(all.stdout).toContain(
      `✓ Application Native: ${native}, stays as it is: it is a native application\n`,
    );
    expect(all.stdout).toContain(`  allowedClientIds: ['${native}'],\n`);
  });

  test('that are all of the org have to be named, and stay all', async () => {
    await extras.changePolicy({ clients: ['ALL_CLIENTS'] });
    const { exitCode, stdout } = await adopt();
    expect(stdout).toContain(
      '✗ Applications: access policy Clients is for all clients of the org, so nothing says which of them belong to the portal\n    → Name them with --client; the policy stays for all.',
    );
    expect(exitCode).toBe(1);
    const named = await adopt('--client', 'Dev Portal app');
    expect(named.exitCode).toBe(0);
    expect(named.stdout).toContain("  oidc.accessPolicy.resource.clientWhitelist = ['ALL_CLIENTS'];\n");
    expect(named.stdout).not.toContain('allowedClientIds');
    expect((await adopt('--client', 'Nobody')).stdout).toContain(
      '✗ Application Nobody: no OIDC application has that label or id\n    → There are: Dev Portal app (',
    );
  });
});

test('names the authorization server in the app, unless it is the default one', async () => {
  const other = await Sandbox.start();
  const theirs = await HandMadeHowTo.create(other, { server: "Team's" });
  const runner = CommandRunner.forSandbox(other);
  const { stdout } = await runner.run('adopt');
  runner.remove();
  await other.stop();
  expect(stdout).toContain(`✓ Authorization server Team's: ${theirs.server.split('/').at(-1)}\n`);
  expect(stdout).toContain("const server = AuthorizationServer.fromName(stack, 'server', 'Team\\'s');\n");
  expect(stdout).toContain('  authorizationServer: server,\n');
});

describe('what is ambiguous', () => {
  test('is named, and chosen by an option', async () => {
    await made.addStranger();
    const { exitCode, stdout } = await adopt();
    expect(stdout).toMatch(
      /✗ Access policy: ambiguous: Clients \(00p\w+\), Strangers \(00p\w+\)\n {4}→ Choose one with --policy\./,
    );
    expect(stdout).toContain('Not everything was found, so no file was written.');
    expect(exitCode).toBe(1);
    expect(existsSync(join(command.folder, 'adopt.json'))).toBe(false);
    expect((await adopt('--policy', 'Clients')).exitCode).toBe(0);
  });

  test('two portals', async () => {
    await made.admin.konnect('POST', '/v3/portals', { name: 'Other' });
    const { exitCode, stdout } = await adopt();
    expect(stdout).toMatch(
      /✗ Portal: ambiguous: MyDevPortal \(.*\), Other \(.*\)\n {4}→ Choose one with --portal\./,
    );
    expect(exitCode).toBe(1);
    expect((await adopt('--portal', 'MyDevPortal')).exitCode).toBe(0);
    expect((await adopt('--portal', made.portalId)).exitCode).toBe(0);
  });
});

test.each([
  ['--portal', 'Portal', 'MyDevPortal'],
  ['--strategy', 'Auth strategy', 'Okta OIDC'],
  ['--policy', 'Access policy', 'Clients'],
  ['--rule', 'Rule', 'Client credentials'],
])('says which there are for a wrong %s', async (option, what, name) => {
  const { exitCode, stdout } = await adopt(option, 'Wrong');
  expect(stdout).toContain(`✗ ${what}: none is called Wrong\n    → There are: ${name} (`);
  expect(exitCode).toBe(1);
});

test('says which APIs and clients there are for a wrong one', async () => {
  expect((await adopt('--api', 'Other', '--api', 'MyAPI')).stdout).toContain(
    '✗ API Other: none of that name is published to MyDevPortal with Okta OIDC\n    → There are: MyAPI.',
  );
  expect((await adopt('--client', 'Other')).stdout).toContain(
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
    const { exitCode, stdout } = await adopt();
    expect(stdout).toMatch(message);
    expect(exitCode).toBe(1);
    expect(existsSync(join(command.folder, 'adopt.json'))).toBe(false);
  });

  test('a home page is left out, and so is the link to a gateway', async () => {
    await made.admin.konnect('DELETE', `/v3/portals/${made.portalId}/pages/${made.pageId}`);
    await made.admin.konnect('DELETE', `/v3/apis/${made.apiId}/implementations/${made.implementationId}`);
    const { exitCode, stdout } = await adopt();
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      '✓ Gateway service of MyAPI: none: the API is linked to no gateway service, so its strategy is enforced nowhere\n',
    );
    expect(stdout).toContain("  homePage: '',\n");
    expect(stdout).toContain("new PortalApi(stack, 'MyAPI', { name: 'MyAPI' });\n");
    expect(written().konnect.controlPlanes).toEqual([]);
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
      '✗ Auth strategy Odd: its credential claim is the path a > b, and the construct takes one claim on top of the token',
    ],
    [
      'a DCR provider',
      () => publishWith({ dcr_provider_id: made.portalId }),
      '✗ Auth strategy Odd: it has a DCR provider, so the portal makes the applications in Okta',
    ],
    [
      'an auth method that nobody knows',
      () => publishWith({}, { auth_methods: ['client_credentials', 'magic'] }),
      '→ Take magic out of it in Konnect.',
    ],
    [
      'auth methods that do not go together',
      () => publishWith({}, { auth_methods: ['client_credentials', 'password'] }),
      '→ Take password out of it in Konnect',
    ],
    [
      'a strategy that asks for no scope',
      () => publishWith({}, { scopes: [] }),
      '✗ Auth strategy Odd: it has no scopes, and the construct takes at least one\n    → Name in scopes what its clients use',
    ],
    [
      'an empty requirement beside another setting',
      () => publishWith({}, { scopes_required: [], ssl_verify: true }),
      '✗ Auth strategy Odd: its scopes_required is empty, which the construct would take out, and that may replace the strategy\n    → Take scopes_required out of it in Konnect, or give it a value.',
    ],
    [
      'a scope for people',
      () => publishWith({}, { scopes: ['openid', 'api.access'] }),
      '✗ Auth strategy Odd: it asks for openid, which client credentials cannot',
    ],
  ])('%s is not adopted', async (_, change, message) => {
    await change();
    const { exitCode, stdout } = await adopt();
    expect(stdout).toContain(message);
    expect(exitCode).toBe(1);
  });

  test('an empty requirement alone is adopted: nothing is written in its place', async () => {
    await publishWith({}, { scopes_required: [] });
    const { exitCode, stdout } = await adopt();
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('additionalProperties');
  });

  test('is kept on the resource where it may be, and said', async () => {
    await made.admin.okta('POST', `${made.server}/policies/${made.policyId}/lifecycle/deactivate`);
    await extras.publish({ visibility: 'private' });
    const { exitCode, stdout } = await adopt();
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      '✓ Access policy Clients: no prop for status ("INACTIVE"), so the app keeps it on the resource\n',
    );
    expect(stdout).toContain(
      "if (oidc.accessPolicy) {\n  oidc.accessPolicy.resource.status = 'INACTIVE';\n}\n",
    );
    expect(stdout).toContain("oidc.publications[0].resource.visibility = 'private';\n");
  });

  test('is kept where it is false or 0, too, since nothing is something else', async () => {
    const serviceId = await extras.addService({
      name: 'orders',
      retries: 0,
      tls_verify: false,
      tls_verify_depth: 0,
    });
    await extras.addApi({ name: 'Orders' }, { serviceId });
    const { stdout } = await adopt('--api', 'Orders');
    expect(stdout).toContain(
      '✓ Gateway service orders: no prop for tls_verify (false), tls_verify_depth (0), so the app keeps it on the resource\n',
    );
    expect(stdout).toContain('  retries: 0,\n');
    expect(stdout).toContain(
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
    const { exitCode, stdout } = await adopt('--api', 'Other');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /✓ Route by-header: [0-9a-f-]+, stays as it is: the construct takes paths, hosts and methods\n/,
    );
    expect(stdout).not.toContain("'by-header'");
  });

  test('long texts stand in files of their own', async () => {
    const content = `openapi: 3.1.0 # ${'x'.repeat(300)}`;
    const api = await extras.addApi({ name: 'Versioned', version: '1.0' });
    await made.admin.konnect('POST', `/v3/apis/${api}/versions`, { version: '1.0', spec: { content } });
    const { stdout } = await adopt();
    expect(stdout).toContain('Wrote adopt.json, adopt.Versioned-1-0.yaml.\n');
    expect(stdout).toContain("  specification: readFileSync('adopt.Versioned-1-0.yaml', 'utf8'),\n");
    expect(readFileSync(join(command.folder, 'adopt.Versioned-1-0.yaml'), 'utf8')).toBe(content);
  });

  test('texts of one name stand in files of their own names', async () => {
    const [home, page] = ['a', 'b'].map((letter) => letter.repeat(301));
    const pages = `/v3/portals/${made.portalId}/pages`;
    await made.admin.konnect('PATCH', `${pages}/${made.pageId}`, { content: home });
    await made.admin.konnect('POST', pages, { slug: 'home', title: 'Another', content: page });
    const { stdout } = await adopt();
    for (const [name, content] of Object.entries({ 'adopt.home.md': home, 'adopt.home2.md': page })) {
      expect(stdout).toContain(`readFileSync('${name}', 'utf8')`);
      expect(readFileSync(join(command.folder, name), 'utf8')).toBe(content);
    }
  });

  async function publishWith(strategy: object, settings: object = {}): Promise<void> {
    await extras.publish({ auth_strategy_ids: [await extras.addStrategy('Odd', strategy, settings)] });
  }
});

describe('--partial', () => {
  test('writes whatever exists', async () => {
    await made.addStranger();
    await made.admin.konnect('POST', '/v3/portals', { name: 'Other' });
    await made.admin.konnect('DELETE', `/v3/apis/${made.apiId}/publications/${made.portalId}`);
    const { exitCode, stdout } = await adopt('--partial');
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`✓ Portals: 2
✓ Auth strategies: 1
✓ APIs: 1
✓ Control planes: 1
✓ Authorization servers: 1
✓ Applications: 2
Wrote adopt.json.
A stack with it takes over what has the names of its resources, and creates the rest.
`);
    expect(written()).toMatchObject({
      partial: true,
      okta: { authorizationServers: [{ policies: [{ name: 'Clients' }, { name: 'Strangers' }] }] },
      konnect: { apis: [{ name: 'MyAPI', publishedTo: [] }] },
    });
  });

  test('looks for what is named, which need not be there', async () => {
    await made.admin.konnect('POST', '/v3/portals', { name: 'Other' });
    const { exitCode, stdout } = await adopt('--partial', '--portal', 'Other', '--api', 'Nothing');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('✓ Portals: 1\n');
    expect(stdout).toContain('✓ API Nothing: not there\n✓ APIs: 0\n');
    expect(written().konnect.portals.map(({ name }) => name)).toEqual(['Other']);
  });
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
  [
    'a wrong token',
    { OKTA_API_TOKEN: 'wrong-token' },
    3,
    'Okta answers GET /api/v1/authorizationServers with 401',
  ],
  [
    'a wrong org',
    { OKTA_HTTP_PROXY: 'https://okta.invalid' },
    3,
    'Okta cannot be reached at https://okta.invalid',
  ],
])('explains %s', async (_, changes, code, message) => {
  const runner = CommandRunner.forSandbox(sandbox, changes);
  const { exitCode, stderr } = await runner.run('adopt');
  runner.remove();
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('wrong-token');
  expect(exitCode).toBe(code);
});
