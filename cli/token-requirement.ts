import { type Claims, claimAt } from './claims';
import { texts } from './values';

/** Settings of Kong's openid-connect plugin that require values of a claim: name, setting, claim setting, default claim. */
const SETTINGS = [
  ['scope', 'scopes_required', 'scopes_claim', 'scope'],
  ['audience', 'audience_required', 'audience_claim', 'aud'],
  ['group', 'groups_required', 'groups_claim', 'groups'],
  ['role', 'roles_required', 'roles_claim', 'roles'],
] as const;

/** Values that a claim must have. Without them the gateway answers 403 even to a valid token. */
export class TokenRequirement {
  /** Requirements of a strategy's configuration. */
  public static of(config: { readonly [setting: string]: unknown }): TokenRequirement[] {
    return SETTINGS.map(
      ([name, setting, claim, defaultClaim]) =>
        new TokenRequirement(name, setting, texts(config[claim] ?? [defaultClaim]), texts(config[setting])),
    ).filter(({ alternatives }) => alternatives.length > 0);
  }

  private constructor(
    /** Kind of the values: scope, audience, group or role. */
    public readonly name: string,
    /** Setting that requires them. */
    public readonly setting: string,
    /** Path to the claim, from the outermost name. */
    public readonly claim: readonly string[],
    /** One of these must be met. Each is a list of values separated by spaces, all of which are required. */
    public readonly alternatives: readonly string[],
  ) {}

  public isMetBy(claims: Claims): boolean {
    const values = this.valuesIn(claims);
    return this.alternatives.some((each) => each.split(/\s+/).every((value) => values.includes(value)));
  }

  /** Values of the claim; empty if the token does not have it. */
  public valuesIn(claims: Claims): string[] {
    const value = claimAt(claims, this.claim);
    return typeof value === 'string' ? value.split(/\s+/) : texts(value);
  }

  /** For example `scope api.access in scp`. */
  public toString(): string {
    return `${this.name} ${this.alternatives.join(' or ')} in ${this.claim.join('.')}`;
  }
}
