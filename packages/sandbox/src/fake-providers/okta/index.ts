import { join } from 'node:path';
import type { ProviderDefinition } from '../../providers/definition';
import { JsonApiClient } from '../api/json-api-client';
import { OKTA_RETRIES } from '../api/retries';
import { accessPolicy, accessPolicyRule } from './access-policy';
import { application } from './application';
import { authorizationServer, authorizationServerData, claim, scope } from './authorization-server';

interface OktaProviderOptions {
  /** Base URL of the org. */
  readonly url: string;
  readonly apiToken: string;
}

/** The fake provider okta/okta 4.20.0. It always calls the sandbox's org, even if a stack names another one. */
export function oktaProvider({ url, apiToken }: OktaProviderOptions): ProviderDefinition {
  return {
    name: 'okta',
    source: 'okta/okta',
    schemaFile: join(__dirname, '..', '..', '..', 'schema', 'okta@4.20.0.json'),
    resources: {
      okta_app_oauth: application,
      okta_auth_server: authorizationServer,
      okta_auth_server_claim: claim,
      okta_auth_server_policy: accessPolicy,
      okta_auth_server_policy_rule: accessPolicyRule,
      okta_auth_server_scope: scope,
    },
    dataSources: { okta_auth_server: authorizationServerData },
    stopsAtOnce: false,
    connect: ({ api_token: token }) => {
      const authorization = `SSWS ${typeof token === 'string' && token !== '' ? token : apiToken}`;
      const org = { url, authorization, describe, retries: OKTA_RETRIES };
      return (signal) => new JsonApiClient(org, signal);
    },
    configured: async (api) => {
      await api.send('GET', '/api/v1/users/me');
    },
  };
}

function describe(body: unknown): string {
  const { errorSummary = '', errorCauses = [] } = (body ?? {}) as {
    errorSummary?: string;
    errorCauses?: { errorSummary: string }[];
  };
  const causes = errorCauses.map((cause) => cause.errorSummary).join(', ');
  return `the API returned an error: ${errorSummary}${causes ? `. Causes: ${causes}` : ''}`;
}
