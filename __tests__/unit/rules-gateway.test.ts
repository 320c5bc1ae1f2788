import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import { GatewayService, type GatewayServiceProps, Moves } from '../../lib';
import { gatewayRules } from '../../lib/rules-gateway';
import { newStack, synthesize } from '../support/synth';
import { type Broken, type Kept, messageOf, rowsOf, synthErrorOf, UUID } from '../support/validation';

const service = (stack: TerraformStack, props: Partial<GatewayServiceProps>, id = 'Id') =>
  new GatewayService(stack, id, { controlPlaneId: UUID, host: 'upstream.example.com', ...props });

const NAME =
  'must have no characters of ASCII but letters, digits, ., -, _ and ~ (Konnect). Received @. Give it a name without the other characters';
const name = (received: string) => NAME.replace('@', JSON.stringify(received));

const PROTOCOL =
  'must be one of grpc, grpcs, http, https, tcp, tls, tls_passthrough, udp, ws, wss (Konnect). Received "HTTP". Choose one of them, in small letters';

const TIMEOUT =
  'must be a whole number of milliseconds from 1 to 2147483646 (Konnect). Received @. Give milliseconds, for example 60000 for a minute';
const timeout = (received: number) => TIMEOUT.replace('@', String(received));

const TAG =
  'must have at least one character, all of them printable, and neither , nor / (Konnect). Received @. Replace the other characters';
const tag = (received: string) => TAG.replace('@', JSON.stringify(received));

const broken: Broken = {
  'stack/Id: invalid input\n  - port: must be a whole number from 0 to 65535 (Konnect). Received 65536. Give the port of the upstream.':
    (s) => service(s, { port: 65536 }),
  'stack/Id: invalid input\n  - port: must be a whole number from 0 to 65535 (Konnect). Received 80.5. Give the port of the upstream.':
    (s) => service(s, { port: 80.5 }),
  'stack/Id: invalid input\n  - path: must begin with / (Konnect). Received "anything". Put a slash in front.':
    (s) => service(s, { path: 'anything' }),
  'stack/Id: invalid input\n  - retries: must be a whole number from 0 to 32767 (Konnect). Received 32768. Give the number of retries, 0 for none.':
    (s) => service(s, { retries: 32768 }),
  'stack/Id/Route: invalid input\n  - paths, hosts, methods: must hold at least one path, host or method (Konnect). Received [[],[],[]]. Say which requests the route takes, for example paths: ["/orders"].':
    (s) => service(s, {}).addRoute('Route', { paths: [], methods: [] }),
  'stack/Id/Route: invalid input\n  - paths[2]: must begin with /, or with ~/ for a regular expression (Konnect). Received "c". Put a slash in front.\n  - paths[3]: must begin with /, or with ~/ for a regular expression (Konnect). Received "~d". Put a slash in front.':
    (s) => service(s, { routes: { Route: { paths: ['/a', '~/b', 'c', '~d'] } } }),
  [`stack/Id: invalid input\n  - name: ${name('my service')}.\n  - protocol: ${PROTOCOL}.`]: (s) =>
    service(s, { name: 'my service', protocol: 'HTTP' }),
  [`stack/Id: invalid input\n  - name: ${name('')}.`]: (s) => service(s, { name: '' }),
  [`stack/Id: invalid input\n  - connectTimeout: ${timeout(0)}.\n  - readTimeout: ${timeout(2147483647)}.\n  - writeTimeout: ${timeout(0.5)}.`]:
    (s) => service(s, { connectTimeout: 0, readTimeout: 2147483647, writeTimeout: 0.5 }),
  [`stack/Id: invalid input\n  - tags[1]: ${tag('a,b')}.\n  - tags[2]: ${tag('a/b')}.\n  - tags[3]: ${tag('')}.\n  - tags[4]: ${tag('a\n')}.`]:
    (s) => service(s, { tags: ['team payments', 'a,b', 'a/b', '', 'a\n'] }),
  [`stack/Id/Route: invalid input\n  - name: ${name('a:b')}.\n  - methods[1]: must consist of capital letters (Konnect). Received "get". Write it like GET.\n  - protocols[1]: ${PROTOCOL}.\n  - tags[0]: ${tag('a,b')}.`]:
    (s) =>
      service(s, {}).addRoute('Route', {
        name: 'a:b',
        methods: ['GET', 'get'],
        protocols: ['http', 'HTTP'],
        tags: ['a,b'],
      }),
};

test.each(rowsOf(broken))('%s', (message, act) => {
  expect(messageOf(() => act(newStack()))).toBe(message);
});

test('every rule has a message here', () => {
  const lines = Object.keys(broken).flatMap((message) => message.split('\n'));
  const without = Object.entries(gatewayRules).filter(
    ([, { rule, remedy }]) =>
      !lines.some((line) => line.includes(`: ${rule}. Received `) && line.endsWith(`. ${remedy}.`)),
  );
  expect(without).toEqual([]);
});

const kept: Kept[] = [
  ['port, retries at their limits', (s) => service(s, { port: 65535, retries: 32767 })],
  ['timeouts at their limits', (s) => service(s, { connectTimeout: 1, readTimeout: 2147483646 })],
  ['a name with every kind of sign', (s) => service(s, { name: 'aZ09.-_~ä😀' })],
  ['a tag with every kind of sign', (s) => service(s, { tags: ['a Z!+-.0~ä😀'] })],
  [
    'what is known at apply only',
    (s) => {
      const variable = new TerraformVariable(s, 'variable', {});
      const { stringValue: text, numberValue: number, listValue: list } = variable;
      service(s, {
        name: text,
        protocol: text,
        connectTimeout: number,
        readTimeout: number,
        writeTimeout: number,
        tags: [text],
        routes: { route: { name: `a ${text}`, methods: [text], protocols: list, tags: list } },
      });
    },
  ],
];

test.each(kept)('%s: accepted', (_what, act) => {
  expect(() => act(newStack())).not.toThrow();
});

describe('a name that is the id of the construct', () => {
  function stackWithService(id: string): { stack: TerraformStack; made: GatewayService } {
    const stack = newStack();
    new KonnectProvider(stack, 'konnect', {});
    return { stack, made: service(stack, { routes: { route: { paths: ['/'] } } }, id) };
  }

  test('is refused at synthesis where Konnect would refuse it', () => {
    const { stack, made } = stackWithService('my service');
    made.addRoute('all of it', { paths: ['/all'] });
    const error = synthErrorOf(stack);
    expect(error).toContain(`stack/my service: invalid input\n  - name: ${name('my service')}.`);
    expect(error).toContain(`stack/my service/all of it: invalid input\n  - name: ${name('all of it')}.`);
  });

  test('is the first one, which may have been a better one', () => {
    const { stack, made } = stackWithService('my service');
    Moves.from(made, 'service');
    expect(synthesize(stack).only('konnect_gateway_service').name).toBe('service');
  });
});
