import fastify, { type FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Clock } from '../../../packages/sandbox/src/clock';
import type { GatewayPublication, GatewayRoute } from '../../../packages/sandbox/src/gateway/configuration';
import { Gateway } from '../../../packages/sandbox/src/gateway/gateway';
import { RequestLog } from '../../../packages/sandbox/src/http/request-log';

/*
 * The gateway against an issuer that signs the tokens of a test.
 */
const REASON = 'x-sandbox-reason';
const clock = new Clock();
const log = new RequestLog();

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let otherKeys: typeof keys;
let issuerServer: FastifyInstance;
let issuer: string;
let gateway: Gateway;

let tokenAnswer: { status: number; body: object };
let asked: { authorization?: string; body: string }[];
let publications: GatewayPublication[];
let registered: string[];
let routes: GatewayRoute[];

const upstream = { id: 'svc', name: 'service', enabled: true, host: 'upstream.internal', path: '/base' };
const route = (over: Partial<GatewayRoute> = {}): GatewayRoute => ({
  controlPlaneId: 'cp',
  id: 'route',
  name: 'route',
  protocols: ['http', 'https'],
  paths: ['/anything'],
  methods: [],
  hosts: [],
  headers: {},
  regexPriority: 0,
  httpsRedirectStatusCode: 426,
  stripPath: true,
  service: upstream,
  ...over,
});

beforeAll(async () => {
  [keys, otherKeys] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' };
  issuerServer = fastify({ forceCloseConnections: true });
  issuerServer.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  );
  issuerServer.get('/oauth2/default/.well-known/openid-configuration', async () => ({
    issuer,
    token_endpoint: `${issuer}/v1/token`,
    jwks_uri: `${issuer}/v1/keys`,
  }));
  issuerServer.get('/oauth2/default/v1/keys', async () => ({ keys: [jwk] }));
  issuerServer.post('/oauth2/default/v1/token', async (request, reply) => {
    asked.push({ authorization: request.headers.authorization, body: request.body as string });
    return reply.code(tokenAnswer.status).send(tokenAnswer.body);
  });
  issuer = `${await issuerServer.listen({ host: '127.0.0.1', port: 0 })}/oauth2/default`;
  gateway = await Gateway.start({
    clock,
    log,
    configuration: {
      routes: () => routes,
      publications: () => publications,
      accessControl: () => undefined,
      isRegistered: (clientId, strategyId, apiId) =>
        registered.includes(`${clientId} ${strategyId} ${apiId}`),
    },
  });
});

afterAll(async () => {
  await gateway.stop();
  await issuerServer.close();
});

beforeEach(() => {
  asked = [];
  routes = [route()];
  registered = ['client strategy api'];
  publications = [publication('api', ['client_credentials'])];
  tokenAnswer = {
    status: 400,
    body: { error: 'access_denied', error_description: 'Policy evaluation failed' },
  };
});

function publication(
  apiId: string,
  authMethods: string[],
  id = 'strategy',
  claim = ['clientId'],
): GatewayPublication {
  return {
    apiId,
    portalId: 'portal',
    strategy: { id, issuer, credentialClaim: claim, scopes: ['api.access', 'b'], authMethods },
  };
}

interface TokenOptions {
  readonly claims?: object;
  readonly from?: string;
  readonly lifetime?: number;
  readonly key?: typeof keys;
}

function sign({
  claims = { clientId: 'client' },
  from = issuer,
  lifetime = 60,
  key = keys,
}: TokenOptions = {}) {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'k' })
    .setIssuer(from)
    .setExpirationTime(clock.epochSeconds() + lifetime)
    .sign(key.privateKey);
}

const basic = (text = 'client:secret') => `Basic ${Buffer.from(text).toString('base64')}`;

async function request(authorization?: string, path = '/anything', method = 'GET') {
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: authorization ? { authorization } : {},
  });
  return {
    status: response.status,
    reason: response.headers.get(REASON),
    body: (await response.json()) as { [name: string]: unknown },
  };
}

describe('client credentials', () => {
  test('get a token with the scopes of the strategy, and open the API', async () => {
    tokenAnswer = { status: 200, body: { access_token: await sign() } };
    const { status, body } = await request(basic(), '/anything/orders?x=1');
    expect(status).toBe(200);
    expect(body).toMatchObject({ method: 'GET', host: 'upstream.internal', path: '/base/orders' });
    expect(JSON.stringify(body)).not.toContain('authorization');
    expect(asked).toEqual([
      { authorization: basic(), body: 'grant_type=client_credentials&scope=api.access+b' },
    ]);
  });

  test('are asked for', async () => {
    expect(await request()).toEqual({
      status: 401,
      reason: 'no credentials for client_credentials',
      body: { message: 'Unauthorized' },
    });
    expect(asked).toEqual([]);
  });

  test('that the issuer refuses are refused with its reason', async () => {
    expect(await request(basic())).toMatchObject({
      status: 401,
      reason: 'access_denied: Policy evaluation failed',
    });
  });

  test('of a client without a registration are forbidden', async () => {
    tokenAnswer = { status: 200, body: { access_token: await sign({ claims: { clientId: 'other' } }) } };
    expect(await request(basic('other:secret'))).toEqual({
      status: 403,
      reason: 'no approved registration for other',
      body: { message: 'Forbidden' },
    });
  });

  test('of a registration for another API or strategy are forbidden', async () => {
    tokenAnswer = { status: 200, body: { access_token: await sign() } };
    registered = ['client strategy another', 'client another api'];
    expect((await request(basic())).status).toBe(403);
  });

  test.each([
    ['another issuer', { from: 'http://127.0.0.1/oauth2/other' }, 401, 'unexpected "iss" claim value'],
    ['an expiry that is over', { lifetime: -1 }, 401, '"exp" claim timestamp check failed'],
    ['no credential claim', { claims: { cid: 'client' } }, 403, 'the token has no claim clientId'],
  ])('with a token of %s do not open it', async (_what, options, status, reason) => {
    tokenAnswer = { status: 200, body: { access_token: await sign(options) } };
    expect(await request(basic())).toMatchObject({ status, reason });
  });

  test('with a token that somebody else signed do not open it', async () => {
    tokenAnswer = { status: 200, body: { access_token: await sign({ key: otherKeys }) } };
    expect(await request(basic())).toMatchObject({ status: 401, reason: 'signature verification failed' });
  });

  test('are found at a nested claim', async () => {
    publications = [publication('api', ['client_credentials'], 'strategy', ['app', 'id'])];
    tokenAnswer = { status: 200, body: { access_token: await sign({ claims: { app: { id: 'client' } } }) } };
    expect((await request(basic())).status).toBe(200);
  });
});

describe('bearer tokens', () => {
  test('are taken when the strategy has the method', async () => {
    publications = [publication('api', ['bearer'])];
    expect((await request(`Bearer ${await sign()}`)).status).toBe(200);
    expect(asked).toEqual([]);
  });

  test('are refused when it has not', async () => {
    expect((await request(`Bearer ${await sign()}`)).status).toBe(401);
  });

  test('expire with the clock', async () => {
    publications = [publication('api', ['bearer'])];
    const token = await sign({ lifetime: 60 });
    clock.advance(61);
    expect(await request(`Bearer ${token}`)).toMatchObject({
      status: 401,
      reason: '"exp" claim timestamp check failed',
    });
  });
});

describe('publications', () => {
  test('without a strategy leave the API open', async () => {
    publications = [{ apiId: 'api', portalId: 'portal' }];
    expect((await request()).status).toBe(200);
  });

  test('on two portals accept the credentials of either', async () => {
    publications = [
      publication('api', ['client_credentials'], 'first'),
      publication('api', ['client_credentials']),
    ];
    tokenAnswer = { status: 200, body: { access_token: await sign() } };
    expect((await request(basic())).status).toBe(200);
  });

  test.each([['first'], ['last']])(
    'on two portals answer with what gets furthest, which is %s',
    async (place) => {
      const both = [publication('api', ['client_credentials'], 'other'), publication('api', ['bearer'])];
      publications = place === 'first' ? both : both.reverse();
      tokenAnswer = { status: 200, body: { access_token: await sign() } };
      // Known to Okta, and not registered with the strategy that takes what it sends.
      expect((await request(basic())).status).toBe(403);
      expect((await request()).status).toBe(401);
    },
  );

  test('whose issuer has no discovery document, or is not on loopback, fail', async () => {
    const [{ strategy }] = publications as [Required<GatewayPublication>];
    for (const wrong of [`${issuer}/nowhere`, 'https://example.okta.com/oauth2/default']) {
      publications = [{ apiId: 'api', portalId: 'portal', strategy: { ...strategy, issuer: wrong } }];
      const { status, reason, body } = await request(basic());
      expect([status, body]).toEqual([500, { message: 'An unexpected error occurred' }]);
      expect(reason).toContain(wrong);
    }
  });
});

describe('routes', () => {
  beforeEach(() => {
    publications = [];
  });

  test('that do not match are not found', async () => {
    expect(await request(undefined, '/other')).toMatchObject({
      status: 404,
      body: { message: 'no Route matched with those values' },
    });
    routes = [route({ methods: ['POST'] })];
    expect((await request()).status).toBe(404);
    expect((await request(undefined, '/anything', 'POST')).status).toBe(200);
  });

  test('of a disabled service are not found', async () => {
    routes = [route({ service: { ...upstream, enabled: false } })];
    expect((await request()).status).toBe(404);
  });

  test.each([
    ['the longest prefix', ['/anything', '/anything/deep'], '/anything/deep/er', '/base/er'],
    ['a regular expression before a prefix', ['/anything', '~/any\\w+/\\d+'], '/anything/12/x', '/base/x'],
  ])('take %s', async (_what, paths, path, expected) => {
    routes = [route({ paths })];
    expect((await request(undefined, path)).body.path).toBe(expected);
  });

  test('keep the path unless they strip it', async () => {
    routes = [route({ stripPath: false })];
    expect((await request(undefined, '/anything/x')).body.path).toBe('/base/anything/x');
  });
});

test('another host name is refused', async () => {
  const { hostname, port } = new URL(gateway.url);
  const { request: send } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    send({ hostname, port, path: '/anything', headers: { host: 'attacker.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});
