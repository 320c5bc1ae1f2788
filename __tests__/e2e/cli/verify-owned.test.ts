import { CommandSetup } from '../../support/command-setup';

/*
 * Remedies of `verify` for parts that Konnect or Okta lacks and the state has, beside those of the how-to.
 */
interface Resource {
  readonly type: string;
  readonly values: object;
}

interface State {
  readonly values: { readonly root_module: { readonly resources: Resource[] } };
}

let setup: CommandSetup;

beforeEach(async () => {
  setup = await CommandSetup.create();
});

afterEach(() => setup.stop());

/** Remedy of a link, with a resource in the state: one more, or the client with these values. */
async function remedyOf(link: string, type: string, values: object): Promise<string | undefined> {
  const state = setup.made.state() as State;
  const { resources } = state.values.root_module;
  const client = resources.find((each) => type === 'okta_app_oauth' && each.type === type);
  const resource = { address: `${type}.this`, mode: 'managed', type, values };
  if (client) {
    Object.assign(client.values, values);
  } else {
    resources.push(resource);
  }
  for (const { type: each, values: publication } of resources) {
    if (link === 'portal-access' && each === 'konnect_api_publication') {
      Object.assign(publication, { visibility: 'private' });
    }
  }
  setup.command.writeState(state);
  const { stdout } = await setup.verify('--json');
  const { links } = JSON.parse(stdout) as { links: { name: string; remedy?: string }[] };
  return links.find(({ name }) => name === link)?.remedy;
}

test('an application of the portal', async () => {
  const application = {
    portal_id: setup.made.portalId,
    client_id: setup.made.clientId,
    auth_strategy_id: setup.made.strategyId,
  };
  const type = 'konnect_portal_application';
  expect(await remedyOf('registration', type, application)).toMatch(/^Deploy again: .* the application/);
  const other = { ...application, client_id: '0oaother' };
  expect(await remedyOf('registration', type, other)).toContain('okta-dev-portal-oidc register');
});

test('a registration', async () => {
  await setup.register();
  const path = `/v3/portals/${setup.made.portalId}/applications`;
  const list = async (of: string) =>
    ((await setup.made.admin.konnect('GET', of)) as unknown as { data: { id: string }[] }).data;
  const [application] = await list(path);
  const [registration] = await list(`${path}/${application.id}/registrations`);
  await setup.made.admin.konnect('DELETE', `${path}/${application.id}/registrations/${registration.id}`);
  const values = { application_id: application.id, api_id: setup.made.apiId };
  const type = 'konnect_portal_application_registration';
  expect(await remedyOf('registration', type, values)).toMatch(/^Deploy again: .* the registration/);
  expect(await remedyOf('registration', type, { ...values, api_id: 'other' })).toContain('register');
});

test('the plugin of a control plane', async () => {
  const { pluginId } = await setup.extras.enforceAccess({ '/anything': { get: {} } });
  const plugins = `/v2/control-planes/${setup.made.controlPlaneId}/core-entities/plugins`;
  await setup.made.admin.konnect('DELETE', `${plugins}/${pluginId}`);
  const type = 'konnect_gateway_plugin_ace';
  const values = { control_plane_id: setup.made.controlPlaneId, enabled: true };
  expect(await remedyOf('implementation', type, values)).toMatch(/^Deploy again: .* the plugin/);
  expect(await remedyOf('implementation', type, { ...values, enabled: false })).toContain(
    'Enforce access control',
  );
});

test('the grant type of an application', async () => {
  const path = `/apps/${setup.made.applicationId}`;
  const application = (await setup.made.admin.okta('GET', path)) as unknown as {
    readonly settings: { readonly oauthClient: object };
  };
  const oauthClient = { ...application.settings.oauthClient, grant_types: ['authorization_code'] };
  await setup.made.admin.okta('PUT', path, { ...application, settings: { oauthClient } });
  const type = 'okta_app_oauth';
  const values = { status: 'ACTIVE', grant_types: ['client_credentials'] };
  expect(await remedyOf('token', type, values)).toMatch(/^Deploy again: .* Client Credentials/);
  expect(await remedyOf('token', type, { ...values, grant_types: [] })).toMatch(/^Allow the grant type/);
});

test('the role of a team for a private API', async () => {
  const portal = `/v3/portals/${setup.made.portalId}`;
  await setup.made.admin.konnect('PATCH', portal, { rbac_enabled: true });
  await setup.register();
  const { id: team } = await setup.made.admin.konnect('POST', `${portal}/teams`, { name: 'Orders' });
  const { data } = (await setup.made.admin.konnect('GET', `${portal}/developers`)) as unknown as {
    readonly data: readonly { readonly id: string }[];
  };
  await setup.made.admin.konnect('POST', `${portal}/teams/${team}/developers`, { id: data[0].id });
  const values = { portal_id: setup.made.portalId, entity_id: setup.made.apiId, team_id: team };
  const type = 'konnect_portal_team_role';
  expect(await remedyOf('portal-access', type, values)).toMatch(/^Deploy again: .* the role of a team/);
  expect(await remedyOf('portal-access', type, { ...values, team_id: 'other' })).toContain(
    'Grant a team the role',
  );
});
