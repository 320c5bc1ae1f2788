import type { Claims } from '../claims';
import { redeploy } from '../redeploy';
import type { TokenRequirement } from '../token-requirement';
import type { DeployedOkta } from './deployed-okta';
import type { ClaimFailure, IssuerAdvice } from './issuer-advice';
import { adviseOnRefusal } from './token-refusal';

/** Remedies for authorization servers of Okta. */
export const OKTA_ADVICE: IssuerAdvice = {
  name: 'Okta',
  onUnreachable: (deployed) =>
    `The issuer must be that of a custom authorization server, https://<org>/oauth2/<id>. The server must be active, and reachable from this machine and from the gateway.${deployed.hasServer() ? ' If somebody deleted or deactivated it, deploy again.' : ''}`,
  onOtherIssuer: (deployed) =>
    deployed.hasServer()
      ? redeploy('the authorization server with this issuer')
      : 'Use the issuer that Okta shows under Security > API. A custom domain and the org URL are different issuers.',
  onRefusal: adviseOnRefusal,
  onClaim: remedyForClaim,
  onRequirement: remedyForRequirement,
};

function remedyForClaim({ name, value, deployed }: ClaimFailure): string {
  if (deployed.hasClientIdClaim(name)) {
    return redeploy(`claim ${name}`);
  }
  return value === undefined
    ? `Add a claim ${name} with the value app.clientId, value type Expression, to access tokens, in any scope.`
    : `Set the value of claim ${name} to app.clientId.`;
}

function remedyForRequirement(requirement: TokenRequirement, claims: Claims, deployed: DeployedOkta): string {
  const { name, setting, claim } = requirement;
  switch (name) {
    case 'scope':
      return String(claim) !== 'scp' && claims.scp !== undefined
        ? 'Okta puts scopes into the claim scp. Set the scopes claim of the strategy to it, and deploy.'
        : 'Add it to the scopes of the strategy, which the rule of the access policy must allow, or require fewer scopes, and deploy.';
    case 'audience':
      return deployed.hasAudience(requirement)
        ? redeploy('an authorization server with the audience')
        : 'Set the required audience of the strategy to the audience in Okta under Security > API > the authorization server, and deploy.';
    default:
      return `Add a claim ${claim.join('.')} to access tokens in Okta, or change ${setting} of the strategy, and deploy.`;
  }
}
