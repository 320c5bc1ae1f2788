import type { Occurrence } from './rules';
import type { VersionsOfStack } from './rules-registration';
import type { Rule } from './validation';

/** The region that was given for an API, beside that of the provider that manages the role. */
export class RegionChoice {
  public constructor(
    public readonly given: string,
    public readonly ofProvider: string,
  ) {}

  /** What messages show of it. */
  public toJSON(): string {
    return `${this.given} beside ${this.ofProvider}`;
  }
}

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
  regionName: {
    rule: 'must be a region as Konnect writes it in its URLs: small letters and digits (Konnect)',
    remedy: 'Take a member of KonnectRegion, or write it like eu',
    holds: (region: string) => /^[a-z][a-z\d-]*$/.test(region),
  },
  regionOfProvider: {
    rule: 'must be the region that serverUrl of the konnect provider names: API and team are both in it (Konnect)',
    remedy: 'Leave region out, or set serverUrl of the konnect provider to the URL of that region',
    holds: (region: RegionChoice) => region.given === region.ofProvider,
  },
  konnect320: {
    rule: 'must be a range that begins at 3.20.0 or later: before it the provider knows no roles of portal teams (kong/konnect)',
    remedy: "Call ProviderVersions.require(stack, { konnect: '~> 3.20' })",
    holds: (versions: VersionsOfStack) => versions.beginAt([3, 20, 0]),
  },
} satisfies { [name: string]: Rule<never> };
