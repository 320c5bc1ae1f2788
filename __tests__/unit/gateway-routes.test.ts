import type { GatewayRouteOptions, GatewayServiceProps } from '../../lib';
import { GatewayRoute, GatewayService } from '../../lib';
import { Fixture } from '../support/fixture';
import { catchError, warningsOf } from '../support/validation';

/** Props that are invalid, the one prop that is named, and a part of the message. */
type Refused<T> = readonly [prop: string, text: string, props: Partial<T>];

function createService(props: Partial<GatewayServiceProps>): GatewayService {
  const { stack, controlPlane } = new Fixture();
  return new GatewayService(stack, 'it', { controlPlane, host: 'api.example.com', ...props });
}

function createRoute(props: GatewayRouteOptions): Fixture {
  const fixture = new Fixture();
  new GatewayRoute(fixture.stack, 'it', { service: fixture.service, ...props });
  return fixture;
}

function pathWarnings(path: string): string[] {
  return warningsOf(createRoute({ paths: [path] }).stack).filter((warning) => warning.includes('Paths'));
}

function expectRefused<T>(create: (props: Partial<T>) => unknown, [prop, text, props]: Refused<T>): void {
  const { failures, message } = catchError(() => create(props));
  expect(failures.map((each) => each.prop)).toEqual([prop]);
  expect(message).toContain(text);
}

describe('a service', () => {
  test.each(['localhost', 'a_b.example.com', '10.0.0.1', '::1', '[::1]', 'xn--tst-qla.de', 'example.com.'])(
    'has the host %s',
    (host) => {
      expect(createService({ host }).resource.hostInput).toBe(host);
    },
  );

  test.each<readonly [host: string, remedy: string]>([
    [
      'http://httpbin.konghq.com/anything',
      'Set protocol to http, host to httpbin.konghq.com, path to /anything.',
    ],
    [
      'https://api.example.com:443/v1?q=1#f',
      'Set protocol to https, host to api.example.com, port to 443, path to /v1.',
    ],
    ['grpc://x:9000', 'Set protocol to grpc, host to x, port to 9000.'],
    ['x:8080', 'Set host to x, port to 8080.'],
    ['10.0.0.1:80', 'Set host to 10.0.0.1, port to 80.'],
    ['[::1]:80', 'Set host to [::1], port to 80.'],
    ['api.example.com/v1', 'Set host to api.example.com, path to /v1.'],
    ['*.example.com', 'Use a host such as api.example.com'],
    ['my host', 'Use a host such as api.example.com'],
    ['bücher.example', 'Use a host such as api.example.com'],
    ['a..b', 'Use a host such as api.example.com'],
    ['999.1.1.1', 'Use a host such as api.example.com'],
    ['1:2:3', 'Use a host such as api.example.com'],
  ])('has no host %s', (host, remedy) => {
    expectRefused(createService, ['host', remedy, { host }]);
  });

  test('shows no credentials of a URL', () => {
    for (const host of ['https://user:s3cret@example.com', 'user:s3cret@example.com']) {
      const { message } = catchError(() => createService({ host }));
      expect(message).toContain('host to example.com');
      expect(message).not.toContain('s3cret');
    }
  });

  test.each<readonly [protocol: string, port: number | undefined]>([
    ['http', undefined],
    ['https', 443],
    ['grpc', undefined],
    ['grpcs', 443],
    ['ws', undefined],
    ['wss', 443],
    ['tls', undefined],
  ])('with %s has the port %s', (protocol, port) => {
    expect(createService({ protocol }).resource.portInput).toBe(port);
    expect(createService({ protocol, port: 9000 }).resource.portInput).toBe(9000);
  });

  test.each(['grpc', 'grpcs', 'tcp', 'tls', 'tls_passthrough', 'udp'])('with %s has no path', (protocol) => {
    expectRefused(createService, ['path', 'must not be set', { protocol, path: '/v1' }]);
  });

  test.each(['//', '/a//b', 'a', '', '/a b', '/a?b=1', '/a#b'])('has no path "%s"', (path) => {
    expectRefused(createService, ['path', 'must start with /', { path }]);
  });

  test('with an unknown protocol has an error for the protocol only', () => {
    expectRefused(createService, ['protocol', 'must be one of', { protocol: 'HTTP', path: '/v1' }]);
  });
});

describe('a route', () => {
  test.each<GatewayRouteOptions>([
    { hosts: ['x:80', '*.example.com:8443', 'api.*', '[::1]:80', '::1', 'a_b'] },
    {
      paths: ['/', '/orders', '~/orders/\\d+$', '~/(?i)orders', '~/(?P<id>x)', '~/a++b', '~/(?>a)', '~/a//b'],
    },
    { headers: { 'X-Version': ['1', '2'] } },
    { snis: ['example.com', '*.example.com'] },
    { protocols: ['grpcs'], snis: ['example.com'] },
    { protocols: ['wss'], snis: ['example.com'] },
    { protocols: ['ws'], paths: ['/x'] },
    { protocols: ['grpc', 'grpcs'], paths: ['/orders.Orders/'] },
    { protocols: ['tcp'], sources: [{ ip: '10.0.0.0/8' }, { port: 1 }, { ip: '::1/128' }] },
    { protocols: ['tls'], snis: ['example.com'] },
    { protocols: ['tls_passthrough'], snis: ['example.com'] },
    { protocols: ['udp'], destinations: [{ port: 53 }] },
  ])('with %j is valid', (props) => {
    expect(() => createRoute(props)).not.toThrow();
  });

  test.each<Refused<GatewayRouteOptions>>([
    ['hosts[0]', 'ASCII host name', { hosts: ['https://example.com'] }],
    ['hosts[0]', 'ASCII host name', { hosts: ['example.com/v1'] }],
    ['hosts[0]', 'ASCII host name', { hosts: ['example.com:99999'] }],
    ['hosts[0]', 'ASCII host name', { hosts: ['*'] }],
    ['hosts[0]', 'ASCII host name', { hosts: ['*.example.*'] }],
    ['hosts[0]', 'ASCII host name', { hosts: ['a*.example.com'] }],
    ['paths[0]', 'must have no //', { paths: ['/a//b'] }],
    ['paths[0]', 'regular expression must be valid', { paths: ['~/('] }],
    ['paths[0]', 'regular expression must be valid', { paths: ['~/*+('] }],
    ['paths[0]', 'regular expression must be valid', { paths: ['~/(?i)a('] }],
    ['headers.Host', 'must not be Host', { headers: { Host: ['example.com'] } }],
    ['headers.host', 'must not be Host', { headers: { host: ['example.com'] } }],
    ['headers.a b', 'letters, digits', { headers: { 'a b': ['x'] } }],
    ['snis[0]', 'not an address', { snis: ['10.0.0.1'] }],
    ['snis[0]', 'without scheme, port', { snis: ['example.com:443'] }],
    ['snis[0]', 'without scheme, port', { snis: ['https://example.com'] }],
    ['protocols', 'must have at least 1 item', { protocols: [], snis: ['example.com'] }],
    ['protocols', 'must be of one family', { protocols: ['http', 'grpc'], paths: ['/x'] }],
    ['protocols', 'must be of one family', { protocols: ['tls', 'tls_passthrough'], snis: ['x'] }],
    ['methods', 'must not be set for gRPC', { protocols: ['grpc'], paths: ['/x'], methods: ['POST'] }],
    ['stripPath', 'must be false for gRPC', { protocols: ['grpc'], paths: ['/x'], stripPath: true }],
    ['paths', 'must not be set for tcp', { protocols: ['tcp'], paths: ['/x'], sources: [{ port: 1 }] }],
    ['sources', 'must not be set for HTTP', { paths: ['/x'], sources: [{ port: 1 }] }],
    ['snis', 'must not be set without a TLS', { protocols: ['http'], paths: ['/x'], snis: ['x'] }],
    ['snis', 'must have at least one', { protocols: ['tls_passthrough'], destinations: [{ port: 443 }] }],
    ['sources, destinations, snis', 'must have at least one', { protocols: ['udp'] }],
    ['paths, hosts, methods, headers, snis', 'must have at least one', { headers: {} }],
    ['sources[0].ip, port', 'must have at least one', { protocols: ['tcp'], sources: [{}] }],
    ['sources[0].ip', 'must be an IP address', { protocols: ['tcp'], sources: [{ ip: '10.0.0.0/33' }] }],
    ['sources[0].ip', 'must be an IP address', { protocols: ['tcp'], sources: [{ ip: 'example.com' }] }],
  ])('is refused for %s: %s', (...refused) => {
    expectRefused(createRoute, refused);
  });

  test.each(['/orders/{id}', '/orders/\\d+', '/orders/:id', '/orders/.*', '/orders$'])(
    'warns about the path %s, which looks like a pattern',
    (path) => {
      expect(pathWarnings(path)).toEqual([
        expect.stringContaining(`Paths ${path} of route stack/it are prefixes, not patterns.`),
      ]);
    },
  );

  test.each(['/orders', '/orders.json', '/orders/a:cancel', '~/orders/\\d+$'])(
    'does not warn about %s',
    (path) => {
      expect(pathWarnings(path)).toEqual([]);
    },
  );

  test('writes the protocols, and no stripPath for gRPC', () => {
    const { stack, service } = new Fixture();
    const http = new GatewayRoute(stack, 'http', { service, paths: ['/x'] });
    const grpc = new GatewayRoute(stack, 'grpc', { service, protocols: ['grpc'], paths: ['/x'] });
    expect(http.resource.protocolsInput).toEqual(['http', 'https']);
    expect([http.resource.stripPathInput, grpc.resource.stripPathInput]).toEqual([undefined, false]);
  });
});
