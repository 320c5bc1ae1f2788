import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { Console } from '../../../cli/console';
import { KonnectClient } from '../../../cli/konnect-client';
import { OktaAdminClient } from '../../../cli/okta-admin-client';

/*
 * Refusals as Konnect and Okta publish them, and Okta's rate limit seen from clocks that differ.
 */
let server: FastifyInstance;
let url: string;
let respond: (reply: FastifyReply) => unknown;
let attempts: number;

beforeEach(async () => {
  attempts = 0;
  server = fastify({ forceCloseConnections: true });
  server.all('/*', async (_request, reply) => {
    attempts += 1;
    return respond(reply);
  });
  url = await server.listen({ host: '127.0.0.1', port: 0 });
});

afterEach(() => server.close());

function consoleFor(env: { readonly [name: string]: string }): Console {
  const io = { env, cwd: '.', isTerminal: false, stdout: () => undefined, stderr: () => undefined };
  return new Console(io, false);
}

const konnectClient = () =>
  KonnectClient.create(consoleFor({ KONNECT_SERVER_URL: url, KONNECT_TOKEN: 'token' }));
const oktaClient = () =>
  OktaAdminClient.create(consoleFor({ OKTA_HTTP_PROXY: url, OKTA_API_TOKEN: 'token' }));

test('prints the invalid parameters of a 400 of Konnect', async () => {
  respond = (reply) =>
    reply.code(400).send({
      status: 400,
      title: 'Invalid Request',
      instance: 'kong:trace:1',
      detail: 'Invalid Parameters',
      invalid_parameters: [
        {
          field: 'name',
          rule: 'max_length',
          reason: 'must not have more than 255 characters',
          source: 'body',
        },
        { field: 'owner', rule: 'required', reason: 'is required', source: 'body' },
      ],
    });
  const konnect = await konnectClient();
  await expect(konnect.create('v3/portals/1/applications', {})).rejects.toMatchObject({
    message: expect.stringContaining('400: name must not have more than 255 characters; owner is required'),
    status: 400,
  });
});

test('prints the detail of a refusal without invalid parameters', async () => {
  respond = (reply) => reply.code(409).send({ status: 409, detail: 'Key (name) already exists' });
  const konnect = await konnectClient();
  await expect(konnect.create('v3/apis', {})).rejects.toThrow(
    'POST /v3/apis with 409: Key (name) already exists',
  );
});

test('prints no ids in the path of a refused request', async () => {
  respond = (reply) => reply.code(403).send({});
  const konnect = await konnectClient();
  await expect(konnect.list('v3/portals/0b0b0b0b-1111-2222-3333-444444444444/developers')).rejects.toThrow(
    'GET /v3/portals/…/developers (403)',
  );
});

test("prints Okta's error summary and causes", async () => {
  respond = (reply) =>
    reply.code(400).send({
      errorCode: 'E0000001',
      errorSummary: 'Api validation failed: filter',
      errorCauses: [{ errorSummary: 'filter: not supported' }, { errorSummary: 'limit: too large' }],
    });
  const okta = await oktaClient();
  await expect(okta.list('/apps')).rejects.toThrow(
    'with 400: Api validation failed: filter: filter: not supported; limit: too large',
  );
});

test.each([
  ['behind', -3_600],
  ['ahead', 3_600],
])("waits until Okta's rate limit is reset when Okta's clock is %s", async (_, seconds) => {
  const start = Date.now();
  respond = (reply) => {
    if (Date.now() - start > 900) {
      return reply.send([{ id: '1' }]);
    }
    const now = Date.now() + seconds * 1_000;
    return reply
      .code(429)
      .headers({
        date: new Date(now).toUTCString(),
        'x-rate-limit-reset': String(Math.floor(now / 1_000) + 1),
      })
      .send({});
  };
  const okta = await oktaClient();
  expect(await okta.list('/apps')).toEqual([{ id: '1' }]);
  expect(attempts).toBe(2);
});
