import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../clock';
import { HttpService } from '../http/http-service';
import type { RequestLog } from '../http/request-log';
import { addFormParser, formOf } from '../oauth/form';
import { OAuthError } from '../oauth/oauth-error';
import { Signer } from '../oauth/signer';
import { GRANT_TYPE, type IssuedToken, issueToken } from './token';

/** A client of an OpenID Connect issuer. */
export interface OidcIssuerClient {
  /** Client id, which tokens have as `azp` and `client_id`. */
  readonly clientId: string;

  /** Secret that the client authenticates with. */
  readonly clientSecret: string;
}

/** Settings of an OpenID Connect issuer other than Okta. */
export interface OidcIssuerOptions {
  /** Clients that get tokens with client credentials. */
  readonly clients: readonly OidcIssuerClient[];

  /**
   * Name of the realm, the last part of the issuer URI.
   *
   * @default sandbox
   */
  readonly realm?: string;

  /**
   * Scopes that every client may request.
   *
   * @default ['api.access']
   */
  readonly scopes?: readonly string[];
}

interface StartOptions extends OidcIssuerOptions {
  readonly clock: Clock;
  readonly log: RequestLog;
}

/** Endpoints of a realm, below the issuer URI. */
const ENDPOINTS = '/protocol/openid-connect';

/**
 * An OpenID Connect issuer with the paths, claims and errors of a Keycloak realm. The client id is in the claims `azp`
 * and `client_id`.
 */
export class OidcIssuer {
  /** @internal */
  public static async start(options: StartOptions): Promise<OidcIssuer> {
    const { clients, realm = 'sandbox', scopes = ['api.access'], clock, log } = options;
    const signer = await Signer.create();
    const issued = new Set(clients.map(({ clientSecret }) => clientSecret));
    let issuer = '';
    const issue = async (request: FastifyRequest): Promise<IssuedToken> => {
      const form = formOf(request);
      const { authorization } = request.headers;
      const token = await issueToken({ form, authorization }, { issuer, clients, scopes, clock, signer });
      issued.add(token.access_token);
      return token;
    };
    const register = (server: FastifyInstance) => {
      answerErrors(server);
      addFormParser(server);
      const path = `/realms/${realm}`;
      server.get(`${path}/.well-known/openid-configuration`, async () => discovery(issuer, scopes));
      server.get(`${path}${ENDPOINTS}/certs`, async () => ({ keys: [signer.jwk] }));
      server.post(`${path}${ENDPOINTS}/token`, async (request, reply) =>
        reply.header('cache-control', 'no-store').send(await issue(request)),
      );
    };
    const service = await HttpService.start({ name: 'issuer', log, register });
    issuer = `${service.url}/realms/${realm}`;
    return new OidcIssuer(service, issuer, issued);
  }

  private constructor(
    private readonly service: HttpService,
    /** Issuer URI, without a slash at the end. */
    public readonly url: string,
    private readonly issued: ReadonlySet<string>,
  ) {}

  /** Client secrets, and every token that was issued. */
  public secrets(): string[] {
    return [...this.issued];
  }

  /** Closes the port and every open connection. */
  public async stop(): Promise<void> {
    await this.service.stop();
  }
}

function discovery(issuer: string, scopes: readonly string[]): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}${ENDPOINTS}/auth`,
    token_endpoint: `${issuer}${ENDPOINTS}/token`,
    jwks_uri: `${issuer}${ENDPOINTS}/certs`,
    response_types_supported: ['code'],
    grant_types_supported: [GRANT_TYPE],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', ...scopes],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}

/** Answers errors in the shape of RFC 6749, as Keycloak does for every path. */
function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    if (error instanceof OAuthError) {
      return reply.code(error.status).send(error.toJSON());
    }
    const status = error.statusCode ?? 500;
    return reply.code(status).send({ error: status < 500 ? 'invalid_request' : 'unknown_error' });
  });
  server.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: request.url.startsWith('/realms/') ? 'Realm does not exist' : 'HTTP 404 Not Found' }),
  );
}
