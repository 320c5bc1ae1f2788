import type { Rule } from './validation';

/** Settings of the plugin that have a prop of their own, which looks at their values and knows where Okta puts what. */
const OWN_SETTINGS = [
  'issuer',
  'credential_claim',
  'auth_methods',
  'scopes',
  'scopes_required',
  'scopes_claim',
  'audience_required',
  'audience_claim',
];

/** A claim, and whether anything is required of it. */
export class ClaimUse {
  public constructor(
    private readonly claim: readonly string[],
    public readonly required: boolean,
  ) {}

  /** What messages show of it. */
  public toJSON(): readonly string[] {
    return this.claim;
  }
}

/** The scopes that a gateway asks for, and those that it wants to see in the token. */
export class ScopesOfToken {
  public constructor(
    public readonly asked: readonly string[],
    public readonly required: readonly string[],
  ) {}

  /** What messages show of it. */
  public toJSON(): readonly string[] {
    return this.required;
  }
}

/** The rules for what a gateway asks of a token. */
export const requirementRules = {
  requiredPresent: {
    rule: 'must hold at least one entry (Kong openid-connect plugin)',
    remedy:
      'Name what a token must have, or leave it out; where it was deployed, with additionalProperties: {} in its place',
    holds: (entries: readonly string[]) => entries.length > 0,
  },
  requiredScopes: {
    rule: 'must be one or more scopes with one space between them (Kong openid-connect plugin)',
    remedy: 'Put scopes that a token must have together into one entry, alternatives into several',
    holds: (entry: string) => /^\S+( \S+)*$/.test(entry),
  },
  requiredAudience: {
    rule: 'must be one audience without white space: the gateway takes a space for the end of one, and tokens of Okta have one (Kong openid-connect plugin, Okta)',
    remedy: 'Give the audience of the authorization server, alternatives as entries of their own',
    holds: (entry: string) => /^\S+$/.test(entry),
  },
  requiredScopesAsked: {
    rule: 'must have an entry whose scopes are all in scopes: with client_credentials the gateway gets a token with those only, and would refuse it (Kong openid-connect plugin)',
    remedy: 'Add the missing scopes to scopes, or require fewer',
    holds: ({ asked, required }: ScopesOfToken) =>
      required.some((entry) => entry.split(' ').every((scope) => asked.includes(scope))),
  },
  claimPathPresent: {
    rule: 'must hold at least one name: the path to a nested claim, outermost first (Kong openid-connect plugin)',
    remedy: 'Give the path to one claim; the names are no alternatives',
    holds: (names: readonly string[]) => names.length > 0,
  },
  scopesClaimUsed: {
    rule: 'must come with scopesRequired: the gateway looks at the claim only to find those (Kong openid-connect plugin)',
    remedy: 'Say which scopes a token must have, or leave the claim out',
    holds: (claim: ClaimUse) => claim.required,
  },
  audienceClaimUsed: {
    rule: 'must come with audienceRequired: the gateway looks at the claim only to find those (Kong openid-connect plugin)',
    remedy: 'Say which audiences a token may be for, or leave the claim out',
    holds: (claim: ClaimUse) => claim.required,
  },
  settingOnce: {
    rule: `must not be a setting that has a prop of its own (${OWN_SETTINGS.join(', ')})`,
    remedy: 'Use the prop of that name, in camel case',
    holds: (setting: string) => !OWN_SETTINGS.includes(setting),
  },
} satisfies { [name: string]: Rule<never> };
