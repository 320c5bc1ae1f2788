import { request as send } from 'node:http';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import type { GatewayRoute } from '../../../packages/sandbox/src/gateway/configuration';
import { matchRoute, type RoutedRequest } from '../../../packages/sandbox/src/gateway/routing';
import { Admin } from '../../support/admin';

/*
 * Which route a request takes, as in Kong's router.
 */
const route = (id: string, over: Partial<GatewayRoute>): GatewayRoute => ({
  ...{ controlPlaneId: 'cp', id, name: id, protocols: ['http', 'https'] },
  ...{ paths: [], methods: [], hosts: [], headers: {}, regexPriority: 0, httpsRedirectStatusCode: 426 },
  stripPath: true,
  service: { id: 'svc', name: 'service', enabled: true, host: 'upstream.internal', path: null },
  ...over,
});
const taken = (routes: readonly GatewayRoute[], request: Partial<RoutedRequest>) =>
  matchRoute(routes, { method: 'GET', path: '/', host: '127.0.0.1:8000', headers: {}, ...request })?.route.id;

test.each<[string, { [id: string]: Partial<GatewayRoute> }, Partial<RoutedRequest>, string | undefined]>([
  [
    'a host before a path',
    { path: { paths: ['/orders/long'] }, host: { hosts: ['a.example'] } },
    { host: 'a.example', path: '/orders/long' },
    'host',
  ],
  [
    'two kinds of conditions before one',
    { host: { hosts: ['a.example'] }, both: { paths: ['/'], methods: ['GET'] } },
    { host: 'a.example' },
    'both',
  ],
  ['no route of another host', { host: { hosts: ['a.example'] } }, { host: 'b.example' }, undefined],
  ['a host on every port', { host: { hosts: ['a.example'] } }, { host: 'a.example:8000' }, 'host'],
  ['no host on another port', { host: { hosts: ['a.example:81'] } }, { host: 'a.example:80' }, undefined],
  [
    'a plain host before a wildcard',
    { wild: { hosts: ['*.example.com'] }, plain: { hosts: ['a.example.com'] } },
    { host: 'a.example.com' },
    'plain',
  ],
  ['a wildcard at the end', { wild: { hosts: ['api.*'] } }, { host: 'api.example' }, 'wild'],
  ['no wildcard for nothing', { wild: { hosts: ['*.example.com'] } }, { host: 'example.com' }, undefined],
  [
    'a header',
    { header: { headers: { 'X-Tier': ['gold', 'silver'] } } },
    { headers: { 'x-tier': 'Gold' } },
    'header',
  ],
  [
    'no other value of it',
    { header: { headers: { 'X-Tier': ['gold'] } } },
    { headers: { 'x-tier': 'tin' } },
    undefined,
  ],
  ['a pattern of it', { header: { headers: { x: ['~*^g.*d$'] } } }, { headers: { x: 'gold' } }, 'header'],
  [
    'more headers first',
    { one: { headers: { a: ['1'] } }, two: { headers: { a: ['1'], b: ['2'] } } },
    { headers: { a: '1', b: '2' } },
    'two',
  ],
  ['a method', { get: { methods: ['GET'] }, post: { methods: ['POST'] } }, { method: 'POST' }, 'post'],
  [
    'the longest prefix',
    { short: { paths: ['/orders'] }, long: { paths: ['/orders/new'] } },
    { path: '/orders/new/1' },
    'long',
  ],
  [
    'a regular expression before a prefix',
    { prefix: { paths: ['/orders/new'] }, pattern: { paths: ['~/orders/\\w+$'] } },
    { path: '/orders/new' },
    'pattern',
  ],
  [
    'the larger regex priority',
    { low: { paths: ['~/orders/\\w+'], regexPriority: 1 }, high: { paths: ['~/o'], regexPriority: 2 } },
    { path: '/orders/new' },
    'high',
  ],
  ['the older one of two', { old: { paths: ['/x'] }, young: { paths: ['/x'] } }, { path: '/x' }, 'old'],
  [
    'a pattern with an inline flag',
    { pattern: { paths: ['~(?i)/orders$'] } },
    { path: '/ORDERS' },
    'pattern',
  ],
  ['a pattern with PCRE groups', { pattern: { paths: ['~/o/(?P<id>\\d+)$'] } }, { path: '/o/1' }, 'pattern'],
  ['a pattern from the beginning', { pattern: { paths: ['~orders'] } }, { path: '/orders' }, undefined],
  ['no route of another protocol', { grpc: { protocols: ['grpc'], paths: ['/'] } }, {}, undefined],
])('takes %s', (_what, routes, request, expected) => {
  const all = Object.entries(routes).map(([id, over]) => route(id, over));
  expect(taken(all, request)).toBe(expected);
});

describe('in a sandbox', () => {
  let sandbox: Sandbox;
  let admin: Admin;
  let plane: string;
  let service: string;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    admin = new Admin(sandbox);
    const { id } = await admin.konnect('POST', '/v2/control-planes', { name: 'plane' });
    plane = `/v2/control-planes/${id}/core-entities`;
    ({ id: service } = await admin.konnect('POST', `${plane}/services`, {
      url: 'https://upstream.internal/base',
      host: 'ignored.internal',
    }));
  });

  afterAll(() => sandbox.stop());

  const add = (body: object) =>
    admin.konnect('POST', `${plane}/routes`, { service: { id: service }, ...body });
  const ask = (path: string, host?: string) =>
    new Promise<{ status: number; location?: string; upgrade?: string }>((resolve, reject) => {
      send(`${sandbox.gateway.url}${path}`, { headers: host ? { host } : {} }, (answer) => {
        const { location, upgrade } = answer.headers;
        answer.resume().on('end', () => resolve({ status: answer.statusCode ?? 0, location, upgrade }));
      })
        .on('error', reject)
        .end();
    });

  test('a URL says protocol, host, port and path of a service', async () => {
    expect(await admin.konnect('GET', `${plane}/services/${service}`)).toMatchObject({
      ...{ protocol: 'https', host: 'upstream.internal', port: 443, path: '/base' },
    });
  });

  test('a route is found under its host only, and other hosts are refused', async () => {
    await add({ hosts: ['orders.example'], paths: ['/hosted'], protocols: ['http'] });
    expect((await ask('/hosted', 'orders.example')).status).toBe(200);
    expect((await ask('/hosted')).status).toBe(404);
    expect((await ask('/hosted', 'elsewhere.example')).status).toBe(421);
  });

  test('a route for https alone, which is the default, demands it of http: 426, or its redirect', async () => {
    await add({ paths: ['/secure'] });
    expect(await ask('/secure')).toMatchObject({ status: 426, upgrade: 'TLS/1.2, HTTP/1.1' });
    await add({ paths: ['/moved'], https_redirect_status_code: 301 });
    expect(await ask('/moved?a=1')).toMatchObject({ status: 301, location: 'https://127.0.0.1/moved?a=1' });
  });

  test.each<[string, object, string]>([
    ['no protocols', { paths: ['/x'], protocols: [] }, 'protocols must not be empty'],
    ['protocols that do not mix', { paths: ['/x'], protocols: ['http', 'grpc'] }, 'protocols must not mix'],
    ['http without a condition', { protocols: ['http'] }, 'protocols must have one of'],
    ['http by source', { paths: ['/x'], protocols: ['http'], sources: [{ ip: '10.0.0.1' }] }, 'sources'],
    [
      'grpc by method',
      { methods: ['GET'], paths: ['/x'], protocols: ['grpc'], strip_path: false },
      'methods',
    ],
    ['grpc that strips paths', { paths: ['/x'], protocols: ['grpc'] }, 'strip_path must be false'],
    ['tcp by path', { paths: ['/x'], protocols: ['tcp'] }, 'paths must not be set'],
    ['tcp without a condition', { protocols: ['tcp'] }, 'protocols must have one of sources'],
    ['a host with a scheme', { hosts: ['https://a.example'] }, 'hosts must be host names'],
    ['a host with a path', { hosts: ['a.example/x'] }, 'hosts must be host names'],
    ['a path without slash', { paths: ['x'] }, 'paths must begin with /'],
    ['a path with an empty segment', { paths: ['/a//b'] }, 'paths must not have empty segments'],
    ['an invalid pattern', { paths: ['~/a('] }, 'paths must be a valid regular expression'],
    ['a method in small letters', { methods: ['get'] }, 'methods must be in capitals'],
  ])('refuses a route with %s', async (_what, body, reason) => {
    const [field, ...words] = reason.split(' ');
    await expect(add(body)).rejects.toThrow(
      new RegExp(`400 .*"field":"${field}","rule":"invalid","reason":"[^"]*${words.join(' ')}`),
    );
  });

  test.each(['http://a.example/x', 'my host', 'x:8080', 'a/b'])(
    'refuses the service host %s',
    async (host) => {
      await expect(admin.konnect('POST', `${plane}/services`, { host })).rejects.toThrow(
        /400 .*"field":"host"/,
      );
    },
  );

  test('refuses a path of a service for grpc', async () => {
    const body = { host: 'a.example', protocol: 'grpc', path: '/x' };
    await expect(admin.konnect('POST', `${plane}/services`, body)).rejects.toThrow(/400 .*"field":"path"/);
  });
});
