import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from './sandbox';

/** Sets portals up as an administrator of Konnect does. */
export class PortalAdmin {
  private readonly admin: Admin;

  public constructor(private readonly sandbox: Sandbox) {
    this.admin = new Admin(sandbox);
  }

  /** Creates an auth strategy with the issuer of the sandbox. Returns its id. */
  public async createStrategy(): Promise<string> {
    const { id } = await this.admin.konnect('POST', '/v2/application-auth-strategies', {
      name: 'okta',
      display_name: 'Okta OIDC',
      strategy_type: 'openid_connect',
      configs: {
        'openid-connect': {
          issuer: `${this.sandbox.okta.url}/oauth2/default`,
          credential_claim: ['clientId'],
          scopes: ['api.access'],
          auth_methods: ['client_credentials'],
        },
      },
    });
    return id;
  }

  /** Creates and publishes an API, whose name ends with the id of the portal. Returns its id. */
  public async publish(
    portalId: string,
    name: string,
    publication: object,
    api: object = {},
  ): Promise<string> {
    const { id } = await this.admin.konnect('POST', '/v3/apis', { name: `${name}-${portalId}`, ...api });
    await this.admin.konnect('PUT', `/v3/apis/${id}/publications/${portalId}`, publication);
    return id;
  }

  public async developerId(portalId: string, email: string): Promise<string | undefined> {
    const { data } = (await this.admin.konnect('GET', `/v3/portals/${portalId}/developers`)) as unknown as {
      data: { id: string; email: string }[];
    };
    return data.find((each) => each.email === email)?.id;
  }

  /** Puts a developer into a new team with a role for an API. */
  public async assignRole(portalId: string, email: string, apiId: string, role: string): Promise<void> {
    const teams = `/v3/portals/${portalId}/teams`;
    const team = await this.admin.konnect('POST', teams, { name: role });
    await this.admin.konnect('POST', `${teams}/${team.id}/developers`, {
      id: await this.developerId(portalId, email),
    });
    await this.admin.konnect('POST', `${teams}/${team.id}/assigned-roles`, {
      role_name: role,
      entity_id: apiId,
      entity_type_name: 'Services',
      entity_region: 'us',
    });
  }
}
