import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  Api,
  ApiPublication,
  DevPortal,
  KonnectRegion,
  OidcAuthStrategy,
  PortalRole,
  PortalTeam,
  PortalTeamRole,
  ProviderVersions,
} from '../../../lib';
import { newStack, synthesize, synthesizeApp } from '../../support/synth';
import {
  catchSynthError,
  expectFailures,
  expectSynthFailures,
  OTHER_UUID,
  UUID,
} from '../../support/validation';

const EU = 'https://eu.api.konghq.com';

function configure(stack: TerraformStack, serverUrl?: string, konnect = '~> 3.20'): TerraformStack {
  new KonnectProvider(stack, 'konnect', { serverUrl });
  ProviderVersions.require(stack, { konnect });
  return stack;
}

/** A team on a portal, in a stack whose konnect provider has the URL. */
function setUp(serverUrl?: string, region?: KonnectRegion) {
  const stack = configure(newStack(), serverUrl);
  const portal = new DevPortal(stack, 'portal', { name: 'partners', rbacEnabled: true });
  const team = portal.addTeam('team', { name: 'Partners', region });
  return { stack, portal, team };
}

/** A stack with a role, and the konnect provider and versions that a test adds. */
function stackWithRole(): TerraformStack {
  const stack = newStack();
  const portal = new DevPortal(stack, 'portal', { name: 'partners', rbacEnabled: true });
  const team = portal.addTeam('team', { name: 'Partners', region: KonnectRegion.US });
  Api.fromApiId(stack, 'api', UUID).grantViewer(team);
  return stack;
}

describe('an API grants a role', () => {
  test('with the names that Konnect uses', () => {
    const { stack, team } = setUp(EU);
    const api = new Api(stack, 'api', { name: 'Orders' });
    api.grantViewer(team);
    api.grantConsumer(team);
    Api.fromApiId(stack, 'existing', UUID).grant(team, PortalRole.custom('API Auditor'));
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
  });

  test('as a child of the team, at the same address in every version', () => {
    const { stack, team } = setUp(EU);
    const role = new Api(stack, 'api', { name: 'Orders' }).grantConsumer(team);
    expect(role).toBeInstanceOf(PortalTeamRole);
    expect(role.node.scope).toBe(team);
    expect(role.resource.friendlyUniqueId).toBe('portal_team_APIConsumer-api_821229DF');
  });

  test('to an existing team, with its provider and region', () => {
    const stack = configure(newStack());
    const provider = new KonnectProvider(stack, 'us', { alias: 'us' });
    const portal = DevPortal.fromPortalId(stack, 'portal', UUID);
    const attributes = { portal, teamId: OTHER_UUID, region: KonnectRegion.US, provider };
    const team = PortalTeam.fromAttributes(stack, 'team', attributes);
    Api.fromApiId(stack, 'api', UUID).grantViewer(team);
    const json = synthesize(stack);
    expect(json.counts()).toEqual({ konnect_portal_team_role: 1 });
    expect(json.only('konnect_portal_team_role')).toEqual({
      portal_id: UUID,
      team_id: OTHER_UUID,
      role_name: 'API Viewer',
      entity_id: UUID,
      entity_type_name: 'Services',
      entity_region: 'us',
      provider: 'konnect.us',
    });
  });

  test('in the stack of the team', () => {
    const app = Testing.app();
    const [platform, apis] = ['platform', 'apis'].map((id) => configure(new TerraformStack(app, id), EU));
    const portal = new DevPortal(platform, 'portal', { name: 'partners', rbacEnabled: true });
    const team = portal.addTeam('team', { name: 'Partners' });
    new Api(apis, 'api', { name: 'Orders' }).grantViewer(team);
    const [platformJson, apisJson] = synthesizeApp(app, 'platform', 'apis');
    expect(platformJson.counts()).toMatchObject({ konnect_portal_team_role: 1 });
    expect(apisJson.counts()).toEqual({ konnect_api: 1 });
  });

  test('once for each team, also of another reference to API or team', () => {
    const { stack, portal, team } = setUp(EU);
    const api = Api.fromApiId(stack, 'api', UUID);
    api.grantViewer(team);
    api.grantConsumer(team);
    const same = Api.fromApiId(stack, 'same', UUID);
    expectFailures(() => same.grantViewer(team), ['team, role', /must not be granted twice \(Konnect\)/]);
    const [first, second] = ['first', 'second'].map((id) =>
      PortalTeam.fromAttributes(stack, id, { portal, teamId: OTHER_UUID }),
    );
    api.grantViewer(first);
    expectFailures(() => api.grantViewer(second), ['team, role', /must not be granted twice/]);
  });

  test('only with a name', () => {
    const { stack, team } = setUp(EU);
    const api = Api.fromApiId(stack, 'api', UUID);
    expectFailures(() => api.grant(team, PortalRole.custom(' ')), ['role', /must have a name/]);
  });
});

test('is created after the publication of its API, before or after it was granted', () => {
  const { stack, portal, team } = setUp(EU);
  const api = new Api(stack, 'api', { name: 'Orders' });
  api.grantViewer(team);
  const strategy = OidcAuthStrategy.fromStrategyId(stack, 'strategy', UUID);
  new ApiPublication(stack, 'publication', { api, portal, strategy });
  api.grantConsumer(team);
  const json = synthesize(stack);
  const [publication] = Object.keys(json.resources('konnect_api_publication'));
  const roles = Object.values(json.resources('konnect_portal_team_role'));
  expect(roles.map((role) => role.depends_on)).toEqual(
    Array(2).fill([`konnect_api_publication.${publication}`]),
  );
});

test('rejects a role without name and an invalid region', () => {
  const { stack, team } = setUp();
  const api = Api.fromApiId(stack, 'api', UUID);
  const props = { team, api, role: PortalRole.custom(''), region: KonnectRegion.custom('') };
  expectFailures(
    () => new PortalTeamRole(stack, 'role', props),
    ['role', /must have a name/],
    ['region', /must be a region as Konnect writes it in its URLs/],
  );
});

describe('the region', () => {
  test.each([undefined, 'https://konnect.example.com'])('is that of the team with serverUrl %s', (url) => {
    const { stack, portal, team } = setUp(url, KonnectRegion.US);
    const other = portal.addTeam('other', { name: 'Others', region: KonnectRegion.custom('ca') });
    const api = Api.fromApiId(stack, 'api', UUID);
    api.grantViewer(team);
    api.grantViewer(other);
    const roles = Object.values(synthesize(stack).resources('konnect_portal_team_role'));
    expect(roles.map((role) => role.entity_region).sort()).toEqual(['ca', 'us']);
  });

  test('must be that of the provider', () => {
    const { stack, team } = setUp(EU, KonnectRegion.US);
    Api.fromApiId(stack, 'api', UUID).grantViewer(team);
    expectSynthFailures(stack, ['region', /must be the region in serverUrl of the konnect provider/]);
  });

  test.each([undefined, 'http://127.0.0.1:8080', 'https://konnect.example.com'])(
    'must be set with serverUrl %s',
    (url) => {
      const { stack, team } = setUp(url);
      Api.fromApiId(stack, 'api', UUID).grantViewer(team);
      expectSynthFailures(stack, ['region', /is required: a role names the region of its API \(Konnect\)/]);
    },
  );
});

describe('needs konnect 3.20:', () => {
  const RULE = /must start at 3\.20\.0 or later: older versions have no roles of portal teams/;

  test('the version of the bindings is rejected', () => {
    const stack = stackWithRole();
    new KonnectProvider(stack, 'konnect', {});
    const [failure] = expectSynthFailures(stack, ['versions of kong/konnect', RULE]);
    expect(failure.text).toContain('exactly 3.19.0');
    expect(catchSynthError(stack)).toContain('stack/portal/team/API Viewer-api: invalid input');
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
  ])('%s is rejected', (konnect) => {
    const stack = stackWithRole();
    configure(stack, undefined, konnect);
    expectSynthFailures(stack, ['versions of kong/konnect', RULE]);
  });

  test.each(['~> 3.20.0', '~> 3.20', '~> 4.0', '3.20.0', '>= 3.20.0, < 4.0.0'])(
    '%s is accepted',
    (konnect) => {
      const stack = stackWithRole();
      configure(stack, undefined, konnect);
      expect(catchSynthError(stack)).toBeUndefined();
    },
  );
});
