import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../support/admin';
import { describeWithTerraform } from '../support/sandbox';

const root = join(__dirname, '..', '..');
const STACK = 'private-api';

interface List {
  readonly data: readonly { readonly id: string }[];
}

/** What the example synthesizes without any setting. */
function synthesizeExample(): string {
  const outdir = mkdtempSync(join(tmpdir(), 'private-api-'));
  const settings = [
    'OKTA_ORG_NAME',
    'OKTA_BASE_URL',
    'KONNECT_SERVER_URL',
    'KONNECT_REGION',
    'UPSTREAM_HOST',
  ];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.includes(name)));
  try {
    execFileSync(process.execPath, ['--import', 'tsx', 'examples/private-api/main.ts'], {
      cwd: root,
      env: { ...env, CDKTF_OUTDIR: outdir },
    });
    const json = JSON.parse(readFileSync(join(outdir, 'stacks', STACK, 'cdk.tf.json'), 'utf8'));
    // cdktf writes the folder that it ran in into the default backend.
    delete json.terraform.backend;
    return JSON.stringify(json);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/*
 * The example with real Terraform: a developer comes to see the private API by joining the team, and calls it with an
 * application.
 */
describeWithTerraform('a private API', () => {
  const email = 'dev@example.test';
  const password = 'correct horse';
  let json: string;
  let sandbox: Sandbox;
  let admin: Admin;
  let before: object[];
  let out: { readonly [name: string]: string };
  let cookie = '';

  beforeAll(async () => {
    json = synthesizeExample();
    sandbox = await Sandbox.start();
    admin = new Admin(sandbox);
    before = snapshots();
    const { changes, outputs } = await sandbox.deployJson(STACK, json);
    expect(changes).toEqual({ add: 21, change: 0, import: 0, remove: 0 });
    out = outputs as typeof out;
  }, 60_000);

  afterAll(() => sandbox.stop());

  const snapshots = () => [sandbox.okta.snapshot(), sandbox.konnect.snapshot()];

  async function portal(method: string, path: string, body?: object) {
    const response = await fetch(`${sandbox.portal.url}/${out.portal_domain}/api/v3${path}`, {
      method,
      headers: { cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const cookies = response.headers.getSetCookie().map((each) => each.split(';')[0]);
    return { status: response.status, body: text ? JSON.parse(text) : {}, cookies: cookies.join('; ') };
  }

  /** Names of the APIs that the developer sees. */
  const seen = async () => (await portal('GET', '/apis')).body.data.map(({ name }: { name: string }) => name);

  /** Status of a request to the API with the client's credentials. */
  async function call(): Promise<number> {
    const credentials = Buffer.from(`${out.client_id}:${out.client_secret}`).toString('base64');
    const response = await fetch(`${sandbox.gateway.url}/orders`, {
      headers: { authorization: `Basic ${credentials}` },
    });
    await response.text();
    return response.status;
  }

  const developerId = async (): Promise<string> => {
    const path = `/v3/portals/${out.portal_id}/developers`;
    const { data } = (await admin.konnect('GET', path)) as unknown as List;
    return data[0].id;
  };

  test('plans nothing after it was deployed', async () => {
    expect((await sandbox.planJson(STACK, json)).changes).toEqual([]);
  });

  test('is not seen by visitors, nor by a developer in no team', async () => {
    expect(await seen()).toEqual([]);
    expect((await portal('POST', '/developer', { email, full_name: 'Dev' })).status).toBe(201);
    const [{ token }] = sandbox.portal.mailsTo(email);
    const verified = await portal('POST', '/developer/verify-email', { token });
    const reset = { token: verified.body.token, password };
    expect((await portal('POST', '/developer/reset-password', reset)).status).toBe(204);
    const { status, cookies } = await portal('POST', '/developer/authenticate', {
      username: email,
      password,
    });
    expect(status).toBe(204);
    cookie = cookies;
    expect(await seen()).toEqual([]);
  });

  test('is seen and used by a developer of the team: 200', async () => {
    const team = `/v3/portals/${out.portal_id}/teams/${out.team_id}/developers`;
    await admin.konnect('POST', team, { id: await developerId() });
    expect(await seen()).toEqual(['Orders']);
    const [strategy] = (await portal('GET', '/application-auth-strategies')).body.data;
    const application = await portal('POST', '/applications', {
      name: 'My app',
      client_id: out.client_id,
      auth_strategy_id: strategy.id,
    });
    expect(application.status).toBe(201);
    expect(await call()).toBe(403);
    const [api] = (await portal('GET', '/apis')).body.data;
    const registrations = `/applications/${application.body.id}/registrations`;
    const registered = await portal('POST', registrations, { api_id: api.id });
    expect([registered.status, registered.body.status]).toEqual([201, 'approved']);
    expect(await call()).toBe(200);
  });

  test('stays open for the credentials of a developer who was revoked, until the registration is', async () => {
    const path = `/v3/portals/${out.portal_id}`;
    await admin.konnect('PATCH', `${path}/developers/${await developerId()}`, { status: 'revoked' });
    expect((await portal('GET', '/applications')).status).toBe(401);
    expect(await call()).toBe(200);
    const { data: applications } = (await admin.konnect('GET', `${path}/applications`)) as unknown as List;
    const registrations = `${path}/applications/${applications[0].id}/registrations`;
    const { data: registered } = (await admin.konnect('GET', registrations)) as unknown as List;
    await admin.konnect('PATCH', `${registrations}/${registered[0].id}`, { status: 'revoked' });
    expect(await call()).toBe(403);
  });

  test('leaves both tenants as they were when it is destroyed', async () => {
    await admin.konnect('DELETE', `/v3/portals/${out.portal_id}/developers/${await developerId()}`);
    expect((await sandbox.destroy(STACK)).remove).toBe(21);
    expect(snapshots()).toEqual(before);
  }, 30_000);
});
