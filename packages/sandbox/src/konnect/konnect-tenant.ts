import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock';
import type { GatewayConfiguration } from '../gateway/configuration';
import { HttpService } from '../http/http-service';
import type { RequestLog } from '../http/request-log';
import { PortalService, type PortalServiceOptions } from '../portal/portal-service';
import { addOperationRoutes } from './api-operations';
import { addApiRoutes } from './apis';
import { addApplicationRoutes } from './applications';
import { addControlPlaneRoutes } from './control-planes';
import { addDeveloperRoutes } from './developers';
import { addDocumentRoutes } from './documents';
import { answerErrors, KonnectError } from './errors';
import { GatewayView } from './gateway-view';
import { addImplementationRoutes } from './implementations';
import { refuseUnknownQueries } from './lists';
import { KonnectModel } from './model';
import { addPageRoutes } from './pages';
import { addPluginRoutes } from './plugins';
import { addPortalSettingRoutes } from './portal-settings';
import { addPortalRoutes } from './portals';
import { addPublicationRoutes } from './publications';
import { addRegistrationRoutes } from './registrations';
import { addRouteRoutes } from './routes';
import { addServiceRoutes } from './services';
import { addStrategyRoutes } from './strategies';
import { addTeamMemberRoutes } from './team-members';
import { addTeamRoleRoutes } from './team-roles';
import { addTeamRoutes } from './teams';
import { addVersionRoutes } from './versions';

interface KonnectTenantOptions {
  readonly clock: Clock;
  readonly log: RequestLog;
}

const ROUTES = [
  addControlPlaneRoutes,
  addServiceRoutes,
  addRouteRoutes,
  addPluginRoutes,
  addPortalRoutes,
  addPortalSettingRoutes,
  addPageRoutes,
  addDeveloperRoutes,
  addApplicationRoutes,
  addRegistrationRoutes,
  addTeamRoutes,
  addTeamMemberRoutes,
  addTeamRoleRoutes,
  addApiRoutes,
  addVersionRoutes,
  addDocumentRoutes,
  addImplementationRoutes,
  addOperationRoutes,
  addPublicationRoutes,
  addStrategyRoutes,
];

/** A Konnect tenant in one region, with the APIs that the library, the providers and the command need. */
export class KonnectTenant {
  /** @internal */
  public static async start({ clock, log }: KonnectTenantOptions): Promise<KonnectTenant> {
    const model = new KonnectModel(clock);
    const token = model.issueSecret('kpat_');
    const register = (server: FastifyInstance) => {
      answerErrors(server);
      refuseUnknownQueries(server);
      server.addHook('onRequest', async (request) => {
        if (request.headers.authorization !== `Bearer ${token}`) {
          throw new KonnectError(401, 'A valid token is required');
        }
      });
      for (const addRoutes of ROUTES) {
        addRoutes(server, model);
      }
    };
    return new KonnectTenant(await HttpService.start({ name: 'konnect', log, register }), model, token);
  }

  /**
   * The configuration that every gateway gets.
   *
   * @internal
   */
  public readonly configuration: GatewayConfiguration;

  private constructor(
    private readonly service: HttpService,
    private readonly model: KonnectModel,
    /** A personal access token, sent as `Bearer <token>`. */
    public readonly token: string,
  ) {
    this.configuration = new GatewayView(model);
  }

  /** Base URL, without a slash at the end. */
  public get url(): string {
    return this.service.url;
  }

  /**
   * The portals as developers see them, on a separate port.
   *
   * @internal
   */
  public async servePortals(
    options: Pick<PortalServiceOptions, 'log' | 'okta' | 'gateway'>,
  ): Promise<PortalService> {
    const { model, configuration, url, token } = this;
    return PortalService.start({ model, configuration, konnect: { url, token }, ...options });
  }

  /**
   * Every secret that was ever issued or set, including deleted ones: access token, passwords, sessions, mailed tokens.
   */
  public secrets(): string[] {
    return [...this.model.secrets];
  }

  /** The content of the tenant, to compare before and after. */
  public snapshot(): object {
    const { controlPlanes, services, routes, plugins, portals, pages, developers, applications } = this.model;
    const { registrations, apis, versions, documents, implementations, publications } = this.model;
    const { strategies, teams, teamMembers, teamRoles } = this.model;
    const all = {
      ...{ controlPlanes, services, routes, plugins, portals, pages, developers, applications },
      ...{ registrations, apis, versions, documents, implementations, publications },
      ...{ strategies, teams, teamMembers, teamRoles },
    };
    return Object.fromEntries(Object.entries(all).map(([name, collection]) => [name, collection.all()]));
  }

  /** Closes the port and every open connection. */
  public async stop(): Promise<void> {
    await this.service.stop();
  }
}
