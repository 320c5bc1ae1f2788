import type { IssuerError } from '../issuer-client';
import type { RefusalAdvice, TokenRequest } from './issuer-advice';
import { findRefusingPolicy, ifReadable } from './refusing-policy';

/** Advice by error code: https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/OrgAS/ */
export async function adviseOnRefusal(error: IssuerError, request: TokenRequest): Promise<RefusalAdvice> {
  const { client, scopes, policies } = request;
  const names = scopes.join(', ');
  switch (error.code) {
    case 'invalid_client':
      return (await findInactiveApplication(request)) ?? { remedy: checkSecret(request) };
    case 'access_denied':
      return adviseOnPolicies(request);
    case 'invalid_scope':
      return {
        remedy: `Add the scopes ${names} to the authorization server and to the rule of the access policy, with scopes or addScope, and deploy.`,
      };
    case 'unauthorized_client':
      return { remedy: `Allow the grant type Client Credentials for application ${client.label}.` };
    default:
  }
  if (error.status === 429) {
    return { remedy: "Okta's rate limit is used up. Try again in a minute." };
  }
  const hint = policies.length > 0 ? '' : ' No access policy of these stacks names the client.';
  return {
    remedy:
      error.status === undefined
        ? 'Check the network to Okta: proxy, firewall, certificates.'
        : `Look for the request in Okta's System Log.${hint}`,
  };
}

function checkSecret({ client: { label }, secretSource }: TokenRequest): string {
  switch (secretSource) {
    case 'environment':
      return `Check that OKTA_CLIENT_SECRET is an active secret of application ${label}, and that the application is active and in this Okta org.`;
    case 'state':
      return `Check in Okta that application ${label} is active, and that the secret in the state is one of its active secrets.`;
    case 'okta':
      return `Check in Okta that application ${label} and its new secret are active.`;
  }
}

async function adviseOnPolicies(request: TokenRequest): Promise<RefusalAdvice> {
  const { cause, remedy } = (await findRefusingPolicy(request)) ?? { remedy: checkPolicy(request) };
  const hint = request.hasOtherStrategies
    ? ' If it is a client of another strategy, allow it here with allowClient, or select only the APIs that it calls with --api, or name its stack.'
    : '';
  return { cause, remedy: `${remedy}${hint}` };
}

function checkPolicy({ client: { label }, scopes, policies }: TokenRequest): string {
  const names = policies.map(({ name }) => name).join(', ');
  return policies.length > 0
    ? `Access policy ${names} names the client. Check that the policy is active and comes before others for this client, and that its rule is active and allows Client Credentials and the scopes ${scopes.join(', ')}.`
    : `No access policy of these stacks names application ${label} on this authorization server. Use addClient or allowClient, and deploy.`;
}

async function findInactiveApplication(request: TokenRequest): Promise<RefusalAdvice | undefined> {
  const { label, clientId, applicationId = clientId } = request.client;
  const application = await ifReadable(request.admin?.find(`/apps/${applicationId}`));
  return application?.status === 'INACTIVE'
    ? {
        cause: `application ${label} is inactive`,
        remedy: `Activate application ${label} in Okta under Applications.`,
      }
    : undefined;
}
