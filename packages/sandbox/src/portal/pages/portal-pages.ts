import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addChainPages, type ChainView } from '../../chain/chain-pages';
import type { GatewayConfiguration } from '../../gateway/configuration';
import { KonnectError } from '../../konnect/errors';
import { type KonnectModel, paramsOf } from '../../konnect/model';
import type { OktaClient } from '../../okta/okta-org';
import { addAccountPages } from './account-pages';
import { addApplicationPages } from './application-pages';
import { addCatalogPages } from './catalog-pages';
import { addConsolePages } from './console-pages';
import { GatewayRequests } from './gateway-requests';
import { type KonnectAccess, KonnectConsole } from './konnect-console';
import { addSandboxPages } from './sandbox-pages';
import { PAGES, Views } from './views';
import { PortalRefusal, Visitor } from './visitor';

interface PortalPagesOptions {
  readonly model: KonnectModel;
  readonly konnect: KonnectAccess;
  /** Base URL of the gateway. */
  readonly gatewayUrl: string;
  readonly configuration: GatewayConfiguration;
  /** Clients of the Okta org. */
  readonly clients: () => readonly OktaClient[];
  readonly chain: ChainView;
}

/** Scripts and styles come from this server only, and no other page may frame or be sent a form. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

const SWAGGER_UI = '@fastify/swagger-ui/static';
const ASSETS: { readonly [name: string]: { readonly file: string; readonly type: string } } = {
  'style.css': { file: join(PAGES, 'assets', 'style.css'), type: 'text/css' },
  'chain.js': { file: join(PAGES, 'assets', 'chain.js'), type: 'text/javascript' },
  'specification.css': { file: join(PAGES, 'assets', 'specification.css'), type: 'text/css' },
  'specification.js': { file: join(PAGES, 'assets', 'specification.js'), type: 'text/javascript' },
  'swagger-ui.css': { file: require.resolve(`${SWAGGER_UI}/swagger-ui.css`), type: 'text/css' },
  'swagger-ui.js': { file: require.resolve(`${SWAGGER_UI}/swagger-ui-bundle.js`), type: 'text/javascript' },
};

/** The portals as pages, and the chain for the platform team. */
export function addPortalPages(server: FastifyInstance, options: PortalPagesOptions): void {
  server.register(async (http) => {
    await http.register(formbody);
    const views = new Views(options.chain);
    const visitorOf = (request: FastifyRequest) => new Visitor(server, request);
    refuseForeignForms(http);
    http.addHook('onSend', async (_request, reply) => {
      reply.headers(HEADERS);
    });
    http.setErrorHandler((error, request, reply) => answerError(error, views, visitorOf(request), reply));
    http.get('/assets/:name', async (request, reply) => {
      const { name } = paramsOf(request);
      if (!Object.hasOwn(ASSETS, name)) {
        throw KonnectError.notFound('File', name);
      }
      const { file, type } = ASSETS[name];
      return reply.type(`${type}; charset=utf-8`).send(readFileSync(file));
    });
    addSandboxPages(http, views, options.model);
    addChainPages(http, views, options.chain);
    addCatalogPages(http, views, options.model, visitorOf);
    addAccountPages(http, views, visitorOf);
    const requests = new GatewayRequests(options.gatewayUrl, options.configuration);
    addApplicationPages(http, views, { ...options, visitorOf, requests });
    addConsolePages(http, views, { ...options, requests, konnect: new KonnectConsole(options.konnect) });
  });
}

/**
 * Refuses forms that another page sends. `SameSite` cookies are not enough: to a browser all ports of 127.0.0.1 are one
 * site.
 */
function refuseForeignForms(http: FastifyInstance): void {
  http.addHook('onRequest', async ({ method, headers: { origin, host } }) => {
    if (method === 'POST' && origin !== undefined && origin !== `http://${host}`) {
      throw new KonnectError(403, `A form of ${origin} is refused`);
    }
  });
}

/** Sends the visitor to the sign-in if the session is missing or has ended. Otherwise shows what is wrong. */
async function answerError(
  error: unknown,
  views: Views,
  visitor: Visitor,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const {
    status,
    statusCode = status ?? 500,
    message,
  } = error as Error & {
    readonly status?: number;
    readonly statusCode?: number;
  };
  if (error instanceof PortalRefusal && status === 401) {
    await visitor.changeSession(reply, '/developer/logout');
    return reply.redirect(`${visitor.home}/sign-in`, 303);
  }
  const title = statusCode === 404 ? 'Not found' : 'This did not work';
  return views.page(reply.code(statusCode), 'error', { title, message });
}
