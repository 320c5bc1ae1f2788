import { execFile, spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describeUnless } from '../support/describe-unless';
import { Page } from '../support/pages';

/*
 * The samples for app developers, run against a server that is both issuer and API.
 */
const PAGE = new Page('docs/for-app-developers.md');
const BASIC = `Basic ${Buffer.from('client:secret').toString('base64')}`;

let server: Server;
let settings: { readonly [name: string]: string };
let apiRequests: number;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { authorization = '' } = request.headers;
    const answer = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
    if (request.url === '/v1/token') {
      const form = new URLSearchParams(await text(request));
      if (authorization !== BASIC) {
        answer(401, { error: 'invalid_client' });
      } else if (form.get('grant_type') !== 'client_credentials' || form.get('scope') !== 'orders') {
        answer(400, { error: 'invalid_scope' });
      } else {
        answer(200, { access_token: 'token', expires_in: 3600 });
      }
      return;
    }
    apiRequests += 1;
    if (request.url === '/orders' && [BASIC, 'Bearer token'].includes(authorization)) {
      answer(200, ['the orders']);
    } else {
      answer(401, { message: 'Unauthorized' });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  settings = { API_URL: url, ISSUER: url, CLIENT_ID: 'client', CLIENT_SECRET: 'secret', SCOPE: 'orders' };
});

beforeEach(() => {
  apiRequests = 0;
});

afterAll(() => server.close());

interface Result {
  readonly failed: boolean;
  readonly output: string;
}

type Run = (code: string, changed?: typeof settings) => Promise<Result>;

/** Runs code with a program, which takes it as last argument. */
function runWith(program: string, ...args: string[]): Run {
  return (code, changed = {}) =>
    new Promise((resolve) => {
      const env = { ...process.env, ...settings, ...changed };
      execFile(program, [...args, code], { env }, (error, stdout, stderr) =>
        resolve({ failed: error !== null, output: stdout + stderr }),
      );
    });
}

function missingProgram(program: string, ...args: string[]): string | undefined {
  return spawnSync(program, args).status === 0 ? undefined : `${[program, ...args].join(' ')} fails`;
}

const LANGUAGES = [
  { language: 'sh', missing: missingProgram('jq', '--version'), run: runWith('bash', '-c') },
  { language: 'js', missing: undefined, run: runWith(process.execPath, '--input-type=module', '-e') },
  {
    language: 'python',
    missing: missingProgram('python3', '-c', 'import requests'),
    run: runWith('python3', '-c'),
  },
];

for (const { language, missing, run } of LANGUAGES) {
  const samples = PAGE.codeBlocks(language).filter((code) => code.includes('/orders'));
  const [basic = '', token = ''] = samples;

  describeUnless(missing, language, () => {
    test('has a sample with id and secret, and one with a token', () => {
      expect(samples).toHaveLength(2);
      expect(token).toContain('/v1/token');
    });

    test.each(samples)('sample %# gets the orders, and prints the status', async (code) => {
      const { failed, output } = await run(code);
      expect([failed, output]).toEqual([false, expect.stringContaining('the orders')]);
      expect(output).toContain('200');
    });

    test('the sample with id and secret prints the answer to a wrong secret', async () => {
      const { output } = await run(basic, { CLIENT_SECRET: 'wrong' });
      expect(output).toMatch(/401[\s\S]*Unauthorized/);
    });

    test.each([
      [{ SCOPE: 'nope' }, 'invalid_scope'],
      [{ SCOPE: '' }, 'invalid_scope'],
      [{ CLIENT_SECRET: 'wrong' }, 'invalid_client'],
    ])(
      'without a token, for %j, the sample prints %s and sends nothing to the API',
      async (changed, error) => {
        const { output } = await run(token, changed);
        expect(output).toContain(error);
        expect(apiRequests).toBe(0);
      },
    );
  });
}
