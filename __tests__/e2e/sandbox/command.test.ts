import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const ROOT = join(__dirname, '..', '..', '..');
const TSX = pathToFileURL(require.resolve('tsx')).href;
const COMMAND = ['--import', TSX, join(ROOT, 'packages', 'sandbox', 'src', 'command.ts')];
const NAMES = [
  ...['OKTA_ORG_NAME', 'OKTA_BASE_URL', 'OKTA_API_TOKEN', 'OKTA_HTTP_PROXY'],
  ...['KONNECT_SERVER_URL', 'KONNECT_TOKEN', 'KONNECT_PROXY_URL', 'TF_REATTACH_PROVIDERS'],
];

const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) {
    child.kill('SIGKILL');
  }
});

interface Started {
  readonly child: ChildProcess;
  readonly printed: string;
  readonly banner: Promise<string>;
}

const start = (...args: string[]): Promise<Started> => startIn(ROOT, ...args);

/** Starts the command in a folder and waits for the environment that it prints. */
async function startIn(cwd: string, ...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, [...COMMAND, ...args], { cwd });
  running.push(child);
  const banner = once(child.stderr.setEncoding('utf8'), 'data').then(([text]) => String(text));
  child.stdout.setEncoding('utf8');
  let printed = '';
  while (!printed.endsWith('\n')) {
    const [text] = (await once(child.stdout, 'data')) as [string];
    printed += text;
  }
  return { child, printed, banner };
}

const run = (...args: string[]) =>
  spawnSync(process.execPath, [...COMMAND, ...args], { cwd: ROOT, encoding: 'utf8' });
const foldersOf = ({ pid }: ChildProcess) =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`okta-dev-portal-oidc-sandbox-${pid}-`));

test('prints examples', () => {
  const { status, stdout } = run('--help');
  expect(stdout).toContain('Examples:\n  $ okta-dev-portal-oidc-sandbox\n');
  expect(status).toBe(0);
});

test('prints what a shell takes over', async () => {
  const { printed } = await start();
  const { stdout } = spawnSync('sh', ['-c', `${printed}\nenv`], { encoding: 'utf8', env: {} });
  const taken = Object.fromEntries(stdout.split('\n').map((line) => line.split(/=(.*)/s)));
  expect(Object.keys(taken)).toEqual(expect.arrayContaining(NAMES));
  expect(JSON.parse(taken.TF_REATTACH_PROVIDERS)).toHaveProperty(['registry.terraform.io/okta/okta']);
});

test('starts an issuer with clients, and refuses a client without secret', async () => {
  const { printed } = await start('--format', 'json', '--issuer-client', 'orders-job:secret:1');
  const { OIDC_ISSUER: issuer = '' } = JSON.parse(printed) as { [name: string]: string };
  const { status } = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('orders-job:secret:1').toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  expect(status).toBe(200);
  expect(run('--issuer-client', 'orders-job')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('a client id and a secret, separated by a colon'),
  });
});

test('prints the addresses of the pages, and lines by which a person becomes a developer of any portal', async () => {
  const { printed, banner } = await start('--format', 'json');
  const environment = JSON.parse(printed) as { [name: string]: string };
  const { KONNECT_SERVER_URL: url, KONNECT_TOKEN: token } = environment;
  await fetch(`${url}/v3/portals`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Another portal', auto_approve_developers: true }),
  });
  const lines = (await banner).split('\n').filter((line) => line.startsWith('  '));
  const script = lines.slice(lines.findIndex((line) => line.startsWith('  PORTAL='))).join('\n');
  const folder = mkdtempSync(join(tmpdir(), 'banner-'));
  const env = { ...process.env, ...environment };
  const { stdout, stderr } = spawnSync('sh', ['-e', '-c', script], { cwd: folder, encoding: 'utf8', env });
  rmSync(folder, { recursive: true });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({ data: [], meta: { page: { number: 1, size: 10, total: 0 } } });
  expect(lines.join()).toContain('npx cdktf deploy --skip-provider-lock');
  const pages = lines.flatMap((line) => /^ {2}(http:\S+) /.exec(line)?.[1] ?? []);
  const texts = await Promise.all(pages.map(async (page) => (await fetch(page)).text()));
  expect(texts.map((text) => /<h1>(.*)<\/h1>/.exec(text)?.[1])).toEqual([
    ...['Dev Portals', 'Clients', 'Approvals', 'The chain'],
  ]);
});

test('prints lines that read the credentials of a client', async () => {
  const { printed, banner } = await start('--format', 'json');
  const environment = JSON.parse(printed) as { [name: string]: string };
  const { OKTA_HTTP_PROXY: url, OKTA_API_TOKEN: token } = environment;
  const response = await fetch(`${url}/api/v1/apps`, {
    method: 'POST',
    headers: { authorization: `SSWS ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'oidc_client',
      label: 'Any client',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        oauthClient: {
          application_type: 'service',
          grant_types: ['client_credentials'],
          response_types: ['token'],
        },
      },
    }),
  });
  const { credentials } = (await response.json()) as {
    credentials: { oauthClient: { client_id: string; client_secret: string } };
  };
  const lines = (await banner)
    .split('\n')
    .filter((line) => /^ {2}export OKTA_CLIENT_(ID|SECRET)=/.test(line));
  const script = [...lines, 'printf "%s" "$OKTA_CLIENT_ID:$OKTA_CLIENT_SECRET"'].join('\n');
  const { stdout } = spawnSync('sh', ['-e', '-c', script], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  const { client_id: id, client_secret: secret } = credentials.oauthClient;
  expect(stdout).toBe(`${id}:${secret}`);
});

describe('state files in the folder of the app', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'state-files-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('of earlier deployments are named before somebody deploys', async () => {
    writeFileSync(join(folder, 'terraform.earlier.tfstate'), '{}');
    const { child, banner } = await startIn(folder);
    expect(await banner).toContain(
      `${join(folder, 'terraform.earlier.tfstate')} has the state of an earlier`,
    );
    let ending = '';
    child.stderr?.on('data', (text: string) => {
      ending += text;
    });
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(ending).toBe('');
  });

  test('that a deployment wrote are named at the end, those of another sandbox are not', () => {
    writeFileSync(join(folder, 'terraform.earlier.tfstate'), '{}');
    const deployment = `
      const { KONNECT_SERVER_URL, KONNECT_TOKEN } = process.env;
      const headers = { authorization: 'Bearer ' + KONNECT_TOKEN, 'content-type': 'application/json' };
      const body = JSON.stringify({ name: 'Orders' });
      fetch(KONNECT_SERVER_URL + '/v3/apis', { method: 'POST', headers, body })
        .then((answer) => answer.json())
        .then(({ id }) => {
          fs.writeFileSync('terraform.orders.tfstate', JSON.stringify({ id }));
          fs.writeFileSync('terraform.other.tfstate', JSON.stringify({ id: crypto.randomUUID() }));
        });`;
    const { stderr } = spawnSync(process.execPath, [...COMMAND, '--', process.execPath, '-e', deployment], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toContain(`\nState of this sandbox: ${join(folder, 'terraform.orders.tfstate')}. Delete`);
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'runs until %s, and leaves no port and no folder',
  async (signal) => {
    const { child, printed } = await start('--format', 'json');
    const { KONNECT_PROXY_URL: gateway } = JSON.parse(printed) as { KONNECT_PROXY_URL: string };
    expect((await fetch(gateway)).status).toBe(404);
    expect(foldersOf(child)).toHaveLength(1);
    child.kill(signal);
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(0);
    expect(foldersOf(child)).toEqual([]);
    await expect(fetch(gateway)).rejects.toThrow();
  },
);

/** A folder with a script in place of the command okta-dev-portal-oidc. */
function folderWithCommand(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'installed-'));
  const installed = join(folder, 'node_modules', 'okta-dev-portal-oidc');
  mkdirSync(installed, { recursive: true });
  writeFileSync(
    join(installed, 'package.json'),
    JSON.stringify({ bin: { 'okta-dev-portal-oidc': 'command.js' } }),
  );
  writeFileSync(join(installed, 'command.js'), script);
  return folder;
}

test('the page of the chain shows the command that deploys again', async () => {
  const links = [{ title: 'Claim', status: 'failed', detail: 'missing', remedy: 'Deploy again.' }];
  const folder = folderWithCommand(`console.log('${JSON.stringify({ ok: false, links })}');`);
  const { banner } = await startIn(folder);
  const printed = await banner;
  const [url = ''] = /http:\S+\/chain(?= )/.exec(printed) ?? [];
  const [, command = ''] =
    /aria-label="Commands that deploy again"><code>(.*?)</.exec(await (await fetch(url)).text()) ?? [];
  expect(command).toMatch(/^npx cdktf deploy /);
  expect(printed).toContain(`\n  ${command}\n`);
  rmSync(folder, { recursive: true });
}, 20_000);

test('ends a check of the chain with SIGTERM', async () => {
  const folder = folderWithCommand(
    "require('node:fs').writeFileSync('started', ''); setTimeout(() => undefined, 60_000);",
  );
  const { child, banner } = await startIn(folder);
  const [url = ''] = /http:\S+\/chain(?= )/.exec(await banner) ?? [];
  const page = fetch(url).catch(() => undefined);
  while (!existsSync(join(folder, 'started'))) {
    await setTimeout(50);
  }
  child.kill('SIGTERM');
  await page;
  expect(await once(child, 'close')).toEqual([0, null]);
  rmSync(folder, { recursive: true });
}, 20_000);

test('without fake providers names no providers', async () => {
  const { printed } = await start('--format', 'json', '--providers', 'registry');
  expect(Object.keys(JSON.parse(printed)).sort()).toEqual(
    NAMES.filter((name) => name !== 'TF_REATTACH_PROVIDERS').sort(),
  );
});

test('runs a command in the environment, and ends with its exit code', () => {
  const script = 'fetch(process.env.KONNECT_PROXY_URL).then((r) => process.exit(r.status - 400))';
  const { status, stdout } = run('--', process.execPath, '-e', script);
  expect(stdout).toBe('');
  expect(status).toBe(4);
});

test.each<[string, string[], string]>([
  ['an unknown option', ['--provider', 'x'], "unknown option '--provider'"],
  ['an unknown format', ['--format', 'yaml'], 'Allowed choices are shell, json.'],
  [
    'a command that does not exist',
    ['--', 'no-such-command'],
    'no-such-command was not found. Name a program that is on the PATH.',
  ],
])('refuses %s', (_, args, message) => {
  const { status, stderr } = run(...args);
  expect(stderr).toContain(message);
  expect(status).toBe(1);
});

test('a killed command leaves a folder that the next one removes', async () => {
  const { child } = await start('--format', 'json');
  const [folder] = foldersOf(child);
  child.kill('SIGKILL');
  await once(child, 'close');
  const { status } = run('--', process.execPath, '-e', '');
  expect(status).toBe(0);
  expect(existsSync(join(tmpdir(), folder))).toBe(false);
});
