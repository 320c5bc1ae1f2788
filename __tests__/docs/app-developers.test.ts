import { execFile, spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { describeUnless } from '../support/describe-unless';
import { Page } from '../support/pages';

/*
 * The snippets for app developers, run against a server that is both issuer and API.
 */
const PAGE = new Page('docs/for-app-developers.md');
const BASIC = `Basic ${Buffer.from('client:secret').toString('base64')}`;
const missing =
  spawnSync('python3', ['-c', 'import requests']).status === 0
    ? undefined
    : 'python3 has no package requests';

let server: Server;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  server = createServer((request, response) => {
    const { authorization } = request.headers;
    if (request.url === '/v1/token' && authorization === BASIC) {
      response.end(JSON.stringify({ access_token: 'token', expires_in: 3600 }));
    } else if (request.url === '/orders' && [BASIC, 'Bearer token'].includes(authorization ?? '')) {
      response.end('the orders');
    } else {
      response.writeHead(401).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = {
    API_URL: url,
    ISSUER: url,
    CLIENT_ID: 'client',
    CLIENT_SECRET: 'secret',
    SCOPE: 'orders',
  };
  env = { ...process.env, ...settings };
});

afterAll(() => server.close());

async function run(program: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { env });
  return stdout;
}

test.each(PAGE.codeBlocks('js'))('Node.js snippet %# gets the orders', async (code) => {
  expect(await run(process.execPath, '--input-type=module', '-e', code)).toContain('the orders');
});

describeUnless(missing, 'with requests', () => {
  test.each(PAGE.codeBlocks('python'))('Python snippet %# gets the orders', async (code) => {
    expect(await run('python3', '-c', code)).toContain('the orders');
  });
});

test('the curl command gets the orders', async () => {
  const [command = ''] = PAGE.codeBlocks('sh').filter((block) => block.startsWith('curl'));
  expect(await run('bash', '-c', command)).toContain('the orders');
});
