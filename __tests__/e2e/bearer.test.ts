import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../support/admin';
import { CommandRunner } from '../support/command';
import { synthesizeExample } from '../support/examples';
import { describeWithTerraform } from '../support/sandbox';

/*
 * The example with real Terraform: a client gets its tokens itself, and calls the API with them.
 */
describeWithTerraform('bearer tokens beside client credentials', () => {
  let sandbox: Sandbox;
  let admin: Admin;
  let out: { readonly [name: string]: string };

  beforeAll(async () => {
    const [stack] = synthesizeExample('bearer').stacks;
    sandbox = await Sandbox.start();
    admin = new Admin(sandbox);
    const { outputs } = await sandbox.deployJson('bearer', stack?.json ?? '');
    out = outputs as typeof out;
    // As the README does it; nobody approves anything.
    const command = CommandRunner.forSandbox(sandbox);
    command.writeState((await sandbox.workspace('bearer').show()) as object);
    const registered = await command.run(
      'register',
      '--state',
      'state.json',
      '--developer',
      'dev@example.test',
    );
    command.remove();
    expect(registered).toMatchObject({ exitCode: 0, stderr: '' });
  }, 60_000);

  afterAll(() => sandbox.stop());

  const basic = (secret = out.client_secret) =>
    `Basic ${Buffer.from(`${out.client_id}:${secret}`).toString('base64')}`;

  /** An access token of the client, as Okta gives it for client credentials. */
  async function token(scope: string): Promise<string> {
    const response = await fetch(`${out.issuer}/v1/token`, {
      method: 'POST',
      headers: { authorization: basic() },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
    });
    const body = (await response.json()) as { access_token: string };
    expect(response.status).toBe(200);
    return body.access_token;
  }

  /** Status and reason of a request to the API. */
  async function call(authorization: string): Promise<[number, string]> {
    const response = await fetch(`${sandbox.gateway.url}/orders`, { headers: { authorization } });
    await response.text();
    return [response.status, response.headers.get('x-sandbox-reason') ?? ''];
  }

  test.each(['orders.read', 'orders.read orders.write'])('a token for %s: 200', async (scope) => {
    expect(await call(`Bearer ${await token(scope)}`)).toEqual([200, '']);
  });

  test('a token without the scope: 403', async () => {
    expect(await call(`Bearer ${await token('orders.write')}`)).toEqual([
      403,
      'the token has no scope orders.read in scp',
    ]);
  });

  test('a token for another audience, got either way: 403', async () => {
    const server = { name: 'default', description: 'default', issuerMode: 'ORG_URL' };
    const path = '/authorizationServers/default';
    await admin.okta('PUT', path, { ...server, audiences: ['api://other'] });
    const foreign = await token('orders.read');
    const refusal = [403, 'the token has no audience api://default in aud'];
    expect(await call(`Bearer ${foreign}`)).toEqual(refusal);
    expect(await call(basic())).toEqual(refusal);
    await admin.okta('PUT', path, { ...server, audiences: ['api://default'] });
    expect((await call(`Bearer ${await token('orders.read')}`))[0]).toBe(200);
    expect(await call(`Bearer ${foreign}`)).toEqual(refusal);
  });

  test('a token of a client that is not registered: 403', async () => {
    const good = await token('orders.read');
    const portal = `/v3/portals/${out.portal_id}/applications`;
    const { data } = (await admin.konnect('GET', portal)) as unknown as { data: { id: string }[] };
    const registrations = `${portal}/${data[0]?.id}/registrations`;
    const all = (await admin.konnect('GET', registrations)) as unknown as { data: { id: string }[] };
    const registration = `${registrations}/${all.data[0]?.id}`;
    await admin.konnect('PATCH', registration, { status: 'revoked' });
    expect(await call(`Bearer ${good}`)).toEqual([403, `no approved registration for ${out.client_id}`]);
    await admin.konnect('PATCH', registration, { status: 'approved' });
    expect((await call(`Bearer ${good}`))[0]).toBe(200);
  });

  test('a token that somebody changed, and no token at all: 401', async () => {
    const [header, payload, signature = ''] = (await token('orders.write')).split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, scp: ['orders.read'] })).toString('base64url');
    expect(await call(`Bearer ${header}.${forged}.${signature}`)).toEqual([
      401,
      'signature verification failed',
    ]);
    expect((await call('Bearer abc'))[0]).toBe(401);
  });

  test('Basic with id and secret still works beside: 200, and 401 with a wrong secret', async () => {
    expect(await call(basic())).toEqual([200, '']);
    expect((await call(basic('wrong')))[0]).toBe(401);
  });

  test('an expired token: 401, and a new one works', async () => {
    const old = await token('orders.read');
    sandbox.clock.advance(60 * 60 + 1);
    expect(await call(`Bearer ${old}`)).toEqual([401, '"exp" claim timestamp check failed']);
    expect((await call(`Bearer ${await token('orders.read')}`))[0]).toBe(200);
  });
});
