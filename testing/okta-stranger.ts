import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';

interface Created {
  readonly id: string;
  readonly credentials?: {
    readonly oauthClient: { readonly client_id: string; readonly client_secret: string };
  };
}

/** An Okta client that gets tokens and is registered for nothing: the gateway has to refuse it with 403. */
export class OktaStranger {
  /** Creates the application, and an access policy of its own on each authorization server. */
  public static async create(sandbox: Sandbox, serverIds: readonly string[]): Promise<OktaStranger> {
    const application = await send(sandbox, 'POST', '/apps', {
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
    const { client_id: clientId = '', client_secret: clientSecret = '' } =
      application.credentials?.oauthClient ?? {};
    const policies: string[] = [];
    for (const serverId of serverIds) {
      policies.push(await addPolicy(sandbox, `/authorizationServers/${serverId}/policies`, clientId));
    }
    return new OktaStranger(sandbox, application.id, policies, clientId, clientSecret);
  }

  private constructor(
    private readonly sandbox: Sandbox,
    private readonly applicationId: string,
    private readonly policies: readonly string[],
    public readonly clientId: string,
    public readonly clientSecret: string,
  ) {}

  /** Deletes what was created: nothing of it is in the Terraform state. */
  public async remove(): Promise<void> {
    for (const policy of this.policies) {
      await send(this.sandbox, 'DELETE', policy);
    }
    await send(this.sandbox, 'POST', `/apps/${this.applicationId}/lifecycle/deactivate`);
    await send(this.sandbox, 'DELETE', `/apps/${this.applicationId}`);
  }
}

/** Lets the client ask for tokens; returns the path of the policy. */
async function addPolicy(sandbox: Sandbox, policies: string, clientId: string): Promise<string> {
  const { id } = await send(sandbox, 'POST', policies, {
    type: 'OAUTH_AUTHORIZATION_POLICY',
    name: 'Unregistered client',
    description: 'Gets tokens, and no registration',
    conditions: { clients: { include: [clientId] } },
  });
  await send(sandbox, 'POST', `${policies}/${id}/rules`, {
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

async function send({ okta }: Sandbox, method: string, path: string, body?: object): Promise<Created> {
  const response = await fetch(`${okta.url}/api/v1${path}`, {
    method,
    headers: { authorization: `SSWS ${okta.apiToken}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${text}`);
  }
  return (text === '' ? {} : JSON.parse(text)) as Created;
}
