import type { Entity, SandboxApi } from './sandbox-api';

interface Application extends Entity {
  readonly credentials: {
    readonly oauthClient: { readonly client_id: string; readonly client_secret: string };
  };
}

/**
 * Creates an Okta application that requests tokens with client credentials.
 *
 * @param clientId Okta chooses it if it is `undefined`
 */
export async function createServiceClient(
  api: SandboxApi,
  label: string,
  clientId?: string,
): Promise<Application> {
  return api.okta<Application>('POST', '/apps', {
    name: 'oidc_client',
    label,
    signOnMode: 'OPENID_CONNECT',
    credentials: {
      oauthClient: { client_id: clientId, token_endpoint_auth_method: 'client_secret_basic' },
    },
    settings: {
      oauthClient: {
        application_type: 'service',
        grant_types: ['client_credentials'],
        response_types: ['token'],
      },
    },
  });
}
