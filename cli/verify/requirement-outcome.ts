import type { Claims } from '../claims';
import { Outcome } from '../progress';
import type { TokenRequirement } from '../token-requirement';

/** The outcome for a token that does not meet a requirement of the strategy. The gateway answers it with 403. */
export function missingRequirement(requirement: TokenRequirement, claims: Claims): Outcome {
  const values = requirement.valuesIn(claims);
  const found =
    values.length > 0
      ? `the claim has ${values.join(' ')}`
      : `its claims are ${Object.keys(claims).join(', ')}`;
  return Outcome.failed(`the token lacks ${requirement}; ${found}`, remedyFor(requirement, claims));
}

function remedyFor({ name, setting, claim }: TokenRequirement, claims: Claims): string {
  switch (name) {
    case 'scope':
      return String(claim) !== 'scp' && claims.scp !== undefined
        ? 'Okta puts scopes into the claim scp. Set scopesClaim to it, and deploy.'
        : 'Request it with scopes, which the rule of the access policy must allow, or require less with scopesRequired, and deploy.';
    case 'audience':
      return 'Set audienceRequired to the audience in Okta under Security > API > the authorization server, and deploy.';
    default:
      return `Add a claim ${claim.join('.')} to access tokens in Okta, or change ${setting} in additionalProperties, and deploy.`;
  }
}
