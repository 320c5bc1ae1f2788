import { chooseRequest, type RequestOptions } from '../../../cli/chain/route-request';
import { StepStatus } from '../../../cli/progress';

const choose = (routes: readonly object[], options: Partial<RequestOptions> = {}) =>
  chooseRequest(
    routes.map((route, index) => ({ id: String(index), ...route })),
    { host: 'localhost', unsafeMethods: false, ...options },
  );
const request = (method: string, path: string, otherHosts: readonly string[] = []) => ({
  request: { method, path, otherHosts },
});

describe('the request', () => {
  test.each<[string, object[], ReturnType<typeof request>]>([
    ['is GET where the route takes all methods', [{ paths: ['/a', '/b'] }], request('GET', '/a')],
    ['is GET wherever it is named', [{ paths: ['/a'], methods: ['POST', 'GET'] }], request('GET', '/a')],
    [
      'is GET of another route rather than HEAD',
      [
        { paths: ['/a'], methods: ['POST'] },
        { paths: ['/b'], methods: ['HEAD'] },
        { paths: ['/c'], methods: ['GET'] },
      ],
      request('GET', '/c'),
    ],
    [
      'is HEAD where no route takes GET',
      [{ paths: ['/a'], methods: ['POST', 'HEAD'] }],
      request('HEAD', '/a'),
    ],
    ['has no regular expression', [{ paths: ['~/a/\\d+', '/b'] }], request('GET', '/b')],
    [
      'has the path / where a route takes every path',
      [{ paths: null, hosts: ['localhost'] }],
      request('GET', '/'),
    ],
    [
      'goes to a route for every host, or for that of the gateway',
      [
        { paths: ['/a'], hosts: ['api.example.test'] },
        { paths: ['/b'], hosts: ['localhost:8000'] },
      ],
      request('GET', '/b'),
    ],
    [
      'is HEAD for every host rather than GET for another',
      [
        { paths: ['/a'], hosts: ['api.example.test'] },
        { paths: ['/b'], methods: ['HEAD'] },
      ],
      request('HEAD', '/b'),
    ],
    [
      'goes to a route that asks for no header',
      [
        { paths: ['/a'], headers: { 'x-version': ['2'] } },
        { paths: ['/b'], headers: {} },
      ],
      request('GET', '/b'),
    ],
    [
      'goes to a route for another host where there is no other, and says so',
      [{ paths: ['/a'], hosts: ['api.example.test'] }],
      request('GET', '/a', ['api.example.test']),
    ],
  ])('%s', (_, routes, expected) => {
    expect(choose(routes)).toEqual(expected);
  });

  test.each([
    ['*.example.test', 'api.example.test', true],
    ['*.example.test', 'example.test', false],
    ['api.*', 'api.example.test', true],
    ['API.example.test', 'api.example.test', true],
    ['api.example.test', 'example.test', false],
  ])('knows whether %s takes %s: %s', (pattern, host, takes) => {
    const otherHosts = takes ? [] : [pattern];
    expect(choose([{ paths: ['/a'], hosts: [pattern] }], { host })).toEqual(request('GET', '/a', otherHosts));
  });

  test('is undefined when no route has a plain path', () => {
    expect(choose([{ paths: ['~/a'] }, { paths: null, expression: 'http.path == "/a"' }])).toBeUndefined();
  });
});

describe('a method that may change something', () => {
  const routes = [
    { paths: ['/a'], methods: ['POST', 'PUT'] },
    { paths: ['/b'], methods: ['POST', 'OPTIONS'] },
  ];

  test('is not sent, and named', () => {
    for (const [choice, methods] of [
      [choose(routes), 'POST, PUT, OPTIONS'],
      [choose(routes, { path: '/b/c' }), 'POST, OPTIONS'],
    ] as const) {
      const outcome = choice && 'notSent' in choice ? choice.notSent : undefined;
      expect(outcome?.status).toBe(StepStatus.SKIPPED);
      expect(outcome?.detail).toContain(`only ${methods},`);
    }
  });

  test('is used if allowed, but not before GET', () => {
    expect(choose(routes, { unsafeMethods: true })).toEqual(request('POST', '/a'));
    expect(choose([...routes, { paths: ['/c'] }], { unsafeMethods: true })).toEqual(request('GET', '/c'));
  });
});

describe('a given path', () => {
  const routes = [
    { paths: ['/orders'], methods: ['POST'] },
    { paths: ['/stock'], hosts: ['stock.example.test'] },
    { paths: ['/bills'], methods: ['HEAD', 'POST'] },
  ];

  test('has method and host of the route that takes it', () => {
    expect(choose(routes, { path: '/bills/1' })).toEqual(request('HEAD', '/bills/1'));
    expect(choose(routes, { path: '/stock/1' })).toEqual(request('GET', '/stock/1', ['stock.example.test']));
    expect(choose(routes, { path: '/orders/1', unsafeMethods: true })).toEqual(request('POST', '/orders/1'));
  });

  test('may match a regular expression', () => {
    const expressions = [{ paths: ['~/a/\\d+'], methods: ['HEAD'] }];
    expect(choose(expressions, { path: '/a/1' })).toEqual(request('HEAD', '/a/1'));
  });

  test('is requested with GET when no route seems to take it', () => {
    expect(choose(routes, { path: '/nowhere' })).toEqual(request('GET', '/nowhere'));
    expect(choose([], { path: '/nowhere' })).toEqual(request('GET', '/nowhere'));
  });
});
