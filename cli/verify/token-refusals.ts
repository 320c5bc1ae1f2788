import type { OktaError } from '../okta-client';

/** What of the chain a refusal is about. */
export interface TokenRequest {
  readonly clientId: string;
  readonly scopes: readonly string[];

  /** Access policies of the deployed stacks that let the client in. */
  readonly policies: readonly string[];
}

/** What to do when Okta gives no token, by its error: https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/OrgAS/ */
export function remedyForRefusal({ status, code, message }: OktaError, request: TokenRequest): string {
  const { clientId, scopes, policies } = request;
  const names = scopes.join(', ');
  switch (code) {
    case 'invalid_client':
      return `Check that OKTA_CLIENT_SECRET is an active secret of application ${clientId}, and that the application is active and in this Okta org.`;
    case 'invalid_scope':
      return `The authorization server lacks one of the scopes ${names}, or the rule of the access policy does not name it: add it with scopes or addScope, and deploy.`;
    case 'access_denied':
      return policies.length > 0
        ? `Access policy ${policies.join(', ')} names the client, so look at its rule: active, grant type Client Credentials, scopes ${names}; and at the policies before it.`
        : `No access policy of these stacks names client ${clientId}: use addClient or allowClient, and deploy.`;
    case 'unauthorized_client':
      return `Allow the grant type Client Credentials for application ${clientId}.`;
    default:
  }
  if (status === 429) {
    return "Okta's rate limit is used up: try again in a minute.";
  }
  return /^\d/.test(message)
    ? "Look for the request in Okta's System Log."
    : 'Check the way to Okta: proxy, firewall, certificates.';
}
