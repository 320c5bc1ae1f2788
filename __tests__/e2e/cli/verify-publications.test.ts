import { CommandSetup } from '../../support/command-setup';

/*
 * `register` and `verify` for APIs that are not published as in the how-to: with key authentication, or private.
 */
interface Resource {
  readonly type: string;
  values: { [attribute: string]: unknown };
}

interface Link {
  readonly name: string;
  readonly title: string;
  readonly status: string;
  readonly detail: string;
  readonly remedy?: string;
}

let setup: CommandSetup;
let resources: Resource[];

const EMAIL = 'dev@example.test';
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

beforeEach(async () => {
  setup = await CommandSetup.create();
  const state = setup.made.state() as { values: { root_module: { resources: Resource[] } } };
  ({ resources } = state.values.root_module);
  write();
});

afterEach(() => setup.stop());

function write(): void {
  setup.command.writeState({ format_version: '1.0', values: { root_module: { resources } } });
}

async function verify(...options: string[]) {
  const { exitCode, stdout } = await setup.verify('--json', ...options);
  const { ok, links } = JSON.parse(stdout) as { ok: boolean; links: Link[] };
  return { exitCode, ok, links, link: (name: string) => links.find((each) => each.name === name) };
}

describe('an API with key authentication', () => {
  /** Publishes one more API, with a strategy of kind key_auth. */
  async function publishWithKeys(isInState = true): Promise<void> {
    const { id: strategy } = await setup.made.admin.konnect('POST', '/v2/application-auth-strategies', {
      ...{ name: 'Keys', display_name: 'Keys', strategy_type: 'key_auth' },
      configs: { 'key-auth': { key_names: ['apikey'] } },
    });
    const { id: api } = await setup.made.admin.konnect('POST', '/v3/apis', { name: 'Stock' });
    const publication = { auth_strategy_ids: [strategy], visibility: 'public' };
    await setup.made.admin.konnect('PUT', `/v3/apis/${api}/publications/${setup.made.portalId}`, publication);
    add('konnect_api_publication', { api_id: api, portal_id: setup.made.portalId, ...publication });
    if (isInState) {
      add('konnect_api', { id: api, name: 'Stock' });
      add('konnect_application_auth_strategy', {
        ...{ id: strategy, name: 'Keys' },
        key_auth: { configs: { key_auth: { key_names: ['apikey'] } } },
      });
    }
    write();
  }

  function add(type: string, values: Resource['values']): void {
    resources.push({ ...{ address: `${type}.keys`, mode: 'managed' }, type, values } as Resource);
  }

  test.each([
    ['of the stacks', true],
    ['of another stack', false],
  ])('%s is skipped with its kind, beside one that is checked', async (_, isInState) => {
    await publishWithKeys(isInState);
    const registered = await setup.register();
    expect(registered.exitCode).toBe(0);
    expect(registered.stdout).toMatch(/^– Registration for Stock: .* of kind key_auth/m);
    expect(registered.stdout).toContain('✓ Registration for MyAPI: created, approved');
    const { results } = JSON.parse((await setup.register('--json')).stdout);
    expect(results.at(-1)).toMatchObject({ kind: 'registration', name: 'Stock', change: 'skipped' });
    const { links, ok } = await verify();
    expect(links.filter(({ title }) => title.includes('Stock'))).toEqual([
      expect.objectContaining({ status: 'skipped', detail: expect.stringContaining('of kind key_auth') }),
    ]);
    expect(links.filter(({ status }) => status === 'ok')).toHaveLength(11);
    expect(ok).toBe(true);
  });

  test('alone has nothing to register, and proves nothing', async () => {
    await publishWithKeys();
    const { exitCode, stderr } = await setup.register('--api', 'Stock');
    expect(stderr).toContain('Stock: published without an OpenID Connect strategy');
    expect(exitCode).toBe(2);
    const { links, exitCode: verified } = await verify('--api', 'Stock');
    expect(links.map(({ status }) => status)).toEqual(['skipped']);
    expect(verified).toBe(1);
  });
});

describe('a private API', () => {
  const portal = () => `/v3/portals/${setup.made.portalId}`;

  beforeEach(async () => {
    const publication = { auth_strategy_ids: [setup.made.strategyId], visibility: 'private' };
    await setup.made.admin.konnect(
      'PUT',
      `/v3/apis/${setup.made.apiId}/publications/${setup.made.portalId}`,
      publication,
    );
    for (const { type, values } of resources) {
      if (type === 'konnect_api_publication') {
        values.visibility = 'private';
      }
    }
    write();
  });

  test('on a portal without RBAC is seen by every developer who signs in, and no link is broken', async () => {
    expect((await setup.register()).stdout).toContain('✓ Registration for MyAPI: created, approved\n');
    const { link, ok } = await verify();
    expect(link('portal-access')).toMatchObject({
      status: 'ok',
      detail: 'every developer who signs in sees this private API',
    });
    expect(ok).toBe(true);
  });

  test('on a portal with RBAC is seen by the developers of a team with a role for it', async () => {
    await setup.made.admin.konnect('PATCH', portal(), { rbac_enabled: true });
    const { exitCode, stdout } = await setup.register('--json');
    expect(exitCode).toBe(0);
    const warning = `${EMAIL} is in no team that sees this private API in the portal`;
    expect(JSON.parse(stdout).results.at(-1)).toMatchObject({ kind: 'registration', warning });
    const { stdout: printed } = await setup.register();
    expect(printed).toContain(
      `! Registration for MyAPI: exists, approved, ${warning}\n    → Grant a team the role`,
    );
    const before = await verify();
    expect(before.ok).toBe(true);
    expect(before.link('portal-access')).toMatchObject({ status: 'ok', detail: warning });
    expect(before.link('portal-access')?.remedy).toContain('Dev Portal > MyDevPortal');

    const { id: team } = await setup.made.admin.konnect('POST', `${portal()}/teams`, { name: 'Orders' });
    await setup.made.admin.konnect('POST', `${portal()}/teams/${team}/assigned-roles`, {
      ...{ role_name: 'API Consumer', entity_id: setup.made.apiId },
      ...{ entity_type_name: 'Services', entity_region: '*' },
    });
    const { data } = (await setup.made.admin.konnect('GET', `${portal()}/developers`)) as unknown as {
      data: { id: string }[];
    };
    await setup.made.admin.konnect('POST', `${portal()}/teams/${team}/developers`, { id: data[0].id });
    expect((await setup.register()).stdout).toContain('✓ Registration for MyAPI: exists, approved\n');
    const { link } = await verify();
    expect(link('portal-access')?.detail).toBe('team Orders sees this private API');
    expect(link('portal-access')?.remedy).toBeUndefined();
  });
});

describe('names', () => {
  test('of APIs and portals of other stacks are looked up', async () => {
    resources = resources.filter(({ type }) => !['konnect_portal', 'konnect_api'].includes(type));
    write();
    const registered = await setup.register('--api', 'MyAPI', '--portal', 'MyDevPortal');
    expect(registered.stdout).toContain('✓ Registration for MyAPI: created, approved');
    const { stdout } = await setup.verify();
    expect(stdout).toContain('✓ Publication: MyAPI, public');
    expect(registered.stdout + stdout).not.toMatch(UUID);
  });

  test('take the place of ids in broken links', async () => {
    await setup.register();
    const plane = `/v2/control-planes/${setup.made.controlPlaneId}/core-entities`;
    await setup.made.admin.konnect('DELETE', `${plane}/routes/${setup.made.routeId}`);
    await setup.made.replaceStrategy();
    const { stdout } = await setup.verify();
    expect(stdout).toMatch(/gateway service example-service has no route/);
    expect(stdout).toContain('another auth strategy in Konnect (Okta OIDC)');
    expect(stdout).not.toMatch(UUID);
  });

  test('of the portal are printed where the stacks publish on several', async () => {
    const { id } = await setup.made.admin.konnect('POST', '/v3/portals', { name: 'Partners' });
    const publication = { auth_strategy_ids: [setup.made.strategyId], visibility: 'public' };
    await setup.made.admin.konnect('PUT', `/v3/apis/${setup.made.apiId}/publications/${id}`, publication);
    resources.push({
      ...{ address: 'konnect_api_publication.two', mode: 'managed', type: 'konnect_api_publication' },
      values: { api_id: setup.made.apiId, portal_id: id, ...publication },
    } as Resource);
    write();
    const { links } = await verify();
    expect(links.map(({ title }) => title)).toContain('Publication of MyAPI on MyDevPortal');
    expect(links.map(({ title }) => title)).toContain('Publication of MyAPI on Partners');
  });
});

test('prints a remedy once', async () => {
  const { stdout } = await setup.verify();
  const remedies = stdout.split('\n').filter((line) => line.startsWith('    → '));
  expect(remedies.length).toBeGreaterThan(1);
  expect(new Set(remedies).size).toBe(remedies.length);
});
