import type { Entity, SandboxApi } from './sandbox-api';

interface Application extends Entity {
  readonly credentials: {
    readonly oauthClient: { readonly client_id: string; readonly client_secret: string };
  };
}

/** An Okta client that gets tokens and is not registered for an API: the gateway must reject it with 403. */
export class UnregisteredClient {
  /** Creates the application, and an access policy on each authorization server. */
  public static async create(api: SandboxApi, serverIds: readonly string[]): Promise<UnregisteredClient> {
    const { id, credentials } = await api.okta<Application>('POST', '/apps', {
      name: 'oidc_client',
      label: 'Unregistered client',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        oauthClient: {
          application_type: 'service',
          grant_types: ['client_credentials'],
          response_types: ['token'],
        },
      },
    });
    const { client_id: clientId, client_secret: clientSecret } = credentials.oauthClient;
    const known = await api.okta<readonly Entity[]>('GET', '/authorizationServers');
    const policies: string[] = [];
    // An issuer that is not in the sandbox is a broken link of the proof.
    for (const server of known.filter(({ issuer }) =>
      serverIds.some((each) => String(issuer).endsWith(`/oauth2/${each}`)),
    )) {
      policies.push(await addPolicy(api, `/authorizationServers/${server.id}/policies`, clientId));
    }
    return new UnregisteredClient(api, id, policies, clientId, clientSecret);
  }

  private constructor(
    private readonly api: SandboxApi,
    private readonly applicationId: string,
    private readonly policies: readonly string[],
    public readonly clientId: string,
    public readonly clientSecret: string,
  ) {}

  /** Deletes application and policies, which are not in the Terraform state. */
  public async remove(): Promise<void> {
    for (const policy of this.policies) {
      await this.api.okta('DELETE', policy);
    }
    await this.api.okta('POST', `/apps/${this.applicationId}/lifecycle/deactivate`);
    await this.api.okta('DELETE', `/apps/${this.applicationId}`);
  }
}

/** Lets the client request tokens. Returns the path of the policy. */
async function addPolicy(api: SandboxApi, policies: string, clientId: string): Promise<string> {
  const { id } = await api.okta('POST', policies, {
    type: 'OAUTH_AUTHORIZATION_POLICY',
    name: 'Unregistered client',
    description: 'Gets tokens, has no registration',
    conditions: { clients: { include: [clientId] } },
  });
  await api.okta('POST', `${policies}/${id}/rules`, {
    type: 'RESOURCE_ACCESS',
    name: 'Client credentials',
    conditions: {
      people: { users: { include: [] }, groups: { include: ['EVERYONE'] } },
      grantTypes: { include: ['client_credentials'] },
      scopes: { include: ['*'] },
    },
    actions: { token: { accessTokenLifetimeMinutes: 60 } },
  });
  return `${policies}/${id}`;
}
