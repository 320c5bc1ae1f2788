import fastify from 'fastify';
import { Console } from '../../../cli/console';
import { OktaAdminClient } from '../../../cli/okta-admin-client';

test('follows the pages of a list below the path of a proxy, on any host that Okta names', async () => {
  const server = fastify({ forceCloseConnections: true });
  server.get<{ Querystring: { after?: string } }>('/okta/api/v1/apps', async (request, reply) => {
    if (request.query.after === undefined) {
      reply.header('link', '<https://org.okta.example.test/api/v1/apps?after=2>; rel="next"');
    }
    return [{ id: request.query.after ?? '1' }];
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  try {
    for (const path of ['/okta', '/okta/']) {
      const env = { OKTA_HTTP_PROXY: `${url}${path}`, OKTA_API_TOKEN: 'token-of-okta' };
      const io = { env, cwd: '.', isTerminal: false, stdout: () => undefined, stderr: () => undefined };
      const client = await OktaAdminClient.create(new Console(io, false));
      expect(await client.list('/apps')).toEqual([{ id: '1' }, { id: '2' }]);
    }
  } finally {
    await server.close();
  }
});
