import { connect, Server as Listener } from 'node:net';
import { Client, credentials, type ServiceError } from '@grpc/grpc-js';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';

/*
 * Everything that a sandbox opens is on the loopback interface, and answers to the names of that only: no other machine
 * reaches it, and no web page through a name that leads to 127.0.0.1.
 */
let sandbox: Sandbox;
let listeners: readonly Listener[];

beforeAll(async () => {
  const listening = jest.spyOn(Listener.prototype, 'listen');
  sandbox = await Sandbox.start();
  listeners = listening.mock.contexts as unknown as Listener[];
  listening.mockRestore();
});

afterAll(() => sandbox.stop());

test('every port is one of 127.0.0.1', () => {
  const addresses = listeners.map((each) => each.address() as { address: string });
  // Okta, Konnect, portals, gateway and two providers.
  expect(addresses.map(({ address }) => address)).toEqual(Array(6).fill('127.0.0.1'));
});

/** The status of an answer to a request that is sent as it stands. */
function statusOf(url: string, target: string, ...headers: readonly string[]): Promise<number> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.end(
    [`GET ${target} HTTP/1.${headers.length > 0 ? 1 : 0}`, ...headers, 'Connection: close', '', ''].join(
      '\r\n',
    ),
  );
  return new Promise((resolve, reject) => {
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    socket.on('error', reject).on('close', () => resolve(Number(/^HTTP\/1\.\d (\d+)/.exec(answer)?.[1])));
  });
}

const services = ['okta', 'konnect', 'portal', 'gateway'] as const;

describe.each(services)('%s', (service) => {
  test.each<[string, string[]]>([
    ['/', ['Host: attacker.example']],
    ['/', ['Host: attacker.example:80']],
    ['/', ['Host: 127.0.0.1.attacker.example']],
    ['/', ['Host: 127.0.0.1@attacker.example']],
    ['/', ['Host: sandbox.okta.invalid.attacker.example']],
    ['/', ['Host: 0.0.0.0']],
    ['/', ['Host: [::1]']],
    ['/', ['Host: ']],
    ['/', []],
    ['/no/such/path', ['Host: attacker.example']],
    ['http://attacker.example/', ['Host: 127.0.0.1']],
    ['HTTP://attacker.example', ['Host: 127.0.0.1']],
    ['http://127.0.0.1@attacker.example/', ['Host: 127.0.0.1']],
    ['http://127.0.0.1/', ['Host: attacker.example']],
  ])('refuses %s with %j', async (target, headers) => {
    expect(await statusOf(sandbox[service].url, target, ...headers)).toBe(421);
  });

  test.each<[string, string[]]>([
    ['/', ['Host: 127.0.0.1:1']],
    ['/', ['Host: LOCALHOST']],
    ['http://localhost', ['Host: 127.0.0.1']],
    ['http://127.0.0.1:1/?next=http://attacker.example/', ['Host: 127.0.0.1']],
  ])('answers %s with %j', async (target, headers) => {
    expect([200, 400, 401, 404]).toContain(await statusOf(sandbox[service].url, target, ...headers));
  });
});

test('the Okta org answers under its own name, for a provider that takes it for its proxy, and nothing else does', async () => {
  const users = `http://${sandbox.okta.orgName}.${sandbox.okta.baseUrl}/api/v1/users/me`;
  const host = `Host: ${new URL(users).host}`;
  const token = `Authorization: SSWS ${sandbox.okta.apiToken}`;
  const statuses = services.map((service) => statusOf(sandbox[service].url, users, host, token));
  expect(await Promise.all(statuses)).toEqual([200, 421, 421, 421]);
});

test('the fake providers answer Terraform, and refuse other names', async () => {
  const reattach = JSON.parse(sandbox.environment().TF_REATTACH_PROVIDERS ?? '') as {
    readonly [address: string]: { readonly Addr: { readonly String: string } };
  };
  for (const { Addr } of Object.values(reattach)) {
    expect(await call(Addr.String, 'unused')).toBe(0);
    expect(await call(Addr.String, 'localhost')).toBe(0);
    expect(await call(Addr.String, 'attacker.example')).toBe(7);
  }
});

/** The gRPC status of a call under a host name. */
function call(address: string, host: string): Promise<number> {
  const client = new Client(address, credentials.createInsecure(), { 'grpc.default_authority': host });
  const asIs = (bytes: Buffer) => bytes;
  return new Promise((resolve) => {
    const done = (error: ServiceError | null) => {
      client.close();
      resolve(error?.code ?? 0);
    };
    client.makeUnaryRequest('/tfplugin6.Provider/GetMetadata', asIs, asIs, Buffer.alloc(0), done);
  });
}
