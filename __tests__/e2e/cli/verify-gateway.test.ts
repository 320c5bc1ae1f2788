import fastify, { type FastifyInstance } from 'fastify';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../../support/command';
import { ManualSetup } from '../../support/manual-setup';
import { SecretScanner } from '../../support/secret-scanner';

/*
 * `verify` with answers that the sandbox's gateway does not give: which requests are sent, how often, and how the answers
 * are explained.
 */
interface Answer {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: object;
}

/** Answers requests with the right credentials. `undefined` closes the connection. */
type Service = (attempt: number) => Answer | undefined;

const REFUSED: Answer = { status: 401, body: { message: 'Unauthorized' } };
const NO_ROUTE: Answer = { status: 404, body: { message: 'no Route matched with those values' } };

let sandbox: Sandbox;
let made: ManualSetup;
let command: CommandRunner;
let gateway: FastifyInstance;
let service: Service;
let refusal: Answer;
let sent: { readonly method: string; readonly path: string }[];
let attempts: number;

beforeEach(async () => {
  sandbox = await Sandbox.start();
  made = await ManualSetup.create(sandbox);
  const right = `Basic ${Buffer.from(`${made.clientId}:${made.clientSecret}`).toString('base64')}`;
  service = () => ({ status: 200 });
  refusal = REFUSED;
  sent = [];
  attempts = 0;
  gateway = fastify({ forceCloseConnections: true });
  gateway.all('/*', async (request, reply) => {
    sent.push({ method: request.method, path: request.url });
    const answer = request.headers.authorization === right ? service(++attempts) : refusal;
    if (!answer) {
      request.raw.socket.destroy();
      return reply;
    }
    const { status, headers = {}, body = {} } = answer;
    return reply.code(status).headers(headers).send(body);
  });
  const url = await gateway.listen({ host: '127.0.0.1', port: 0 });
  command = CommandRunner.forSandbox(sandbox, { KONNECT_PROXY_URL: url });
  command.writeState(made.state());
  await command.run('register', '--state', 'state.json', '--developer', 'dev@example.test');
});

afterEach(async () => {
  expect(SecretScanner.of(sandbox).find({ command: command.everything })).toEqual([]);
  command.remove();
  await gateway.close();
  await sandbox.stop();
});

async function verify(...options: string[]) {
  const { exitCode, stdout } = await command.run('verify', '--state', 'state.json', '--json', ...options);
  const { links } = JSON.parse(stdout) as {
    links: { name: string; status: string; detail: string; remedy?: string }[];
  };
  const link = (name: string) => links.find((each) => each.name === name);
  return { exitCode, links, passes: link('with-credentials'), refused: link('without-credentials'), link };
}

const changeRoute = (changes: object) =>
  made.admin.konnect(
    'PUT',
    `/v2/control-planes/${made.controlPlaneId}/core-entities/routes/${made.routeId}`,
    { name: 'example-route', paths: ['/anything'], service: { id: made.serviceId }, ...changes },
  );

describe('an API whose routes take neither GET nor HEAD', () => {
  beforeEach(() => changeRoute({ methods: ['POST'] }));

  test('gets no request, and the links say why', async () => {
    const { exitCode, links, link } = await verify('--wait', '0');
    expect(sent).toEqual([]);
    expect(link('implementation')).toMatchObject({
      status: 'ok',
      detail: 'linked, but its routes take neither GET nor HEAD',
    });
    expect(links.slice(8).map(({ status, detail }) => [status, detail])).toEqual(
      Array(4).fill(['skipped', 'not sent: the routes take only POST, which may change something']),
    );
    expect(links[8]?.remedy).toContain('--unsafe-methods');
    expect(exitCode).toBe(0);
    expect((await verify('--wait', '0', '--require-all')).exitCode).toBe(1);
    expect((await verify('--wait', '0', '--path', '/anything/1')).passes?.status).toBe('skipped');
    expect(sent).toEqual([]);
  });

  test('gets each request once if allowed', async () => {
    const { exitCode, passes } = await verify('--unsafe-methods');
    expect(passes).toMatchObject({ status: 'ok', detail: '200' });
    expect(exitCode).toBe(0);
    expect(sent).toEqual(Array(3).fill({ method: 'POST', path: '/anything' }));
  });

  test.each<[string, Answer | undefined]>([
    ['fails', { status: 503 }],
    ['has been asked too often', { status: 429 }],
    ['answers nothing', undefined],
  ])('gets no second request when the service %s', async (_, answer) => {
    service = () => answer;
    const { passes } = await verify('--unsafe-methods', '--wait', '5');
    expect(passes?.status).toBe('failed');
    expect(attempts).toBe(1);
  });

  test('gets it again while the gateway refuses it', async () => {
    service = (attempt) => (attempt === 1 ? { status: 403 } : { status: 201 });
    const { passes } = await verify('--unsafe-methods', '--wait', '5');
    expect(passes).toMatchObject({ status: 'ok', detail: '201' });
    expect(attempts).toBe(2);
  });
});

describe('an API that takes GET', () => {
  test.each<[string, Answer | undefined]>([
    ['fails', { status: 503 }],
    ['answers nothing', undefined],
  ])('gets another request while the service %s', async (_, answer) => {
    service = (attempt) => (attempt === 1 ? answer : { status: 204 });
    const { passes } = await verify('--wait', '5');
    expect(passes).toMatchObject({ status: 'ok', detail: '204' });
    expect(attempts).toBe(2);
  });

  test('gets no second request when the service answers 404', async () => {
    service = () => ({ status: 404, body: { message: 'Not here' } });
    const { passes } = await verify('--wait', '5');
    expect(passes?.detail).toBe(
      '404 instead of 200: the gateway let the request pass, and the service answered this',
    );
    expect(passes?.remedy).toContain('--path');
    expect(attempts).toBe(1);
  });

  test('by https only has its own cause', async () => {
    service = () => ({ status: 426 });
    const { passes } = await verify('--wait', '0');
    expect(passes?.detail).toBe('426 instead of 200: the route takes only https');
    expect(passes?.remedy).toContain('https URL');
  });

  test('is retried although another publication is broken', async () => {
    const state = made.state() as {
      values: { root_module: { resources: { type: string; values: object }[] } };
    };
    const { resources } = state.values.root_module;
    const publication = resources.find(({ type }) => type === 'konnect_api_publication');
    const values = { ...publication?.values, api_id: 'stock', auth_strategy_ids: null };
    resources.unshift({ ...resources[0], type: 'konnect_api_publication', values });
    command.writeState(state);
    service = (attempt) => (attempt === 1 ? { status: 403 } : { status: 200 });
    const { link } = await verify('--wait', '5');
    expect(link('publication:1')?.status).toBe('failed');
    expect(link('with-credentials:2')).toMatchObject({ status: 'ok', detail: '200' });
  });
});

describe('a route for a host', () => {
  test('other than the gateway host is named when no route takes the request', async () => {
    await changeRoute({ hosts: ['api.example.test'] });
    service = () => NO_ROUTE;
    refusal = NO_ROUTE;
    const { passes, refused } = await verify('--wait', '0');
    const remedy =
      'The route takes only requests to api.example.test, but KONNECT_PROXY_URL names 127.0.0.1. Set it to the URL of the data plane with that host.';
    expect(passes).toMatchObject({ status: 'failed', remedy });
    expect(refused).toMatchObject({ status: 'failed', remedy });
  });

  test('that is the gateway host passes', async () => {
    await changeRoute({ hosts: ['127.0.0.1'] });
    expect((await verify('--wait', '0')).exitCode).toBe(0);
  });
});

describe('a gateway that redirects', () => {
  const login = (): Answer => ({
    status: 302,
    headers: { location: `${made.issuer}/v1/authorize?client_id=x` },
  });

  test('refuses the request if the target is the login of the issuer', async () => {
    refusal = login();
    const { exitCode, refused, link } = await verify('--wait', '0');
    expect(refused).toMatchObject({ status: 'ok', detail: '302 to the login of the issuer' });
    expect(link('wrong-secret')?.status).toBe('ok');
    expect(exitCode).toBe(0);
  });

  test('ignores credentials if valid ones are redirected to the login too', async () => {
    service = login;
    const { exitCode, passes } = await verify('--wait', '0');
    expect(passes?.detail).toBe(
      '302 instead of 200: the gateway redirects to the login of the issuer and ignores the credentials',
    );
    expect(passes?.remedy).toContain('accepts client_credentials');
    expect(exitCode).toBe(1);
  });

  test('is open if the target is another one', async () => {
    refusal = { status: 302, headers: { location: '/anything/' } };
    const { refused } = await verify('--wait', '0');
    expect(refused).toMatchObject({ status: 'failed', detail: '302 instead of 401: the API is open' });
  });
});
