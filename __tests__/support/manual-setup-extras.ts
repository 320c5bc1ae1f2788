import { CLAIM, type ManualSetup } from './manual-setup';

/** Changes of an access policy. */
interface PolicyChanges {
  readonly clients?: readonly string[];
  readonly name?: string;
}

/** Ids of what `enforceAccess` created. */
interface AccessControlIds {
  readonly pluginId: string;
  readonly versionId: string;
  readonly implementationId: string;
}

/** Changes of a manual setup, as people make them in both consoles. */
export class ManualSetupExtras {
  public constructor(private readonly made: ManualSetup) {}

  /** Replaces clients and name of the access policy. */
  public async changePolicy({
    clients = [this.made.clientId],
    name = 'Clients',
  }: PolicyChanges): Promise<void> {
    const { admin, server, policyId } = this.made;
    await admin.okta('PUT', `${server}/policies/${policyId}`, {
      type: 'OAUTH_AUTHORIZATION_POLICY',
      name,
      description: name,
      priority: 1,
      conditions: { clients: { include: clients } },
    });
  }

  /** Changes the claim. */
  public async changeClaim(changes: object): Promise<void> {
    const { admin, server, claimId } = this.made;
    await admin.okta('PUT', `${server}/claims/${claimId}`, {
      ...CLAIM,
      ...changes,
    });
  }

  /** A gateway service, with a route for each path. */
  public async addService(
    service: object,
    paths: readonly string[] = [],
    route: object = {},
  ): Promise<string> {
    const { admin, controlPlaneId } = this.made;
    const plane = `/v2/control-planes/${controlPlaneId}/core-entities`;
    const { id } = await admin.konnect('POST', `${plane}/services`, {
      host: 'upstream.internal',
      ...service,
    });
    for (const path of paths) {
      await admin.konnect('POST', `${plane}/routes`, {
        ...{ paths: [path], protocols: ['http', 'https'], service: { id } },
        ...route,
      });
    }
    return id;
  }

  /** An API that is published with a strategy and linked to the service, if any. */
  public async addApi(
    api: object,
    { serviceId, strategyId = this.made.strategyId }: { serviceId?: string; strategyId?: string } = {},
    publication: object = {},
  ): Promise<string> {
    const { admin, controlPlaneId } = this.made;
    const { id } = await admin.konnect('POST', '/v3/apis', api);
    if (serviceId) {
      const service = { id: serviceId, control_plane_id: controlPlaneId };
      await admin.konnect('POST', `/v3/apis/${id}/implementations`, { service });
    }
    await this.made.publish({ auth_strategy_ids: [strategyId], ...publication }, id);
    return id;
  }

  /** Links the API to the control plane in place of the service, with the plugin that enforces its strategy. */
  public async enforceAccess(paths: object, plugin: object = {}): Promise<AccessControlIds> {
    const { admin, apiId, controlPlaneId, implementationId } = this.made;
    const api = `/v3/apis/${apiId}`;
    const version = '1.0.0';
    await admin.konnect('PATCH', api, { version });
    const ids = {
      plugin: await admin.konnect('POST', `/v2/control-planes/${controlPlaneId}/core-entities/plugins`, {
        name: 'ace',
        ...plugin,
      }),
      version: await admin.konnect('POST', `${api}/versions`, {
        version,
        spec: { content: JSON.stringify({ openapi: '3.1.0', paths }) },
      }),
    };
    await admin.konnect('DELETE', `${api}/implementations/${implementationId}`);
    const { id } = await admin.konnect('POST', `${api}/implementations`, {
      control_plane: { control_plane_id: controlPlaneId },
    });
    return { pluginId: ids.plugin.id, versionId: ids.version.id, implementationId: id };
  }

  /** Another strategy for the same authorization server. Returns its id. */
  public addStrategy(name: string, strategy: object = {}, settings: object = {}): Promise<string> {
    const { admin, issuer } = this.made;
    return admin.createStrategy(name, { issuer, ...settings }, strategy);
  }
}
