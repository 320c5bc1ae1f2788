import { type Claims, claimAt } from './claims';
import { texts } from './values';

/** Settings of Kong's openid-connect plugin that require values of a claim, and the claim that it looks at by default. */
const SETTINGS = [
  ['scope', 'scopes_required', 'scopes_claim', 'scope'],
  ['audience', 'audience_required', 'audience_claim', 'aud'],
  ['group', 'groups_required', 'groups_claim', 'groups'],
  ['role', 'roles_required', 'roles_claim', 'roles'],
] as const;

/** Values of a claim without which the gateway answers a token that is valid with 403. */
export class TokenRequirement {
  /** What the configuration of a strategy requires, each claim once. */
  public static of(config: { readonly [setting: string]: unknown }): TokenRequirement[] {
    return SETTINGS.map(
      ([what, required, claim, byDefault]) =>
        new TokenRequirement(what, required, texts(config[claim] ?? [byDefault]), texts(config[required])),
    ).filter(({ alternatives }) => alternatives.length > 0);
  }

  private constructor(
    /** What the values are called. */
    public readonly what: string,
    /** The setting that names them. */
    public readonly setting: string,
    /** Path to the claim, outermost first. */
    public readonly claim: readonly string[],
    /** One of them has to hold; within one, every value that spaces separate. */
    public readonly alternatives: readonly string[],
  ) {}

  public isMetBy(claims: Claims): boolean {
    const values = this.valuesIn(claims);
    return this.alternatives.some((each) => each.split(/\s+/).every((value) => values.includes(value)));
  }

  /** Values that the claim has; empty when there is no such claim. */
  public valuesIn(claims: Claims): string[] {
    const value = claimAt(claims, this.claim);
    return typeof value === 'string' ? value.split(/\s+/) : texts(value);
  }

  /** For people. */
  public toString(): string {
    return `${this.what} ${this.alternatives.join(' or ')} in ${this.claim.join('.')}`;
  }
}
