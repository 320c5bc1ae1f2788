import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import type { TerraformStack } from 'cdktf';
import { DevPortal, PortalDeveloper, PortalTeam, PortalTeamDeveloper, ProviderVersions } from '../../../lib';
import { newStack, synthesize } from '../../support/synth';
import { expectFailures, expectSynthFailures, OTHER_UUID, UUID } from '../../support/validation';

function stackOn(konnect: string): TerraformStack {
  const stack = newStack();
  new KonnectProvider(stack, 'konnect', {});
  ProviderVersions.require(stack, { konnect });
  return stack;
}

/** A team and a developer of one portal. */
function setUp(stack = stackOn('~> 3.24')) {
  const portal = new DevPortal(stack, 'portal', { name: 'partners', rbacEnabled: true });
  const team = portal.addTeam('team', { name: 'Partners' });
  const developer = new PortalDeveloper(stack, 'developer', {
    portal,
    email: 'dev@example.com',
    fullName: 'Dev',
  });
  return { stack, portal, team, developer };
}

test('names portal, team and developer, and keeps its address', () => {
  const { stack, team, developer } = setUp();
  const added = team.addDeveloper('dev', { developer });
  const json = synthesize(stack);
  const idOf = (type: string) => `\${${type}.${Object.keys(json.resources(type))[0]}.id}`;
  expect(json.only('konnect_portal_team_developer')).toEqual({
    portal_id: idOf('konnect_portal'),
    team_id: idOf('konnect_portal_team'),
    developer_id: idOf('konnect_portal_developer'),
  });
  expect(added).toBeInstanceOf(PortalTeamDeveloper);
  expect(added.resource.friendlyUniqueId).toBe('portal_team_dev_FD4F24E4');
});

test('takes existing developers and teams', () => {
  const stack = stackOn('~> 3.24');
  const portal = DevPortal.fromPortalId(stack, 'portal', UUID);
  const team = PortalTeam.fromAttributes(stack, 'team', { portal, teamId: OTHER_UUID });
  const developer = PortalDeveloper.fromDeveloperId(stack, 'developer', UUID, portal);
  team.addDeveloper('dev', { developer });
  expect(synthesize(stack).only('konnect_portal_team_developer')).toEqual({
    portal_id: UUID,
    team_id: OTHER_UUID,
    developer_id: UUID,
  });
});

test('is refused twice in one team', () => {
  const { team, developer } = setUp();
  team.addDeveloper('dev', { developer });
  expectFailures(
    () => team.addDeveloper('again', { developer }),
    ['developer', /must not be in the team twice/],
  );
});

test('is refused for a developer of another portal', () => {
  const { stack, team } = setUp();
  const other = new DevPortal(stack, 'other', { name: 'other' });
  const developer = new PortalDeveloper(stack, 'foreign', {
    portal: other,
    email: 'dev@example.com',
    fullName: 'Dev',
  });
  expectFailures(
    () => team.addDeveloper('dev', { developer }),
    ['developer', /must be of the portal of the team/],
  );
});

test('is accepted for a developer of a portal whose id is only known at apply', () => {
  const { stack, team } = setUp();
  const portal = DevPortal.fromPortalId(stack, 'same', UUID);
  const developer = PortalDeveloper.fromDeveloperId(stack, 'existing', UUID, portal);
  expect(() => team.addDeveloper('dev', { developer })).not.toThrow();
});

test('needs konnect 3.24', () => {
  const { stack, team, developer } = setUp(stackOn('~> 3.21'));
  team.addDeveloper('dev', { developer });
  expectSynthFailures(stack, [
    'versions of kong/konnect',
    /must start at 3\.24\.0 or later: older versions have no developers of portal teams/,
  ]);
});
