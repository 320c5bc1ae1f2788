import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock';
import { HttpService } from '../http/http-service';
import type { RequestLog } from '../http/request-log';
import { Signer } from '../oauth/signer';
import { addApplicationRoutes } from './applications';
import { addBodyParsers } from './bodies';
import { hasSecret } from './client-authentication';
import { newestSecret } from './client-secrets';
import { answerErrors, OktaError } from './errors';
import { clientIdOf, OktaModel } from './model';
import { addOAuthRoutes } from './oauth';
import { addPolicyRoutes } from './policies';
import { addRateLimit, managementRoute, type OktaRateLimit } from './rate-limit';
import { addScopeAndClaimRoutes } from './scopes-and-claims';
import { addServerRoutes } from './servers';
import { snapshotOf } from './snapshot';

interface OktaOrgOptions {
  readonly clock: Clock;
  readonly log: RequestLog;

  /** @default - none */
  readonly rateLimit?: OktaRateLimit;
}

/** A client of an Okta org with its current secret. */
export interface OktaClient {
  /** Label of the application. */
  readonly label: string;
  /** Client id. */
  readonly clientId: string;
  /** The newest active secret. */
  readonly clientSecret: string;
}

const ORG_NAME = 'sandbox';
const BASE_URL = 'okta.invalid';

/**
 * An Okta org in memory, with the Management API that the library and the providers need and the OAuth endpoints of its
 * authorization servers. The default authorization server exists from the start. Unlike in a new Okta org it has no
 * access policy, so that only stacks grant access.
 */
export class OktaOrg {
  /** @internal */
  public static async start({ clock, log, rateLimit }: OktaOrgOptions): Promise<OktaOrg> {
    const model = new OktaModel(clock);
    const apiToken = randomBytes(20).toString('base64url');
    model.issued.add(apiToken);
    const signer = await Signer.create();
    let url = '';
    const register = (server: FastifyInstance) => {
      answerErrors(server);
      addBodyParsers(server);
      addRateLimit(server, clock, rateLimit);
      addAuthentication(server, apiToken);
      addOrgRoutes(server, () => url);
      addServerRoutes(server, model, () => url);
      addScopeAndClaimRoutes(server, model);
      addPolicyRoutes(server, model);
      addApplicationRoutes(server, model, () => url);
      addOAuthRoutes(server, model, clock, signer);
    };
    const service = await HttpService.start({
      name: 'okta',
      log,
      register,
      hosts: [`${ORG_NAME}.${BASE_URL}`],
    });
    url = service.url;
    const audiences = ['api://default'];
    model.createDefaultServer({ description: 'default', audiences, issuerMode: 'ORG_URL' }, url);
    return new OktaOrg(service, model, apiToken);
  }

  /** First label of the host name (OKTA_ORG_NAME). */
  public readonly orgName: string = ORG_NAME;
  /** The rest of the host name (OKTA_BASE_URL). */
  public readonly baseUrl: string = BASE_URL;

  private constructor(
    private readonly service: HttpService,
    private readonly model: OktaModel,
    /** Token of the Management API, sent as `SSWS <token>`. */
    public readonly apiToken: string,
  ) {}

  /** Base URL, without a slash at the end. */
  public get url(): string {
    return this.service.url;
  }

  /** Every secret that was ever issued or set, including deleted ones: API token, client secrets, access tokens. */
  public secrets(): string[] {
    return [...this.model.issued];
  }

  /** Every client that authenticates with a secret, with its current one, oldest first. */
  public clients(): OktaClient[] {
    return [...this.model.applications.values()]
      .filter(({ entity }) => hasSecret(entity))
      .map(({ entity, secrets }) => ({
        label: String(entity.label),
        clientId: clientIdOf(entity),
        clientSecret: newestSecret(secrets).value,
      }));
  }

  /** The content of the org without times, in a stable order, to compare before and after. */
  public snapshot(): object {
    return snapshotOf(this.model);
  }

  /** Closes the port and every open connection. */
  public async stop(): Promise<void> {
    await this.service.stop();
  }
}

function addAuthentication(server: FastifyInstance, apiToken: string): void {
  const accepted = [`SSWS ${apiToken}`, `Bearer ${apiToken}`];
  server.addHook('onRequest', async (request) => {
    if (managementRoute(request) && !accepted.includes(request.headers.authorization ?? '')) {
      throw OktaError.invalidToken();
    }
  });
}

function addOrgRoutes(server: FastifyInstance, url: () => string): void {
  server.get('/api/v1/users/me', async () => ({
    id: '00u1',
    status: 'ACTIVE',
    profile: { login: 'admin@okta.invalid' },
  }));
  server.get('/.well-known/okta-organization', async () => ({
    id: '00o1',
    pipeline: 'idx',
    _links: { organization: { href: url() } },
  }));
}
