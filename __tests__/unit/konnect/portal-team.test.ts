import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type TerraformStack, Token } from 'cdktf';
import {
  ApiPublication,
  DevPortal,
  type IDevPortal,
  KonnectRegion,
  OidcAuthStrategy,
  PortalApi,
  PortalRole,
  PortalTeam,
  type PortalTeamOptions,
  PortalTeamRole,
  ProviderVersions,
} from '../../../lib';
import { teamRules } from '../../../lib/rules-teams';
import { stackWithProviders } from '../../support/how-to';
import { newStack, synthesize } from '../../support/synth';
import { messageOf, OTHER_UUID, synthErrorOf, UUID } from '../../support/validation';

const privatePortal = (stack: TerraformStack) =>
  new DevPortal(stack, 'portal', { name: 'partners', rbacEnabled: true });

/** A stack whose konnect provider speaks to a region and has roles of teams. */
function stackIn(serverUrl?: string): TerraformStack {
  const stack = newStack();
  new KonnectProvider(stack, 'konnect', { serverUrl });
  ProviderVersions.require(stack, { konnect: '~> 3.20' });
  return stack;
}

const EU = 'https://eu.api.konghq.com';

test('a team belongs to its portal, and is replaced with it', () => {
  const stack = stackWithProviders();
  const portal = privatePortal(stack);
  const team = portal.addTeam('team', { name: 'Partners', description: 'Who we work with' });
  const json = synthesize(stack);
  const [name] = Object.keys(json.resources('konnect_portal'));
  expect(json.only('konnect_portal_team')).toEqual({
    portal_id: `\${konnect_portal.${name}.id}`,
    name: 'Partners',
    description: 'Who we work with',
    can_own_applications: false,
    lifecycle: { replace_triggered_by: [`konnect_portal.${name}.id`] },
  });
  expect(team).toBeInstanceOf(PortalTeam);
  expect(team.portal).toBe(portal);
  expect(json.resources('konnect_portal_team_role')).toEqual({});
});

test('roles name API, role and region in the words of Konnect', () => {
  const stack = stackIn(EU);
  const team = privatePortal(stack).addTeam('team', { name: 'Partners', canOwnApplications: true });
  const api = new PortalApi(stack, 'api', { name: 'Orders' });
  team.grantViewer(api);
  team.grantConsumer(api);
  team.grant(PortalApi.fromApiId(stack, 'found', UUID), PortalRole.custom('API Auditor'));
  const json = synthesize(stack);
  const [portalName] = Object.keys(json.resources('konnect_portal'));
  const [teamName] = Object.keys(json.resources('konnect_portal_team'));
  const [apiName] = Object.keys(json.resources('konnect_api'));
  const role = (role_name: string, entity_id = `\${konnect_api.${apiName}.id}`) => ({
    portal_id: `\${konnect_portal.${portalName}.id}`,
    team_id: `\${konnect_portal_team.${teamName}.id}`,
    role_name,
    entity_id,
    entity_type_name: 'Services',
    entity_region: 'eu',
  });
  const roles = Object.values(json.resources('konnect_portal_team_role'));
  expect(roles).toHaveLength(3);
  expect(roles).toEqual(
    expect.arrayContaining([role('API Viewer'), role('API Consumer'), role('API Auditor', UUID)]),
  );
  expect(json.only('konnect_portal_team')).toMatchObject({ can_own_applications: true });
});

test('a role waits for the publication of its API, before or after', () => {
  const stack = stackIn(EU);
  const portal = privatePortal(stack);
  const team = portal.addTeam('team', { name: 'Partners' });
  const api = new PortalApi(stack, 'api', { name: 'Orders' });
  team.grantViewer(api);
  const strategy = OidcAuthStrategy.fromStrategyId(stack, 'strategy', UUID);
  new ApiPublication(stack, 'publication', { api, portal, strategy });
  team.grantConsumer(api);
  const json = synthesize(stack);
  const [publication] = Object.keys(json.resources('konnect_api_publication'));
  const roles = Object.values(json.resources('konnect_portal_team_role'));
  expect(roles.map(({ depends_on: on }) => on)).toEqual([
    [`konnect_api_publication.${publication}`],
    [`konnect_api_publication.${publication}`],
  ]);
});

test('the addresses of team and role are a contract', () => {
  const stack = stackIn(EU);
  const team = privatePortal(stack).addTeam('team', { name: 'Partners' });
  const { resource } = team.grantConsumer(new PortalApi(stack, 'api', { name: 'Orders' }));
  expect([team.resource.friendlyUniqueId, resource.friendlyUniqueId]).toEqual([
    'portal_team_BEB8364E',
    'portal_team_APIConsumer-api_821229DF',
  ]);
});

test.each([undefined, 'https://konnect.example.com'])(
  'a team says the region where the URL of the provider, %s, says none',
  (serverUrl) => {
    const stack = stackIn(serverUrl);
    const portal = privatePortal(stack);
    const team = portal.addTeam('team', { name: 'Partners', region: KonnectRegion.US });
    const custom = portal.addTeam('custom', { name: 'Others', region: KonnectRegion.custom('ca') });
    const api = PortalApi.fromApiId(stack, 'api', UUID);
    team.grantViewer(api);
    custom.grantViewer(api);
    const roles = Object.values(synthesize(stack).resources('konnect_portal_team_role'));
    expect(roles.map(({ entity_region: region }) => region).sort()).toEqual(['ca', 'us']);
  },
);

describe('refuses', () => {
  const team = (portal: IDevPortal, options: Partial<PortalTeamOptions> = {}, id = 'Id') =>
    portal.addTeam(id, { name: 'Partners', ...options });

  const broken: {
    readonly [message: string]: (stack: TerraformStack) => unknown;
  } = {
    'stack/portal/Id: invalid input\n  - portal: must have RBAC: without it a team decides nothing (Konnect). Received {"rbacEnabled":false}. Set rbacEnabled: true on the DevPortal.':
      (stack) => team(new DevPortal(stack, 'portal', { name: 'public' })),
    'stack/portal/Id: invalid input\n  - name: must have 1 to 250 characters (Konnect). Received "". Use a name of that length.\n  - description: must have 1 to 250 characters (Konnect). Received "". Shorten it, or leave it out.':
      (stack) => team(privatePortal(stack), { name: '', description: '' }),
    'stack/found2/two: invalid input\n  - name: must not be the name of another team of the portal: nobody could tell them apart. Received "Partners". Use the team that addTeam returned the first time, or choose another name.':
      (stack) => {
        team(DevPortal.fromPortalId(stack, 'found1', UUID), {}, 'one');
        team(DevPortal.fromPortalId(stack, 'found2', UUID), {}, 'two');
      },
    'stack/portal/Id: invalid input\n  - role, api: must not be granted twice to one team (Konnect). Received "API Viewer for stack/api2". Remove the second grant.':
      (stack) => {
        const granted = team(privatePortal(stack));
        granted.grantViewer(PortalApi.fromApiId(stack, 'api1', UUID));
        granted.grantConsumer(PortalApi.fromApiId(stack, 'api1b', UUID));
        granted.grantViewer(PortalApi.fromApiId(stack, 'api2', UUID));
      },
    'stack/portal/Id: invalid input\n  - region: must be a region as Konnect writes it in its URLs: small letters and digits (Konnect). Received "EU". Take a member of KonnectRegion, or write it like eu.':
      (stack) => team(privatePortal(stack), { region: KonnectRegion.custom('EU') }),
    'stack/Role: invalid input\n  - role: must not be empty. Received "". Give it a value.\n  - region: must be a region as Konnect writes it in its URLs: small letters and digits (Konnect). Received "". Take a member of KonnectRegion, or write it like eu.':
      (stack) =>
        new PortalTeamRole(stack, 'Role', {
          team: team(privatePortal(stack)),
          role: PortalRole.custom(''),
          api: PortalApi.fromApiId(stack, 'api', UUID),
          region: KonnectRegion.custom(''),
        }),
  };

  test.each(Object.entries(broken))('%s', (message, act) => {
    expect(messageOf(() => act(newStack()))).toBe(message);
  });

  test.each(['x'.repeat(251)])('a name and a description that are too long', (long) => {
    const message = messageOf(() => team(privatePortal(newStack()), { name: long, description: long }));
    expect(message.match(/must have 1 to 250 characters/g)).toHaveLength(2);
  });

  const VERSION =
    'stack/portal/Id/API Viewer-api: invalid input\n  - versions of kong/konnect: must be a range that begins at 3.20.0 or later: before it the provider knows no roles of portal teams (kong/konnect). Received "@". Call ProviderVersions.require(stack, { konnect: \'~> 3.20\' }).';
  const grant = (stack: TerraformStack) =>
    team(privatePortal(stack), { region: KonnectRegion.US }).grantViewer(
      PortalApi.fromApiId(stack, 'api', UUID),
    );

  test('the versions that the bindings pin, at synthesis', () => {
    const stack = newStack();
    new KonnectProvider(stack, 'konnect', {});
    grant(stack);
    expect(synthErrorOf(stack)).toContain(
      VERSION.replace('@', 'no range, so exactly 3.19.0, the version of the bindings'),
    );
  });

  test.each([
    '~> 3.19',
    '~> 3.19.0',
    '= 3.19.9',
    '< 3.20',
    '<= 3.19',
    '>= 3.0, < 3.20',
    '3.19.1',
    '>= 3.19',
    '< 4.0',
    '!= 3.21.0',
    '>= 3.20.0-beta1',
  ])('konnect %s, at synthesis', (konnect) => {
    const stack = newStack();
    new KonnectProvider(stack, 'konnect', {});
    grant(stack);
    ProviderVersions.require(stack, { konnect });
    expect(synthErrorOf(stack)).toContain(VERSION.replace('@', konnect));
  });

  test.each(['~> 3.20.0', '~> 3.20', '~> 4.0', '3.20.0', '>= 3.20.0, < 4.0.0'])(
    'not konnect %s',
    (konnect) => {
      const stack = newStack();
      new KonnectProvider(stack, 'konnect', {});
      ProviderVersions.require(stack, { konnect });
      grant(stack);
      expect(synthErrorOf(stack)).toBeUndefined();
    },
  );

  const REGION =
    'stack/portal/Id/API Viewer-api: invalid input\n  - region: must be the region that serverUrl of the konnect provider names: API and team are both in it (Konnect). Received "us beside eu". Leave region out, or set serverUrl of the konnect provider to the URL of that region.';

  test('a region that is not that of the provider, at synthesis', () => {
    const stack = stackIn('https://us.api.konghq.com');
    grant(stack);
    expect(synthErrorOf(stack)).toBeUndefined();
    const other = stackIn('https://eu.api.konghq.com');
    grant(other);
    expect(synthErrorOf(other)).toContain(REGION);
  });

  test.each([undefined, 'http://127.0.0.1:8080', 'https://konnect.example.com'])(
    'a region that nobody said, with serverUrl %s',
    (serverUrl) => {
      const stack = stackIn(serverUrl);
      team(privatePortal(stack)).grantViewer(PortalApi.fromApiId(stack, 'api', UUID));
      expect(synthErrorOf(stack)).toContain(
        '  - region: must be known: a role names the region of its API (Konnect). Received null. Set serverUrl of the konnect provider to the URL of a region, or region on the team.',
      );
    },
  );

  test('has a message for every rule', () => {
    const lines = [...Object.keys(broken), VERSION, REGION, teamRules.regionKnown.rule].join('\n');
    expect(Object.values(teamRules).filter(({ rule }) => !lines.includes(rule))).toEqual([]);
  });
});

describe('lets through', () => {
  test('a portal of which nobody knows whether it has RBAC', () => {
    const stack = stackIn();
    DevPortal.fromPortalId(stack, 'portal', UUID).addTeam('team', { name: 'Partners' });
    expect(Object.keys(synthesize(stack).resources('konnect_portal_team'))).toHaveLength(1);
  });

  test('the same name on another portal, and names known at apply', () => {
    const stack = stackIn();
    const [one, two] = [UUID, OTHER_UUID].map((id) => DevPortal.fromPortalId(stack, id, id));
    one.addTeam('team', { name: 'Partners' });
    two.addTeam('team', { name: 'Partners' });
    const name = Token.asString({ resolve: () => '${var.team}' });
    one.addTeam('token1', { name });
    one.addTeam('token2', { name });
    expect(Object.keys(synthesize(stack).resources('konnect_portal_team'))).toHaveLength(4);
  });
});
