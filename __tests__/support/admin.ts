import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { SandboxApi } from '../../testing/sandbox-api';

/** An application in Okta with its credentials. */
export interface OktaApplication {
  readonly applicationId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The admin APIs of Konnect and Okta, and what an administrator creates with them. */
export class Admin extends SandboxApi {
  private readonly issuer: string;

  public constructor(sandbox: Sandbox) {
    super(sandbox);
    this.issuer = `${sandbox.okta.url}/oauth2/default`;
  }

  /** Creates an application in Okta that may use client credentials. It is in no access policy. */
  public async createApplication(
    label: string,
    client: object = {},
    application: object = {},
  ): Promise<OktaApplication> {
    const { id, credentials } = await this.okta('POST', '/apps', {
      name: 'oidc_client',
      label,
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        oauthClient: {
          application_type: 'web',
          grant_types: ['authorization_code', 'client_credentials'],
          redirect_uris: ['https://localhost/callback'],
          response_types: ['code'],
          ...client,
        },
      },
      ...application,
    });
    const { oauthClient } = credentials as {
      readonly oauthClient: { readonly client_id: string; readonly client_secret: string };
    };
    return { applicationId: id, clientId: oauthClient.client_id, clientSecret: oauthClient.client_secret };
  }

  /** Creates an auth strategy, by default for the default authorization server. Returns its id. */
  public async createStrategy(
    name = 'Okta OIDC',
    settings: object = {},
    strategy: object = {},
  ): Promise<string> {
    const { id } = await this.konnect('POST', '/v2/application-auth-strategies', {
      name,
      display_name: name,
      strategy_type: 'openid_connect',
      configs: {
        'openid-connect': {
          issuer: this.issuer,
          credential_claim: ['clientId'],
          auth_methods: ['client_credentials'],
          scopes: ['api.access'],
          ...settings,
        },
      },
      ...strategy,
    });
    return id;
  }

  /** Creates and publishes an API, whose name ends with the id of the portal. Returns its id. */
  public async publishApi(
    portalId: string,
    name: string,
    publication: object,
    api: object = {},
  ): Promise<string> {
    const { id } = await this.konnect('POST', '/v3/apis', { name: `${name}-${portalId}`, ...api });
    await this.konnect('PUT', `/v3/apis/${id}/publications/${portalId}`, publication);
    return id;
  }

  public async developerId(portalId: string, email: string): Promise<string | undefined> {
    const developers = await this.konnectList(`/v3/portals/${portalId}/developers`);
    return developers.find((each) => each.email === email)?.id;
  }
}
