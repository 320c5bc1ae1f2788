import type { Deployment } from '../deployment';
import { fieldOf } from '../entity';
import type { KonnectClient } from '../konnect-client';
import { Outcome } from '../progress';
import { redeploy } from '../redeploy';
import { text } from '../values';
import { checkControlPlane } from './control-plane-link';
import { ownsMissingRoute } from './owned-routes';
import { chooseRequest, type RequestOptions, type RouteChoice } from './route-request';

/** A link of an API to a gateway service. */
interface ServiceReference {
  readonly id: string;
  readonly control_plane_id: string;
  readonly auth_strategy_sync_error?: { readonly message?: string } | null;
}

/** A link of an API to a control plane, whose plugin `ace` enforces the strategy. */
interface ControlPlaneReference {
  readonly control_plane_id: string;
}

/** Finds the enforcement of an API's strategy, and a request that leads to the API. */
export class ImplementationLink {
  public static readonly NAME = 'implementation';

  /** The request to send; `undefined` until the link is OK, unless an option names the path. */
  public route?: RouteChoice;

  public constructor(
    private readonly konnect: KonnectClient,
    private readonly deployment: Deployment,
    private readonly apiId: string,
    private readonly options: RequestOptions,
  ) {
    this.route = chooseRequest([], options);
  }

  public async check(): Promise<Outcome> {
    const all = await this.konnect.list(`v3/api-implementations?filter[api_id][eq]=${this.apiId}`);
    const { service, control_plane: controlPlane } = (all.find(({ api_id: id }) => id === this.apiId) ??
      {}) as { service?: ServiceReference | null; control_plane?: ControlPlaneReference | null };
    if (service) {
      return this.checkService(service);
    }
    if (controlPlane) {
      const { outcome, route } = await checkControlPlane({
        konnect: this.konnect,
        deployment: this.deployment,
        apiId: this.apiId,
        controlPlaneId: controlPlane.control_plane_id,
        options: this.options,
      });
      this.route = route ?? this.route;
      return outcome;
    }
    return Outcome.failed(
      'the API is linked to no gateway service and no control plane, so no gateway enforces its strategy',
      this.deployment.owns('konnect_api_implementation', ({ api_id: id }) => id === this.apiId)
        ? redeploy('the link of the API')
        : 'Link the API to a gateway service or a control plane, and deploy.',
    );
  }

  private async checkService(service: ServiceReference): Promise<Outcome> {
    if (service.auth_strategy_sync_error) {
      return Outcome.failed(
        `Konnect could not send the strategy to the gateway: ${service.auth_strategy_sync_error.message ?? 'no reason given'}`,
        'Fix what the message names, and deploy again.',
      );
    }
    const routes = await this.konnect.listCoreEntities(service.control_plane_id, 'routes');
    const routesOfService = routes.filter((each) => fieldOf(each, 'service', 'id') === service.id);
    if (routesOfService.length === 0) {
      return Outcome.failed(
        `gateway service ${await this.serviceName(service)} has no route`,
        ownsMissingRoute(this.deployment, service.control_plane_id, routes)
          ? redeploy('a route')
          : 'Add a route to the gateway service, and deploy.',
      );
    }
    const choice = chooseRequest(routesOfService, this.options);
    if (!choice) {
      return Outcome.failed('its routes have no plain path', 'Name a path that a route takes with --path.');
    }
    this.route = choice;
    return Outcome.ok(
      'request' in choice
        ? `linked, ${choice.request.method} ${choice.request.path}`
        : 'linked, but its routes take neither GET nor HEAD',
    );
  }

  private async serviceName({ id, control_plane_id: plane }: ServiceReference): Promise<string> {
    const entity = await this.konnect.find(`v2/control-planes/${plane}/core-entities/services/${id}`);
    return text(entity?.name) || id;
  }
}
