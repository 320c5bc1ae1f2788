import type { Body } from '../entity';
import type {
  ClaimRequirement,
  GatewayAccessControl,
  GatewayConfiguration,
  GatewayPublication,
  GatewayRoute,
  GatewayStrategy,
} from '../gateway/configuration';
import type { KonnectModel } from './model';
import { currentOperations } from './operations';
import { accessControlPlugin } from './plugins';
import { serviceId } from './routes';

/** Settings that require values of a claim, their claim settings, and the default claim of the plugin. */
const REQUIREMENTS = [
  ['scope', 'scopes_required', 'scopes_claim', 'scope'],
  ['audience', 'audience_required', 'audience_claim', 'aud'],
  ['group', 'groups_required', 'groups_claim', 'groups'],
  ['role', 'roles_required', 'roles_claim', 'roles'],
] as const;

/** The configuration of a tenant for gateways: routes, and who may use them. */
export class GatewayView implements GatewayConfiguration {
  public constructor(private readonly model: KonnectModel) {}

  public routes(): readonly GatewayRoute[] {
    return this.model.routes.all().flatMap((route) => {
      const service = this.model.services.find(serviceId(route) ?? '');
      return service
        ? [
            {
              controlPlaneId: route.control_plane_id,
              id: route.id,
              name: textOf(route.name),
              protocols: listOf(route.protocols),
              paths: listOf(route.paths),
              methods: listOf(route.methods),
              hosts: listOf(route.hosts),
              headers: (route.headers ?? {}) as GatewayRoute['headers'],
              regexPriority: Number(route.regex_priority ?? 0),
              httpsRedirectStatusCode: Number(route.https_redirect_status_code ?? 426),
              stripPath: route.strip_path !== false,
              service: {
                id: service.id,
                name: textOf(service.name),
                enabled: service.enabled !== false,
                host: String(service.host),
                path: textOf(service.path),
              },
            },
          ]
        : [];
    });
  }

  public publications(controlPlaneId: string, serviceId: string): readonly GatewayPublication[] {
    const apis = this.model.implementations
      .all()
      .filter(({ service }) => {
        const { id, control_plane_id: plane } = (service ?? {}) as { id?: string; control_plane_id?: string };
        return id === serviceId && plane === controlPlaneId;
      })
      .map(({ api_id: id }) => id);
    return apis.flatMap((id) => this.publicationsOf(id));
  }

  public accessControl(controlPlaneId: string): GatewayAccessControl | undefined {
    const plugin = accessControlPlugin(this.model, controlPlaneId);
    if (!plugin?.enabled) {
      return undefined;
    }
    const config = plugin.config as Body;
    const apis = this.model.implementations
      .all()
      .filter(({ control_plane: plane }) => Object(plane).control_plane_id === controlPlaneId)
      .map(({ api_id: id }) => ({
        operations: currentOperations(this.model, id),
        publications: this.publicationsOf(id),
      }))
      .filter(({ publications }) => publications.length > 0);
    return {
      requiresMatch: config.match_policy === 'required',
      allowsAnonymous: config.anonymous !== null,
      apis,
    };
  }

  private publicationsOf(api: string): GatewayPublication[] {
    return this.model.publications
      .all()
      .filter(({ api_id: id }) => id === api)
      .map(({ api_id: apiId, portal_id: portalId, auth_strategy_ids: ids }) => {
        const strategy = this.model.strategies.find(listOf(ids)[0] ?? '');
        return { apiId, portalId, ...(strategy && { strategy: strategyOf(strategy.id, strategy) }) };
      });
  }

  public isRegistered(clientId: string, strategyId: string, apiId: string): boolean {
    const { applications, registrations } = this.model;
    // The owner's status does not matter: in Konnect credentials work until the registration is revoked or deleted.
    const mine = applications
      .all()
      .filter((each) => each.client_id === clientId && each.auth_strategy_id === strategyId)
      .map(({ id }) => id);
    return registrations
      .all()
      .some(
        (each) => mine.includes(each.application_id) && each.api_id === apiId && each.status === 'approved',
      );
  }
}

function strategyOf(id: string, { configs }: Body): GatewayStrategy {
  const config = (configs as { 'openid-connect'?: Body })['openid-connect'] ?? {};
  return {
    id,
    issuer: String(config.issuer),
    credentialClaim: listOf(config.credential_claim),
    scopes: listOf(config.scopes),
    authMethods: listOf(config.auth_methods),
    requirements: requirementsOf(config),
  };
}

function requirementsOf(config: Body): ClaimRequirement[] {
  return REQUIREMENTS.map(([name, required, claim, byDefault]) => ({
    name,
    required: listOf(config[required]),
    claim: listOf(config[claim] ?? [byDefault]),
  })).filter(({ required }) => required.length > 0);
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
