import type { Claims } from '../claims';
import type { IssuerError } from '../issuer-client';
import type { TokenRequirement } from '../token-requirement';
import type { ClaimFailure, IssuerAdvice, TokenRequest } from './issuer-advice';

/** Remedies for issuers other than Okta, such as Keycloak and Microsoft Entra ID. */
export const OTHER_ISSUER_ADVICE: IssuerAdvice = {
  name: 'the issuer',
  onUnreachable: () =>
    'The document must be at <issuer>/.well-known/openid-configuration, and the issuer reachable from this machine and from the gateway. Check the host and the realm or tenant in issuer.',
  onOtherIssuer: () => 'Set issuer to exactly the value in the discovery document, and deploy.',
  onRefusal: async (error, request) => ({ remedy: remedyForRefusal(error, request) }),
  onClaim: remedyForClaim,
  onRequirement: remedyForRequirement,
};

/** Remedy by error code: RFC 6749, section 5.2. */
function remedyForRefusal({ code, status }: IssuerError, request: TokenRequest): string {
  const { client, scopes } = request;
  switch (code) {
    case 'invalid_client':
    case 'unauthorized_client':
    case 'access_denied':
      return `Check ${secretIn(request)}, and that the issuer allows client credentials for ${client.clientId}. In Keycloak that is Service accounts roles.`;
    case 'invalid_scope':
      return `Allow the scopes ${scopes.join(', ')} for ${client.clientId} at the issuer, or change the scopes of the strategy, and deploy.`;
    default:
  }
  if (status === undefined) {
    return 'Check the network to the issuer: proxy, firewall, certificates.';
  }
  return status === 429
    ? 'The rate limit of the issuer is used up. Try again in a minute.'
    : 'Look for the request in the log of the issuer.';
}

function secretIn({ client: { clientId }, secretSource }: TokenRequest): string {
  return secretSource === 'environment'
    ? `that OKTA_CLIENT_SECRET is a secret of ${clientId}`
    : `that the secret in the state is a secret of ${clientId}`;
}

function remedyForClaim({ name, claims, clientId }: ClaimFailure): string {
  const candidates = Object.keys(claims).filter((each) => claims[each] === clientId);
  return candidates.length > 0
    ? `Set the credential claim of the strategy to a claim with the client id, ${candidates.join(' or ')}, and deploy.`
    : `Add the client id to access tokens as the claim ${name} at the issuer, or set the credential claim of the strategy to a claim that has it, and deploy.`;
}

function remedyForRequirement({ name, setting, claim }: TokenRequirement, claims: Claims): string {
  const path = claim.join('.');
  return name === 'scope' && path !== 'scp' && claims.scp !== undefined
    ? 'The issuer puts scopes into the claim scp. Set the scopes claim of the strategy to it, and deploy.'
    : `Add the value to the claim ${path} of access tokens at the issuer, or change ${setting} of the strategy, and deploy.`;
}
