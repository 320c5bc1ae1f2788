import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin, type OktaApplication } from './admin';

/** The claim of the how-to. */
export const CLAIM = {
  name: 'clientId',
  status: 'ACTIVE',
  claimType: 'RESOURCE',
  valueType: 'EXPRESSION',
  value: 'app.clientId',
  alwaysIncludeInToken: true,
  conditions: { scopes: [] },
};

/** Differences from the how-to. */
export interface ManualSetupOptions {
  /**
   * Name of a new authorization server.
   *
   * @default - the default server
   */
  readonly server?: string;

  /**
   * Id of the gateway service.
   *
   * @default - Konnect chooses one
   */
  readonly serviceId?: string;

  /** @default true */
  readonly autoApprove?: boolean;

  /** @default ['client_credentials'] */
  readonly authMethods?: readonly string[];

  /**
   * Settings of the plugin beside those of the how-to.
   *
   * @default - none
   */
  readonly settings?: { readonly [setting: string]: unknown };
}

/** The how-to set up by hand: every step with the APIs of Okta and Konnect, without Terraform. */
export class ManualSetup {
  public static async create(sandbox: Sandbox, options: ManualSetupOptions = {}): Promise<ManualSetup> {
    const made = new ManualSetup(sandbox);
    await made.setUpOkta(options);
    await made.setUpKonnect(options);
    return made;
  }

  public readonly admin: Admin;
  /** Path of the authorization server. */
  public server = '/authorizationServers/default';
  public issuer: string;
  public applicationId = '';
  public clientId = '';
  public clientSecret = '';
  public claimId = '';
  public scopeId = '';
  public policyId = '';
  public ruleId = '';
  public controlPlaneId = '';
  public serviceId = '';
  public routeId = '';
  public portalId = '';
  public pageId = '';
  public apiId = '';
  public implementationId = '';
  public strategyId = '';
  private authMethods: readonly string[] = [];
  private settings: { readonly [setting: string]: unknown } = {};

  private constructor(sandbox: Sandbox) {
    this.admin = new Admin(sandbox);
    this.issuer = `${sandbox.okta.url}/oauth2/default`;
  }

  /** Another Okta application, in another access policy. */
  public async addUnregisteredClient(): Promise<OktaApplication> {
    const application = await this.admin.createApplication('Unregistered app');
    await this.createPolicy('Unregistered clients', application.clientId);
    return application;
  }

  /** The output of `terraform show -json` if Terraform had created everything. */
  public state(changes: { readonly keepsSecret?: boolean } = {}): object {
    const resource = (type: string, values: object) => ({
      address: `${type}.this`,
      mode: 'managed',
      type,
      values,
    });
    const { apiId, portalId, strategyId, clientId, issuer } = this;
    return {
      format_version: '1.0',
      terraform_version: '1.11.4',
      values: {
        root_module: {
          resources: [
            resource('okta_app_oauth', {
              label: 'Dev Portal app',
              client_id: clientId,
              client_secret: changes.keepsSecret === false ? null : this.clientSecret,
            }),
            resource('okta_auth_server_policy', { name: 'Clients', client_whitelist: [clientId] }),
            resource('konnect_portal', { id: portalId, name: 'MyDevPortal' }),
            resource('konnect_api', { id: apiId, name: 'MyAPI' }),
            resource('konnect_application_auth_strategy', {
              id: strategyId,
              name: 'Okta OIDC',
              openid_connect: {
                configs: {
                  openid_connect: {
                    issuer,
                    credential_claim: ['clientId'],
                    auth_methods: this.authMethods,
                    scopes: ['api.access'],
                    additional_properties: JSON.stringify(this.settings),
                  },
                },
              },
            }),
            resource('konnect_api_publication', {
              api_id: apiId,
              portal_id: portalId,
              auth_strategy_ids: [strategyId],
              visibility: 'public',
            }),
          ],
        },
      },
    };
  }

  /** Deletes the strategy's publication and makes another strategy, as a replacement by Terraform does. */
  public async replaceStrategy(): Promise<void> {
    const old = this.strategyId;
    await this.createStrategy(['client_credentials']);
    await this.publish();
    await this.admin.konnect('DELETE', `/v2/application-auth-strategies/${old}`);
  }

  /** Publishes an API, by default that of the how-to with its strategy. */
  public async publish(publication: object = {}, apiId = this.apiId): Promise<void> {
    await this.admin.konnect('PUT', `/v3/apis/${apiId}/publications/${this.portalId}`, {
      auth_strategy_ids: [this.strategyId],
      visibility: 'public',
      ...publication,
    });
  }

  /** Removes every developer of the portal, and with them what they registered. */
  public async removeDevelopers(): Promise<void> {
    const path = `/v3/portals/${this.portalId}/developers`;
    for (const { id } of await this.admin.konnectList(path)) {
      await this.admin.konnect('DELETE', `${path}/${id}`);
    }
  }

  private async setUpOkta({ server }: ManualSetupOptions): Promise<void> {
    const { admin } = this;
    if (server) {
      const { id, issuer } = await admin.okta('POST', '/authorizationServers', {
        name: server,
        audiences: ['api://mine'],
      });
      this.server = `/authorizationServers/${id}`;
      this.issuer = String(issuer);
    }
    ({ id: this.scopeId } = await admin.okta('POST', `${this.server}/scopes`, {
      name: 'api.access',
      metadataPublish: 'ALL_CLIENTS',
    }));
    ({ id: this.claimId } = await admin.okta('POST', `${this.server}/claims`, CLAIM));
    const application = await admin.createApplication('Dev Portal app');
    this.applicationId = application.applicationId;
    this.clientId = application.clientId;
    this.clientSecret = application.clientSecret;
    ({ policyId: this.policyId, ruleId: this.ruleId } = await this.createPolicy('Clients', this.clientId));
  }

  private async createPolicy(name: string, clientId: string) {
    const { id: policyId } = await this.admin.okta('POST', `${this.server}/policies`, {
      type: 'OAUTH_AUTHORIZATION_POLICY',
      status: 'ACTIVE',
      name,
      description: name,
      conditions: { clients: { include: [clientId] } },
    });
    const { id: ruleId } = await this.admin.okta('POST', `${this.server}/policies/${policyId}/rules`, {
      type: 'RESOURCE_ACCESS',
      status: 'ACTIVE',
      name: 'Client credentials',
      conditions: {
        people: { users: { include: [], exclude: [] }, groups: { include: ['EVERYONE'], exclude: [] } },
        grantTypes: { include: ['client_credentials'] },
        scopes: { include: ['api.access'] },
      },
      actions: { token: { accessTokenLifetimeMinutes: 60 } },
    });
    return { policyId, ruleId };
  }

  private async setUpKonnect({
    autoApprove = true,
    authMethods = ['client_credentials'],
    settings = {},
    serviceId,
  }: ManualSetupOptions): Promise<void> {
    const { admin } = this;
    ({ id: this.controlPlaneId } = await admin.konnect('POST', '/v2/control-planes', { name: 'quickstart' }));
    const plane = `/v2/control-planes/${this.controlPlaneId}/core-entities`;
    ({ id: this.serviceId } = await admin.konnect('POST', `${plane}/services`, {
      ...(serviceId && { id: serviceId }),
      name: 'example-service',
      host: 'upstream.internal',
      path: '/anything',
    }));
    ({ id: this.routeId } = await admin.konnect('POST', `${plane}/routes`, {
      name: 'example-route',
      paths: ['/anything'],
      protocols: ['http', 'https'],
      service: { id: this.serviceId },
    }));
    ({ id: this.portalId } = await admin.konnect('POST', '/v3/portals', {
      name: 'MyDevPortal',
      auto_approve_developers: autoApprove,
      auto_approve_applications: autoApprove,
      default_api_visibility: 'public',
      default_page_visibility: 'public',
    }));
    ({ id: this.pageId } = await admin.konnect('POST', `/v3/portals/${this.portalId}/pages`, {
      slug: '/',
      title: 'Home',
      content: '::apis-list',
      visibility: 'public',
      status: 'published',
    }));
    ({ id: this.apiId } = await admin.konnect('POST', '/v3/apis', { name: 'MyAPI' }));
    const service = { id: this.serviceId, control_plane_id: this.controlPlaneId };
    ({ id: this.implementationId } = await admin.konnect('POST', `/v3/apis/${this.apiId}/implementations`, {
      service,
    }));
    await this.createStrategy(authMethods, settings);
    await this.publish();
  }

  private async createStrategy(
    authMethods: readonly string[],
    settings: ManualSetupOptions['settings'] = {},
  ): Promise<void> {
    this.authMethods = authMethods;
    this.settings = settings;
    const configuration = { issuer: this.issuer, auth_methods: authMethods, ...settings };
    this.strategyId = await this.admin.createStrategy('Okta OIDC', configuration);
  }
}
