import type { Occurrence } from './rules';
import type { Rule } from './validation';

/** The first version of kong/konnect that has `konnect_portal_team_role`. */
const TEAM_ROLES_SINCE = [3, 20] as const;

const length = (text: string) => [...text].length;

/** Rules for teams of developers and their roles; like the others, each is guarded for tokens by `validate`. */
export const teamRules = {
  teamNeedsRbac: {
    rule: 'must have RBAC: without it a team decides nothing (Konnect)',
    remedy: 'Set rbacEnabled: true on the DevPortal',
    holds: (portal: { readonly rbacEnabled: boolean | undefined }) => portal.rbacEnabled !== false,
  },
  name250: {
    rule: 'must have 1 to 250 characters (Konnect)',
    remedy: 'Use a name of that length',
    holds: (name: string) => length(name) >= 1 && length(name) <= 250,
  },
  text250: {
    rule: 'must have 1 to 250 characters (Konnect)',
    remedy: 'Shorten it, or leave it out',
    holds: (text: string) => length(text) >= 1 && length(text) <= 250,
  },
  teamAddedOnce: {
    rule: 'must not be the name of another team of the portal: nobody could tell them apart',
    remedy: 'Use the team that addTeam returned the first time, or choose another name',
    holds: (name: Occurrence) => !name.known,
  },
  roleGrantedOnce: {
    rule: 'must not be granted twice to one team (Konnect)',
    remedy: 'Remove the second grant',
    holds: (grant: Occurrence) => !grant.known,
  },
  regionKnown: {
    rule: 'must be known: a role names the region of its API (Konnect)',
    remedy: 'Set serverUrl of the konnect provider to the URL of a region, or region on the team',
    holds: (region: string | null) => region !== null && region !== '',
  },
  konnectHasTeamRoles: {
    rule: `must take version ${TEAM_ROLES_SINCE.join('.')} or newer: earlier ones have no roles of portal teams (provider)`,
    remedy: 'Call ProviderVersions.require(stack), or take newer bindings',
    holds: (constraint: string) => constraint.split(',').every(takesTeamRoles),
  },
} satisfies { [name: string]: Rule<never> };

/** Whether one part of a version constraint leaves a version that has team roles. */
function takesTeamRoles(part: string): boolean {
  const [, operator = '=', version = ''] = /^\s*(=|!=|>|>=|<|<=|~>)?\s*([\d.]+)/.exec(part) ?? [];
  const [major, minor = 0, patch] = version.split('.').map(Number);
  const [sinceMajor, sinceMinor] = TEAM_ROLES_SINCE;
  const notOlder = major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
  switch (operator) {
    case '=':
    case '<=':
      return notOlder;
    case '<':
      return notOlder && !(major === sinceMajor && minor === sinceMinor && (patch ?? 0) === 0);
    case '~>':
      return notOlder || (major === sinceMajor && patch === undefined);
    default:
      return true;
  }
}
