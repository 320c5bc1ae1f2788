import type { FastifyInstance } from 'fastify';
import { type ChainCheck, ChainView } from '../chain/chain-pages';
import type { GatewayConfiguration } from '../gateway/configuration';
import type { Gateway } from '../gateway/gateway';
import { HttpService } from '../http/http-service';
import type { RequestLog } from '../http/request-log';
import type { Mail } from '../konnect/accounts';
import { answerErrors } from '../konnect/errors';
import { refuseUnknownQueries } from '../konnect/lists';
import type { KonnectModel } from '../konnect/model';
import type { OktaOrg } from '../okta/okta-org';
import { addApplicationRoutes } from './applications';
import { addCatalogRoutes } from './catalog';
import { addDeveloperRoutes } from './developers';
import { addMailRoutes, mailsTo } from './mails';
import type { KonnectAccess } from './pages/konnect-console';
import { addPortalPages } from './pages/portal-pages';
import { addRegistrationRoutes } from './registrations';

export interface PortalServiceOptions {
  readonly model: KonnectModel;
  /** Approvals go through the Konnect API. */
  readonly konnect: KonnectAccess;
  readonly configuration: GatewayConfiguration;
  readonly log: RequestLog;
  /** Its clients are listed on pages. */
  readonly okta: OktaOrg;
  /** Gets the requests of pages. */
  readonly gateway: Gateway;
}

/**
 * The portals of a tenant as developers reach them: sign up, sign in, find APIs, create applications and register
 * them.
 *
 * A real portal is a host, `https://<default domain>/api/v3/...`. Here all of them share one port, and the first
 * segment of the path selects one: its name, default domain, canonical domain or id, as in
 * `http://127.0.0.1:<port>/<default domain>/api/v3/apis`. The rest of the path is Kong's published portal API.
 *
 * `http://127.0.0.1:<port>/<name>` has the same as pages, without JavaScript but for specifications.
 *
 * A developer who signed in has the cookie `portalaccesstoken`. It is not `Secure`, because the sandbox serves http.
 */
export class PortalService {
  /** @internal */
  public static async start(options: PortalServiceOptions): Promise<PortalService> {
    const { model, konnect, log, okta, gateway, configuration } = options;
    const clients = () => okta.clients();
    const chain = new ChainView(clients);
    const register = (server: FastifyInstance) => {
      answerErrors(server);
      refuseUnknownQueries(server);
      addMailRoutes(server, model);
      addDeveloperRoutes(server, model);
      addCatalogRoutes(server, model);
      addApplicationRoutes(server, model);
      addRegistrationRoutes(server, model);
      addPortalPages(server, { model, konnect, gatewayUrl: gateway.url, configuration, clients, chain });
    };
    return new PortalService(await HttpService.start({ name: 'portal', log, register }), model, chain);
  }

  private constructor(
    private readonly service: HttpService,
    private readonly model: KonnectModel,
    private readonly chain: ChainView,
  ) {}

  /** Base URL of all portals, without a slash at the end. */
  public get url(): string {
    return this.service.url;
  }

  /**
   * Shows the links of a chain on the page `/chain`, which repeats the check while it is open.
   *
   * @param check checks the links
   * @param deployCommands commands that deploy the stacks again, which the page shows if a link is broken
   * @returns URL of the page
   */
  public showChain(check: ChainCheck, deployCommands: readonly string[] = []): string {
    this.chain.show(check, deployCommands);
    return `${this.url}/chain`;
  }

  /** Mails of the portals to an address, oldest first. The sandbox keeps them instead of sending them. */
  public mailsTo(email: string): Mail[] {
    return mailsTo(this.model, email);
  }

  /** Closes the port and every open connection. */
  public async stop(): Promise<void> {
    await this.service.stop();
  }
}
