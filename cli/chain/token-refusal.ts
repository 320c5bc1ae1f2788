import type { IssuerError } from '../issuer-client';
import { redeploy } from '../redeploy';
import type { RefusalAdvice, TokenRequest } from './issuer-advice';
import { findRefusingPolicy } from './refusing-policy';
import { tryRead } from './try-read';

/** Advice by error code: https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/OrgAS/ */
export async function adviseOnRefusal(error: IssuerError, request: TokenRequest): Promise<RefusalAdvice> {
  const { client, deployed } = request;
  switch (error.code) {
    case 'invalid_client':
      return (await findMissingApplication(request)) ?? { remedy: checkSecret(request) };
    case 'access_denied':
      return adviseOnPolicies(request);
    case 'invalid_scope':
      return { remedy: remedyForScopes(request) };
    case 'unauthorized_client':
      return {
        remedy: deployed.hasApplication(client.clientId)
          ? redeploy(`the grant type Client Credentials in application ${client.label}`)
          : `Allow the grant type Client Credentials for application ${client.label}.`,
      };
    default:
  }
  if (error.status === 429) {
    return { remedy: "Okta's rate limit is used up. Try again in a minute." };
  }
  const hint =
    deployed.policiesOf(client.clientId).length > 0
      ? ''
      : ' No access policy of these stacks names the client.';
  return {
    remedy:
      error.status === undefined
        ? 'Check the network to Okta: proxy, firewall, certificates.'
        : `Look for the request in Okta's System Log.${hint}`,
  };
}

function remedyForScopes({ scopes, deployed }: TokenRequest): string {
  const owned = scopes.filter((scope) => deployed.hasScope(scope));
  const others = scopes.filter((scope) => !owned.includes(scope));
  const add = `Add the scopes ${others.join(', ')} to the authorization server and to the rule of the access policy, and deploy.`;
  if (owned.length === 0) {
    return add;
  }
  const restore = redeploy(`the scopes ${owned.join(', ')}`);
  return others.length === 0 ? restore : `${restore} If that changes nothing: ${add}`;
}

function checkSecret({ client, secretSource, deployed }: TokenRequest): string {
  const { label, clientId, clientSecret } = client;
  const isOwned = deployed.hasApplication(clientId);
  const restore = isOwned ? ' If somebody deleted or deactivated the application, deploy again.' : '';
  const override =
    clientSecret === undefined
      ? ''
      : 'OKTA_CLIENT_SECRET overrides the secret in the state: unset it if it is of another client. Otherwise: ';
  switch (secretSource) {
    case 'environment':
      return `${override}Check that OKTA_CLIENT_SECRET is an active secret of application ${label}, and that the application is active and in this Okta org.${restore}`;
    case 'state':
      return `Check in Okta that application ${label} is active, and that the secret in the state is one of its active secrets.${restore}`;
    case 'okta':
      return `Check in Okta that application ${label} and its new secret are active.${restore}`;
  }
}

async function adviseOnPolicies(request: TokenRequest): Promise<RefusalAdvice> {
  const { cause, remedy } = (await findRefusingPolicy(request)) ?? { remedy: checkPolicy(request) };
  const hint = request.hasOtherStrategies
    ? ' If it is a client of another strategy, allow its client id here too, or select only the APIs that it calls with --api, or name its stack.'
    : '';
  return { cause, remedy: `${remedy}${hint}` };
}

function checkPolicy({ client: { label, clientId }, scopes, deployed }: TokenRequest): string {
  const policies = deployed.policiesOf(clientId);
  const names = policies.map(({ name }) => name).join(', ');
  if (policies.length === 0) {
    return `No access policy of these stacks names application ${label} on this authorization server. Add the client to the stack, or allow its client id, and deploy.`;
  }
  return policies.some(({ id, isActive }) => isActive && deployed.hasRule(id))
    ? `Deploy again: access policy ${names} of the stack allows it, and somebody may have deleted or changed the policy or its rule outside of Terraform. If that changes nothing, check that the policy comes before others for this client.`
    : `Access policy ${names} names the client. Check that the policy is active and comes before others for this client, and that its rule is active and allows Client Credentials and the scopes ${scopes.join(', ')}.`;
}

/** Finds out whether the application of the client is inactive or does not exist. */
async function findMissingApplication(request: TokenRequest): Promise<RefusalAdvice | undefined> {
  const { label, clientId, applicationId = clientId } = request.client;
  const isOwned = request.deployed.hasApplication(clientId);
  const answer = await tryRead(request.admin?.find(`/apps/${applicationId}`));
  if (answer && !answer.found && isOwned) {
    return {
      cause: `application ${label} does not exist`,
      remedy: `${redeploy(`application ${label}`)} It gets a new client id and secret. Run verify again, which says how to register it.`,
    };
  }
  return answer?.found?.status === 'INACTIVE'
    ? {
        cause: `application ${label} is inactive`,
        remedy: isOwned
          ? redeploy(`an active application ${label}`)
          : `Activate application ${label} in Okta under Applications.`,
      }
    : undefined;
}
