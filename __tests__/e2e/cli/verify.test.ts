import { CommandRunner } from '../../support/command';
import { CommandSetup } from '../../support/command-setup';

/*
 * `verify` with a manual setup of the how-to and a state to match: complete, and with each part broken.
 */
let setup: CommandSetup;

beforeEach(async () => {
  setup = await CommandSetup.create();
});

afterEach(() => setup.stop());

/** All links, and the first broken one. */
async function links(...options: string[]) {
  const { exitCode, stdout } = await setup.verify('--json', ...options);
  const { ok, links: all } = JSON.parse(stdout) as {
    ok: boolean;
    links: { name: string; status: string; detail: string; remedy?: string }[];
  };
  return { exitCode, ok, all, broken: all.find(({ status }) => status === 'failed') };
}

describe('an intact chain', () => {
  test('has a tick at every link, and ends with 0', async () => {
    await setup.register();
    const { clientId, clientSecret } = await setup.made.addUnregisteredClient();
    const runner = CommandRunner.forSandbox(setup.sandbox, { OKTA_UNREGISTERED_CLIENT_SECRET: clientSecret });
    runner.writeState(setup.made.state());
    const { exitCode, stdout, stderr } = await runner.run(
      ...['verify', '--state', 'state.json', '--require-all', '--unregistered-client-id', clientId],
    );
    runner.remove();
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual([
      `✓ Issuer: ${setup.made.issuer}`,
      '✓ Token: Dev Portal app gets one with api.access',
      '✓ Signature: signed by a key of the issuer, not expired',
      `✓ Claim: clientId is ${setup.made.clientId}`,
      '✓ Auth strategy: Okta OIDC: client_credentials; claim clientId; scopes api.access',
      '✓ Publication: MyAPI, public',
      '✓ Gateway service and route: linked, GET /anything',
      '✓ Registration: application Dev Portal app is approved for the API',
      '✓ Request with the credentials: 200',
      '✓ Request without credentials: 401',
      '✓ Request with a wrong secret: 401',
      '✓ Request of an unregistered client: 403',
      '12 links OK, 0 broken, 0 not checked',
      '',
    ]);
    expect(exitCode).toBe(0);
  });

  test('skips the unregistered client unless one is named', async () => {
    await setup.register();
    const { exitCode, stdout } = await setup.verify();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('– Request of an unregistered client: not checked, no such client was named');
    expect(stdout).toContain('11 links OK, 0 broken, 1 not checked');
    expect((await setup.verify('--require-all')).exitCode).toBe(1);
  });

  test('passes after the registration', async () => {
    const running = setup.command.run('verify', '--state', 'state.json', '--wait', '0');
    expect((await running).exitCode).toBe(1);
    await setup.register();
    const registrations = setup.sandbox.requests.all().length;
    expect((await setup.command.run('verify', '--state', 'state.json', '--wait', '5')).exitCode).toBe(0);
    expect(setup.sandbox.requests.all().length).toBeGreaterThan(registrations);
  });

  test('uses the secret in the environment when the state holds none', async () => {
    await setup.register();
    const runner = CommandRunner.forSandbox(setup.sandbox, { OKTA_CLIENT_SECRET: setup.made.clientSecret });
    runner.writeState(setup.made.state({ keepsSecret: false }));
    expect((await runner.run('verify', '--state', 'state.json', '--wait', '0')).exitCode).toBe(0);
    runner.remove();
  });

  test('is verified with the strategy in Konnect when another stack owns it', async () => {
    await setup.register();
    const state = setup.made.state() as { values: { root_module: { resources: { type: string }[] } } };
    const { root_module: module } = state.values;
    module.resources = module.resources.filter(
      ({ type }) => !['konnect_application_auth_strategy', 'konnect_portal', 'konnect_api'].includes(type),
    );
    setup.command.writeState(state);
    expect((await links()).broken).toBeUndefined();
  });

  test('requests the path in --path', async () => {
    await setup.register();
    await setup.verify('--path', '/anything/else');
    const asked = setup.sandbox.requests.all().filter(({ service }) => service === 'gateway');
    expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(['/anything/else']));
  });
});

describe('a broken chain names the link, the cause and the remedy', () => {
  const server = '/authorizationServers/default';
  const plane = () => `/v2/control-planes/${setup.made.controlPlaneId}/core-entities`;
  const publication = () => `/v3/apis/${setup.made.apiId}/publications/${setup.made.portalId}`;

  test.each<[string, () => Promise<unknown>, string, RegExp, RegExp]>([
    [
      'authorization server inactive',
      () => setup.made.admin.okta('POST', `${server}/lifecycle/deactivate`),
      'discovery',
      /404 .*Not found/,
      /custom authorization server/,
    ],
    [
      'application inactive',
      () => setup.made.admin.okta('POST', `/apps/${setup.made.clientId}/lifecycle/deactivate`),
      'token',
      /401 invalid_client.*: application Dev Portal app is inactive/,
      /Activate application Dev Portal app/,
    ],
    [
      'scope missing',
      async () => {
        await setup.made.admin.okta(
          'DELETE',
          `${server}/policies/${setup.made.policyId}/rules/${setup.made.ruleId}`,
        );
        await setup.made.admin.okta('DELETE', `${server}/scopes/${setup.made.scopeId}`);
      },
      'token',
      /400 invalid_scope/,
      /Add the scopes api\.access/,
    ],
    [
      'policy inactive',
      () => setup.made.admin.okta('POST', `${server}/policies/${setup.made.policyId}/lifecycle/deactivate`),
      'token',
      /400 access_denied: .*Policy evaluation failed/,
      /Access policy Clients names the client/,
    ],
    [
      'claim missing',
      () => setup.made.admin.okta('DELETE', `${server}/claims/${setup.made.claimId}`),
      'claim',
      /the token lacks the claim clientId; its claims are .*cid/,
      /Add a claim clientId with the value app\.clientId/,
    ],
    [
      'claim with another value',
      () =>
        setup.made.admin.okta('PUT', `${server}/claims/${setup.made.claimId}`, {
          name: 'clientId',
          status: 'ACTIVE',
          claimType: 'RESOURCE',
          valueType: 'EXPRESSION',
          value: '"fixed"',
          alwaysIncludeInToken: true,
          conditions: { scopes: [] },
        }),
      'claim',
      /claim clientId is "fixed", but the client is 0oa/,
      /to app\.clientId/,
    ],
    [
      'strategy changed',
      () =>
        setup.made.admin.konnect('PATCH', `/v2/application-auth-strategies/${setup.made.strategyId}`, {
          configs: {
            'openid-connect': {
              issuer: setup.made.issuer,
              credential_claim: ['sub'],
              auth_methods: ['client_credentials'],
              scopes: ['api.access'],
            },
          },
        }),
      'strategy',
      /credentialClaim is sub in Konnect but clientId as deployed/,
      /deploy again/i,
    ],
    [
      'publication without strategy',
      () => setup.made.admin.konnect('PUT', publication(), { visibility: 'public' }),
      'publication',
      /no auth strategy in Konnect, so the API is open to everyone/,
      /deploy again/i,
    ],
    [
      'publication private',
      () =>
        setup.made.admin.konnect('PUT', publication(), {
          visibility: 'private',
          auth_strategy_ids: [setup.made.strategyId],
        }),
      'publication',
      /private in Konnect but public as deployed/,
      /deploy again/i,
    ],
    [
      'publication gone',
      () => setup.made.admin.konnect('DELETE', publication()),
      'publication',
      /MyAPI is not published/,
      /another region/,
    ],
    [
      'API not linked',
      () =>
        setup.made.admin.konnect(
          'DELETE',
          `/v3/apis/${setup.made.apiId}/implementations/${setup.made.implementationId}`,
        ),
      'implementation',
      /linked to no gateway service/,
      /Link the API to a gateway service or a control plane/,
    ],
    [
      'route gone',
      () => setup.made.admin.konnect('DELETE', `${plane()}/routes/${setup.made.routeId}`),
      'implementation',
      /has no route/,
      /Add a route to the gateway service/,
    ],
  ])('%s', async (_, breakIt, name, cause, remedy) => {
    await setup.register();
    await breakIt();
    const { exitCode, ok, broken } = await links();
    expect(broken?.name).toBe(name);
    expect(broken?.detail).toMatch(cause);
    expect(broken?.remedy).toMatch(remedy);
    expect(ok).toBe(false);
    expect(exitCode).toBe(1);
  });

  test('not registered', async () => {
    const { broken, all } = await links();
    expect(broken?.name).toBe('registration');
    expect(broken?.detail).toBe(`no application in MyDevPortal has the client id ${setup.made.clientId}`);
    expect(broken?.remedy).toContain('okta-dev-portal-oidc register');
    const request = all.find((link) => link.name === 'with-credentials');
    expect(request?.detail).toBe('403 instead of 200: caused by the failure above');
  });

  test('registered with a strategy that was replaced', async () => {
    await setup.register();
    await setup.made.replaceStrategy();
    setup.command.writeState(setup.made.state());
    const { broken } = await links();
    expect(broken?.name).toBe('registration');
    expect(broken?.detail).toMatch(/^application Dev Portal app uses another auth strategy than the API$/);
    expect(broken?.remedy).toMatch(/ register --developer \S+ --replace\.$/);
  });

  test('a request that passes without credentials', async () => {
    await setup.register();
    await setup.made.admin.konnect('PUT', publication(), { visibility: 'public' });
    const { all } = await links();
    const open = all.find((link) => link.name === 'without-credentials');
    expect(open).toMatchObject({ status: 'failed', detail: '200 instead of 401: the API is open' });
  });

  describe('a publication that is deployed without a strategy', () => {
    interface State {
      values: { root_module: { resources: { type: string; values: object }[] } };
    }

    /** The state with one more publication, or with that one only. */
    function writeOpen(isOnly: boolean): void {
      const state = setup.made.state() as State;
      const { root_module: module } = state.values;
      const [publication] = module.resources.filter(({ type }) => type === 'konnect_api_publication');
      const values = { ...publication.values, api_id: 'stock', auth_strategy_ids: null };
      module.resources = module.resources.filter((each) => !isOnly || each !== publication);
      module.resources.push({ ...publication, values });
      setup.command.writeState(state);
    }

    const open = {
      status: 'failed',
      detail: 'it is deployed without an auth strategy, so the API is open to everyone',
      remedy: expect.stringContaining('Publish it with an auth strategy'),
    };

    test('is broken beside an intact one', async () => {
      await setup.register();
      writeOpen(false);
      const { exitCode, all } = await links();
      const broken = all.filter(({ status }) => status === 'failed');
      const title = 'Publication of stock';
      expect(broken).toEqual([expect.objectContaining({ ...open, name: 'publication:2', title })]);
      expect(exitCode).toBe(1);
      expect((await links('--api', 'MyAPI')).ok).toBe(true);
    });

    test('is broken alone, and no client is registered for it', async () => {
      writeOpen(true);
      const { exitCode, all } = await links();
      expect(all).toEqual([expect.objectContaining({ ...open, name: 'publication', title: 'Publication' })]);
      expect(exitCode).toBe(1);
      const registered = await setup.register();
      expect(registered.stderr).toContain('The stacks do not publish any API with an auth strategy');
      expect(registered.exitCode).toBe(2);
    });
  });

  test('an issuer that its discovery document does not have', async () => {
    const { issuer } = setup.made;
    const other = issuer.replace('127.0.0.1', 'localhost');
    const state = JSON.stringify(setup.made.state()).replaceAll(issuer, other);
    setup.command.writeState(JSON.parse(state));
    expect((await links()).broken).toMatchObject({
      name: 'discovery',
      detail: `the strategy has the issuer ${other}, but its discovery document has ${issuer}`,
    });
  });

  test('a route that the gateway does not have', async () => {
    await setup.register();
    const { all } = await links('--path', '/nowhere');
    const request = all.find((link) => link.name === 'with-credentials');
    expect(request?.detail).toBe(
      `404 instead of 200: the gateway at ${setup.sandbox.gateway.url} has no route for /nowhere`,
    );
    expect(request?.remedy).toContain('KONNECT_PROXY_URL');
  });

  test('an unregistered client without a token proves nothing', async () => {
    await setup.register();
    const runner = CommandRunner.forSandbox(setup.sandbox, {
      OKTA_UNREGISTERED_CLIENT_SECRET: 'not-its-secret',
    });
    runner.writeState(setup.made.state());
    const { exitCode, stdout } = await runner.run(
      ...['verify', '--state', 'state.json', '--wait', '0', '--unregistered-client-id', '0oaother'],
    );
    runner.remove();
    expect(stdout).toContain('✗ Request of an unregistered client: 401 instead of 403');
    expect(stdout).toContain('This client must get a token');
    expect(exitCode).toBe(1);
  });
});

describe('a strategy without client credentials', () => {
  /** Starts over with a strategy that accepts other auth methods. */
  async function withMethods(...authMethods: string[]): Promise<void> {
    await setup.stop();
    setup = await CommandSetup.create({ authMethods });
    await setup.register();
  }

  async function verifyWithUnregistered(clientId: string, secret: string): Promise<string[]> {
    const runner = CommandRunner.forSandbox(setup.sandbox, { OKTA_UNREGISTERED_CLIENT_SECRET: secret });
    runner.writeState(setup.made.state());
    const { stdout } = await runner.run(
      ...['verify', '--state', 'state.json', '--wait', '0', '--unregistered-client-id', clientId],
    );
    runner.remove();
    expect(runner.everything).not.toContain(secret);
    expect(runner.everything).not.toMatch(/eyJ/);
    return stdout.split('\n');
  }

  test('that accepts bearer tokens gets valid, forged and unregistered tokens', async () => {
    await withMethods('bearer');
    const { clientId, clientSecret } = await setup.made.addUnregisteredClient();
    expect((await verifyWithUnregistered(clientId, clientSecret)).slice(8)).toEqual([
      '✓ Request with the token: 200',
      '✓ Request without credentials: 401',
      '✓ Request with a forged token: 401',
      '✓ Request of an unregistered client: 403',
      '12 links OK, 0 broken, 0 not checked',
      '',
    ]);
  });

  test('gets no token if the client has none, and the links keep their names', async () => {
    await withMethods('bearer');
    await setup.made.admin.okta('POST', `/apps/${setup.made.clientId}/lifecycle/deactivate`);
    const { all } = await links();
    expect(all.slice(8).map(({ name, status, detail }) => [name, status, detail])).toEqual([
      ['with-credentials', 'skipped', 'not checked, depends on Token'],
      ['without-credentials', 'ok', '401'],
      ['wrong-secret', 'skipped', 'not checked, depends on Token'],
      ['unregistered-client', 'skipped', 'not checked, depends on Token'],
    ]);
  });

  test('gets no token of an unregistered client that Okta refuses', async () => {
    await withMethods('bearer');
    const { clientId } = await setup.made.addUnregisteredClient();
    const printed = await verifyWithUnregistered(clientId, 'not-its-secret');
    expect(printed[11]).toBe(
      '✗ Request of an unregistered client: Okta refuses it a token with 401 invalid_client: The client secret supplied for a confidential client is invalid.',
    );
    expect(printed[12]).toContain('This client must get a token');
  });

  test('that accepts neither gets no request with credentials', async () => {
    await withMethods('session');
    const { all } = await links();
    const reason =
      'not checked: the strategy accepts session, but neither client credentials nor bearer tokens';
    expect(all.slice(8).map(({ status, detail }) => [status, detail])).toEqual([
      ['skipped', reason],
      ['ok', '401'],
      ['skipped', reason],
      ['skipped', reason],
    ]);
  });
});
