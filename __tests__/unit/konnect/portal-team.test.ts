import type { TerraformStack } from 'cdktf';
import { Token } from 'cdktf';
import { DevPortal, KonnectRegion, PortalTeam, type PortalTeamOptions } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { newStack, synthesize } from '../../support/synth';
import { expectFailures, OTHER_UUID, UUID } from '../../support/validation';

const privatePortal = (stack: TerraformStack) =>
  new DevPortal(stack, 'portal', { name: 'partners', rbacEnabled: true });

const addTeam = (options: Partial<PortalTeamOptions>) =>
  privatePortal(newStack()).addTeam('team', { name: 'Partners', ...options });

test('belongs to its portal, and is replaced with it', () => {
  const stack = stackWithProviders();
  const portal = privatePortal(stack);
  const team = portal.addTeam('team', { name: 'Partners', description: 'Our partners' });
  const json = synthesize(stack);
  const [name] = Object.keys(json.resources('konnect_portal'));
  expect(json.only('konnect_portal_team')).toEqual({
    portal_id: `\${konnect_portal.${name}.id}`,
    name: 'Partners',
    description: 'Our partners',
    can_own_applications: false,
    lifecycle: { replace_triggered_by: [expect.stringMatching(/^terraform_data\./)] },
  });
  const id = `\${konnect_portal.${name}.id}`;
  expect(json.replacementIds(json.only('konnect_portal_team'))).toEqual([{ id }]);
  expect(team).toBeInstanceOf(PortalTeam);
  expect(team.portal).toBe(portal);
  expect(json.counts()).toEqual({
    konnect_portal: 1,
    konnect_portal_page: 1,
    konnect_portal_team: 1,
    terraform_data: 1,
  });
});

test('keeps its address', () => {
  const stack = newStack();
  const { resource } = privatePortal(stack).addTeam('team', { name: 'Partners' });
  expect(resource.friendlyUniqueId).toBe('portal_team_BEB8364E');
});

describe('an existing team', () => {
  test('creates nothing', () => {
    const stack = stackWithProviders();
    const portal = privatePortal(stack);
    const region = KonnectRegion.EU;
    const team = PortalTeam.fromAttributes(stack, 'team', { portal, teamId: UUID, region });
    expect([team.portal, team.teamId, team.region, team.provider]).toEqual([portal, UUID, region, undefined]);
    expect(synthesize(stack).counts()).not.toHaveProperty('konnect_portal_team');
  });

  test('needs a UUID, a portal and a valid region', () => {
    const attributes = { portal: UUID as never, teamId: 'partners', region: KonnectRegion.custom('EU') };
    expectFailures(
      () => PortalTeam.fromAttributes(newStack(), 'team', attributes),
      ['portal', /must be a construct with portalId/],
      ['teamId', /must be a UUID/],
      ['region', /must be a region as Konnect writes it in its URLs/],
    );
  });
});

describe('rejects', () => {
  test('a portal without RBAC', () => {
    const portal = new DevPortal(newStack(), 'portal', { name: 'public' });
    expectFailures(
      () => portal.addTeam('team', { name: 'Partners' }),
      ['portal', /must have RBAC: without it teams have no effect \(Konnect\)/],
    );
  });

  test.each(['', 'x'.repeat(251)])('the name and description %p', (text) => {
    expectFailures(
      () => addTeam({ name: text, description: text }),
      ['name', /must have 1 to 250 characters \(Konnect\)/],
      ['description', /must have 1 to 250 characters \(Konnect\)/],
    );
  });

  test('a second team of that name on the portal, also of another reference to it', () => {
    const stack = newStack();
    DevPortal.fromPortalId(stack, 'first', UUID).addTeam('team', { name: 'Partners' });
    const same = DevPortal.fromPortalId(stack, 'second', UUID);
    expectFailures(
      () => same.addTeam('team', { name: 'Partners' }),
      ['name', /must not be the name of another team of the portal/],
    );
  });

  test('a region that Konnect does not write like that', () => {
    expectFailures(
      () => addTeam({ region: KonnectRegion.custom('EU') }),
      ['region', /must be a region as Konnect writes it in its URLs/],
    );
  });
});

describe('accepts', () => {
  test('a name and a description of 250 characters', () => {
    const text = 'x'.repeat(250);
    expect(() => addTeam({ name: text, description: text })).not.toThrow();
  });

  test('a portal whose RBAC is unknown', () => {
    const stack = stackWithProviders();
    DevPortal.fromPortalId(stack, 'portal', UUID).addTeam('team', { name: 'Partners' });
    expect(synthesize(stack).counts()).toMatchObject({ konnect_portal_team: 1 });
  });

  test('the same name on another portal, and names that are known at apply only', () => {
    const stack = stackWithProviders();
    const [one, two] = [UUID, OTHER_UUID].map((id) => DevPortal.fromPortalId(stack, id, id));
    one.addTeam('team', { name: 'Partners' });
    two.addTeam('team', { name: 'Partners' });
    const name = Token.asString({ resolve: () => '${var.team}' });
    one.addTeam('token1', { name });
    one.addTeam('token2', { name });
    expect(synthesize(stack).counts()).toMatchObject({ konnect_portal_team: 4 });
  });
});
