import type { Claims } from '../claims';
import { Outcome } from '../progress';
import type { TokenRequirement } from '../token-requirement';

/** What becomes of a token that lacks what the strategy requires: the gateway answers it with 403. */
export function lacks(missing: TokenRequirement, claims: Claims): Outcome {
  const values = missing.valuesIn(claims);
  const found =
    values.length > 0
      ? `there it has ${values.join(' ')}`
      : `its claims are ${Object.keys(claims).join(', ')}`;
  return Outcome.failed(`the token has no ${missing}; ${found}`, remedyFor(missing, claims));
}

function remedyFor({ what, setting, claim }: TokenRequirement, claims: Claims): string {
  switch (what) {
    case 'scope':
      return String(claim) !== 'scp' && claims.scp !== undefined
        ? 'Okta puts scopes into the claim scp: name it with scopesClaim, and deploy.'
        : 'Ask for it with scopes, which the rule of the access policy must allow, or require less with scopesRequired, and deploy.';
    case 'audience':
      return 'Require the audience that Okta shows under Security > API > the authorization server, with audienceRequired, and deploy.';
    default:
      return `Add a claim ${claim.join('.')} to access tokens in Okta, or change ${setting} in additionalProperties, and deploy.`;
  }
}
