import type { FastifyInstance } from 'fastify';
import { HttpService } from '../http/http-service';
import type { RequestLog } from '../http/request-log';
import type { Mail } from '../konnect/accounts';
import { answerErrors } from '../konnect/errors';
import { refuseUnknownQueries } from '../konnect/lists';
import type { KonnectModel } from '../konnect/model';
import { addApplicationRoutes } from './applications';
import { addCatalogRoutes } from './catalog';
import { addDeveloperRoutes } from './developers';
import { addMailRoutes, mailsTo } from './mails';
import { addRegistrationRoutes } from './registrations';

export interface PortalServiceOptions {
  readonly model: KonnectModel;
  readonly log: RequestLog;
}

/**
 * The portals of a tenant as developers reach them: sign up, sign in, find APIs, create applications and register
 * them.
 *
 * A real portal is a host, `https://<default domain>/api/v3/...`. Here all of them share one port, and the first
 * segment of the path selects one: its name, default domain, canonical domain or id, as in
 * `http://127.0.0.1:<port>/<default domain>/api/v3/apis`. The rest of the path is Kong's published portal API.
 *
 * A developer who signed in has the cookie `portalaccesstoken`. It is not `Secure`, because the sandbox serves http.
 */
export class PortalService {
  /** @internal */
  public static async start({ model, log }: PortalServiceOptions): Promise<PortalService> {
    const register = (server: FastifyInstance) => {
      answerErrors(server);
      refuseUnknownQueries(server);
      addMailRoutes(server, model);
      addDeveloperRoutes(server, model);
      addCatalogRoutes(server, model);
      addApplicationRoutes(server, model);
      addRegistrationRoutes(server, model);
    };
    return new PortalService(await HttpService.start({ name: 'portal', log, register }), model);
  }

  private constructor(
    private readonly service: HttpService,
    private readonly model: KonnectModel,
  ) {}

  /** Base URL of all portals, without a slash at the end. */
  public get url(): string {
    return this.service.url;
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
