import type { TerraformStack } from 'cdktf';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../support/admin';
import { describeWithTerraform, howToStack } from '../support/sandbox';

/*
 * The how-to with real Terraform: deployed, registered, opened for its client and for nobody else,
 * changed, and destroyed.
 */
describeWithTerraform('the how-to', () => {
  let sandbox: Sandbox;
  let admin: Admin;
  let before: object[];
  let out: { readonly [name: string]: string };
  let application: string;
  let registration: string;
  let developer: string;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    admin = new Admin(sandbox);
    before = snapshots();
    const { changes, outputs } = await sandbox.deploy(howToStack());
    expect(changes).toEqual({ add: 19, change: 0, import: 0, remove: 0 });
    out = outputs as typeof out;
  }, 60_000);

  afterAll(() => sandbox.stop());

  const snapshots = () => [sandbox.okta.snapshot(), sandbox.konnect.snapshot()];
  const basic = (id = out.client_id, secret = out.client_secret) =>
    `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  const apps = () => `/v3/portals/${out.portal_id}/applications`;
  const reregister = async (status: string) =>
    admin.konnect('PATCH', `${apps()}/${application}/registrations/${registration}`, { status });

  /** Status and reason of a request to the API. */
  async function call(authorization?: string): Promise<[number, string]> {
    const headers = authorization ? { authorization } : undefined;
    const response = await fetch(`${sandbox.gateway.url}/anything`, { headers });
    await response.text();
    return [response.status, response.headers.get('x-sandbox-reason') ?? ''];
  }

  /** What a second plan changes. */
  const planned = async (stack: TerraformStack) => (await sandbox.plan(stack)).changes;

  test('plans nothing after it was deployed', async () => {
    expect(await planned(howToStack())).toEqual([]);
  });

  test('opens the API for a registered client: 200', async () => {
    expect(await call(basic())).toEqual([403, `no approved registration for ${out.client_id}`]);
    const developers = `/v3/portals/${out.portal_id}/developers`;
    ({ id: developer } = await admin.konnect('POST', developers, {
      email: 'dev@example.test',
      full_name: 'Dev',
    }));
    ({ id: application } = await admin.konnect('POST', apps(), {
      name: 'My app',
      client_id: out.client_id,
      auth_strategy_id: out.strategy_id,
      owner: { type: 'developer', id: developer },
    }));
    const registered = await admin.konnect('POST', `${apps()}/${application}/registrations`, {
      api_id: out.api_id,
    });
    expect(registered).toMatchObject({ status: 'pending' });
    registration = registered.id;
    expect((await call(basic()))[0]).toBe(403);
    await reregister('approved');
    expect(await call(basic())).toEqual([200, '']);
  });

  describe('refuses', () => {
    test.each(['pending', 'revoked', 'rejected'])('a registration that is %s: 403', async (status) => {
      await reregister(status);
      expect((await call(basic()))[0]).toBe(403);
      await reregister('approved');
      expect((await call(basic()))[0]).toBe(200);
    });

    test('no credentials, a wrong secret and an unknown client: 401', async () => {
      expect(await call()).toEqual([401, 'no credentials for client_credentials']);
      expect(await call(basic(out.client_id, 'wrong'))).toEqual([
        401,
        'invalid_client: The client secret supplied for a confidential client is invalid.',
      ]);
      expect((await call(basic('0oa00000000000000000')))[0]).toBe(401);
    });

    test('the token of a client that is sent as a bearer token: 401', async () => {
      expect((await call('Bearer abc'))[0]).toBe(401);
    });

    test('an inactive application: 401', async () => {
      await admin.okta('POST', `/apps/${out.client_id}/lifecycle/deactivate`);
      expect((await call(basic()))[0]).toBe(401);
      await admin.okta('POST', `/apps/${out.client_id}/lifecycle/activate`);
      expect((await call(basic()))[0]).toBe(200);
    });

    test('a client without an active policy: 401', async () => {
      const policies = '/authorizationServers/default/policies';
      const [{ id }] = (await admin.okta('GET', policies)) as unknown as { id: string }[];
      await admin.okta('POST', `${policies}/${id}/lifecycle/deactivate`);
      expect(await call(basic())).toEqual([
        401,
        'access_denied: Policy evaluation failed for this request, please check the policy configurations.',
      ]);
      await admin.okta('POST', `${policies}/${id}/lifecycle/activate`);
      expect((await call(basic()))[0]).toBe(200);
    });

    test.each([
      ['a scope that no rule allows', { scopes: ['orders.read'] }, 401, 'access_denied'],
      ['a scope that the server does not know', { scopes: ['nowhere'] }, 401, 'invalid_scope'],
      ['a claim of another name', { credential_claim: ['azp'] }, 403, 'the token has no claim azp'],
      ['an issuer without discovery', { issuer: 'nowhere' }, 500, 'no discovery document'],
    ])('%s in the strategy', async (_what, change, status, reason) => {
      const path = `/v2/application-auth-strategies/${out.strategy_id}`;
      const { configs } = (await admin.konnect('GET', path)) as unknown as {
        configs: { [type: string]: object };
      };
      const scope = await admin.okta('POST', '/authorizationServers/default/scopes', { name: 'orders.read' });
      const issuer = 'issuer' in change ? { issuer: `${sandbox.okta.url}/oauth2/${change.issuer}` } : {};
      const config = { ...configs['openid-connect'], ...change, ...issuer };
      await admin.konnect('PATCH', path, { configs: { 'openid-connect': config } });
      const [answered, why] = await call(basic());
      expect([answered, why.startsWith(reason)]).toEqual([status, true]);
      await admin.konnect('PATCH', path, { configs });
      await admin.okta('DELETE', `/authorizationServers/default/scopes/${scope.id}`);
      expect((await call(basic()))[0]).toBe(200);
    });

    test('a registration for another API: 403', async () => {
      const other = await admin.konnect('POST', '/v3/apis', { name: 'Other' });
      const publication = `/v3/apis/${other.id}/publications/${out.portal_id}`;
      await admin.konnect('PUT', publication, { auth_strategy_ids: [out.strategy_id] });
      await admin.konnect('DELETE', `${apps()}/${application}/registrations/${registration}`);
      const path = `${apps()}/${application}/registrations`;
      await admin.konnect('POST', path, { api_id: other.id, status: 'approved' });
      expect((await call(basic()))[0]).toBe(403);
      await admin.konnect('DELETE', `/v3/apis/${other.id}`);
      ({ id: registration } = await admin.konnect('POST', path, { api_id: out.api_id, status: 'approved' }));
      expect((await call(basic()))[0]).toBe(200);
    });

    test('an expired token: 401', async () => {
      const path = `/v2/application-auth-strategies/${out.strategy_id}`;
      const { configs } = (await admin.konnect('GET', path)) as unknown as {
        configs: { [type: string]: object };
      };
      const config = { ...configs['openid-connect'], auth_methods: ['bearer'] };
      await admin.konnect('PATCH', path, { configs: { 'openid-connect': config } });
      const answer = await fetch(`${sandbox.okta.url}/oauth2/default/v1/token`, {
        method: 'POST',
        headers: { authorization: basic() },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'api.access' }),
      });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      expect((await call(`Bearer ${token}`))[0]).toBe(200);
      sandbox.clock.advance(60 * 60 + 1);
      expect(await call(`Bearer ${token}`)).toEqual([401, '"exp" claim timestamp check failed']);
      await admin.konnect('PATCH', path, { configs });
    });
  });

  test('changes in place, without a moment in which the API is closed or open', async () => {
    const changed = howToStack({ service: { retries: 3 }, portalDescription: 'APIs of the company' });
    const changes = await planned(changed);
    expect(changes.map(({ actions }) => actions)).toEqual([['update'], ['update']]);
    expect((await sandbox.deploy(changed)).changes).toEqual({ add: 0, change: 2, import: 0, remove: 0 });
    expect(await planned(changed)).toEqual([]);
    expect((await call(basic()))[0]).toBe(200);
    expect((await call())[0]).toBe(401);
  }, 30_000);

  test('replaces the strategy, new before old', async () => {
    const scoped = () =>
      howToStack({
        service: { retries: 3 },
        portalDescription: 'APIs of the company',
        oidc: { displayName: 'Okta' },
      });
    const replaced = (await planned(scoped())).filter(({ actions }) => actions.length > 1);
    expect(replaced.map(({ actions }) => actions)).toEqual([['create', 'delete']]);
    sandbox.requests.clear();
    await sandbox.deploy(scoped());
    const strategies = sandbox.requests.writes().map(({ method, path }) => `${method} ${path.split('/')[2]}`);
    expect(strategies).toEqual([
      'POST application-auth-strategies',
      'PUT apis',
      'DELETE application-auth-strategies',
    ]);
    expect((await call(basic()))[0]).toBe(403);
  }, 30_000);

  test('leaves both tenants as they were when it is destroyed', async () => {
    await admin.konnect('DELETE', `/v3/portals/${out.portal_id}/developers/${developer}`);
    expect((await sandbox.destroy('how-to')).remove).toBe(19);
    expect(snapshots()).toEqual(before);
  }, 30_000);
});
