import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describeHowTo, type StackJson, stepTitles } from '../../scripts/how-to-steps';
import { describeWithTerraform } from '../support/sandbox';
import { SecretScanner } from '../support/secret-scanner';

const ROOT = resolve(__dirname, '..', '..');

/** `npm start`, which tells in the end what its sandbox issued. */
const TELLING = join('__tests__', 'support', 'start-with-secrets.ts');

let outdir: string;
let secretsFile: string;
let output: ReturnType<typeof start>;
let stack: StackJson;

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), 'start-'));
  secretsFile = join(outdir, 'secrets.json');
  output = start({ SECRETS_FILE: secretsFile }, ROOT, [], TELLING);
  stack = JSON.parse(readFileSync(join(outdir, 'stacks', 'how-to', 'cdk.tf.json'), 'utf8')) as StackJson;
}, 60_000);

afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describeWithTerraform('npm start with Terraform', () => {
  const played = (text: string) => [...text.matchAll(/^ {2}✓ (.*) \(\d+\.\d s\)$/gm)].map(([, line]) => line);

  test('plays the how-to to 200, and refuses everybody else', () => {
    expect(played(output.stdout)).toEqual([
      'Deploy: 15 resources added',
      'Plan again: no changes',
      'Register: developer developer@example.test: approved',
      'Register: application Dev Portal app: created',
      'Register: registration MyAPI: approved',
      expect.stringMatching(/^Verify: Issuer: http.*\/oauth2\/default$/),
      'Verify: Token: Dev Portal app gets one with api.access',
      'Verify: Signature: signed by a key of the issuer, not expired',
      expect.stringMatching(/^Verify: Claim: clientId is 0oa/),
      'Verify: Auth strategy: Okta OIDC: client_credentials; claim clientId; scopes api.access',
      'Verify: Publication: MyAPI on MyDevPortal, public',
      'Verify: Gateway service and route: linked, GET /anything',
      'Verify: Registration: application Dev Portal app is approved for the API',
      'Verify: Request with the credentials: 200',
      'Verify: Request without credentials: 401',
      'Verify: Request with a wrong secret: 401',
      'Verify: Request of an unregistered client: 403',
      'Destroy: 15 resources destroyed',
    ]);
  });

  test('ends with a proof for each step of the how-to', () => {
    const [, table] = output.stdout.split('The steps of the how-to, and their proof\n');
    const rows = [...table.matchAll(/^ *(\d+)\. (.*?) {2,}(.+)$/gm)].map(([, , title, proof]) => [
      title,
      proof,
    ]);
    expect(rows.map(([title]) => title)).toEqual(stepTitles);
    expect(table).not.toContain('undefined');
    expect(rows.at(-1)?.[1]).toBe('with credentials: 200; wrong secret: 401; unregistered client: 403');
  });

  test('prints no secret of the sandbox, and synthesizes none', () => {
    const scanner = SecretScanner.ofFile(secretsFile);
    expect(scanner.find({ stdout: output.stdout, stderr: output.stderr })).toEqual([]);
    expect(scanner.findInFolder(join(outdir, 'stacks'))).toEqual([]);
  });

  test('keeps the sandbox up with --keep until it is interrupted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'start-keep-'));
    const file = join(folder, 'secrets.json');
    const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, TELLING), '--keep'], {
      cwd: ROOT,
      env: { ...process.env, CDKTF_OUTDIR: folder, SECRETS_FILE: file },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    const closed = new Promise((resolve) => child.on('close', resolve));
    try {
      await new Promise<void>((resolve) => {
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          printed += text;
          if (printed.includes('  curl -i -u "$OKTA_CLIENT_ID:$OKTA_CLIENT_SECRET" http')) {
            resolve();
          }
        });
        child.on('close', () => resolve());
      });
      const gateway = /export KONNECT_PROXY_URL='(.*)'/.exec(printed)?.[1];
      expect((await fetch(`${gateway}/anything`)).status).toBe(401);
    } finally {
      child.kill('SIGINT');
    }
    expect(await closed).toBe(0);
    expect(played(printed).at(-1)).toBe('Verify: Request of an unregistered client: 403');
    // For playing on, it tells the two tokens of the sandbox, once, and no secret of a client.
    const tokens = /^ {2}export (OKTA_API_TOKEN|KONNECT_TOKEN)='\S+'$/gm;
    expect(printed.match(tokens)).toHaveLength(2);
    expect(SecretScanner.ofFile(file).find({ printed: printed.replace(tokens, '') })).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  test('says which providers there are', () => {
    const { status, stderr } = start({}, ROOT, ['--providers', 'real']);
    expect(status).toBe(1);
    expect(stderr).toContain('Allowed choices are fake, registry.');
  });
});

test('npm start without Terraform ends after synthesis and says what to install', () => {
  const { status, stdout } = start({ PATH: '', TERRAFORM_BINARY_NAME: '' });
  expect(status).toBe(0);
  expect(stdout).toContain('install Terraform 1.5 or newer or OpenTofu');
  expect(stdout).not.toContain('✓');
});

describe('npm start', () => {
  test('names every step of the how-to in order', () => {
    expect(output.stderr).toBe('');
    expect(output.status).toBe(0);
    const [shown] = output.stdout.split('The steps of the how-to, and their proof');
    const numbered = [...shown.matchAll(/^ *(\d+)\. (.*)$/gm)].map(([, number, title]) => [number, title]);
    expect(numbered).toEqual(stepTitles.map((title, index) => [String(index + 1), title]));
    expect(stepTitles).toHaveLength(12);
  });

  test('shows every resource of the stack', () => {
    for (const [type, blocks] of Object.entries(stack.resource ?? {})) {
      for (const name of Object.keys(blocks)) {
        expect(output.stdout).toContain(`${type}.${name}\n`);
      }
    }
  });

  test.each([
    ['claim', 'value = app.clientId'],
    ['value type', 'value_type = EXPRESSION'],
    ['application', 'grant_types = [authorization_code, client_credentials]'],
    ['scope', 'name = api.access'],
    ['rule', 'grant_type_whitelist = [client_credentials]'],
    ['strategy', 'auth_methods = [client_credentials]'],
    ['page', 'content = ::apis-list'],
    ['request', 'curl -i -u "$OKTA_CLIENT_ID:$OKTA_CLIENT_SECRET" "$GATEWAY_URL/anything"'],
    ['next command', 'npx cdktf deploy how-to'],
  ])('shows the decisive values: %s', (_, line) => {
    expect(output.stdout).toContain(line);
  });

  test('says where the Terraform JSON lies', () => {
    const file = /^Terraform JSON: (.*)$/m.exec(output.stdout)?.[1];
    expect(file).toBeDefined();
    expect(existsSync(resolve(ROOT, file ?? ''))).toBe(true);
  });

  test('prints no colour into a pipe', () => {
    expect(output.stdout).not.toContain('\u001b');
  });

  test('fails with the reason when main.ts cannot be synthesized', () => {
    const { status, stdout, stderr } = start({ KONNECT_SERVER_URL: 'https://global.api.konghq.com' });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('main.ts cannot be synthesized (exit code 1)');
    expect(stderr).toContain('must be the URL of a region');
  }, 60_000);

  test('fails and names the step when the stack lacks one', () => {
    const copy = mkdtempSync(join(tmpdir(), 'start-copy-'));
    try {
      cpSync(join(ROOT, 'scripts'), join(copy, 'scripts'), { recursive: true });
      cpSync(join(ROOT, 'cli'), join(copy, 'cli'), { recursive: true });
      cpSync(join(ROOT, 'testing'), join(copy, 'testing'), { recursive: true });
      cpSync(outdir, join(copy, 'out'), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
      writeFileSync(join(copy, 'cdktf.json'), '{}');
      writeFileSync(join(copy, 'main.ts'), '');
      const { konnect_api_publication: _, ...resource } = stack.resource ?? {};
      writeFileSync(
        join(copy, 'out', 'stacks', 'how-to', 'cdk.tf.json'),
        JSON.stringify({ ...stack, resource }),
      );

      const { status, stdout, stderr } = start({ CDKTF_OUTDIR: 'out' }, copy);
      expect(status).toBe(1);
      expect(stdout).toContain('MISSING publication');
      expect(stdout).not.toContain('npx cdktf deploy');
      expect(stderr).toBe(
        'The stack lacks steps of the how-to:\n  Apply the Okta OIDC auth strategy to an API: no publication (konnect_api_publication)\n',
      );
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }, 60_000);
});

describe('describeHowTo', () => {
  test('misses nothing in the stack of main.ts', () => {
    expect(describeHowTo(stack).missing).toEqual([]);
  });

  test.each([
    ['konnect_gateway_service', 'Gateway service and route: no gateway service (konnect_gateway_service)'],
    ['konnect_gateway_route', 'Gateway service and route: no route (konnect_gateway_route)'],
    ['konnect_portal', 'Configure a Dev Portal: no portal (konnect_portal)'],
    ['konnect_portal_page', 'Configure a Dev Portal: no page (konnect_portal_page)'],
    ['konnect_api', 'Create an API with a gateway implementation: no API (konnect_api)'],
    [
      'konnect_api_implementation',
      'Create an API with a gateway implementation: no implementation (konnect_api_implementation)',
    ],
    ['okta_auth_server_claim', 'Add a claim in Okta: no claim (okta_auth_server_claim)'],
    ['okta_app_oauth', 'Create an application in Okta: no application (okta_app_oauth)'],
    ['okta_auth_server_scope', 'Add scopes and access policies in Okta: no scope (okta_auth_server_scope)'],
    [
      'okta_auth_server_policy',
      'Add scopes and access policies in Okta: no access policy (okta_auth_server_policy)',
    ],
    [
      'okta_auth_server_policy_rule',
      'Add scopes and access policies in Okta: no rule (okta_auth_server_policy_rule)',
    ],
    [
      'konnect_application_auth_strategy',
      'Configure Okta OIDC application authentication in Dev Portal: no auth strategy (konnect_application_auth_strategy)',
    ],
    [
      'konnect_api_publication',
      'Apply the Okta OIDC auth strategy to an API: no publication (konnect_api_publication)',
    ],
  ])('reports a missing %s', (type, message) => {
    const { [type]: _, ...resource } = stack.resource ?? {};
    expect(describeHowTo({ ...stack, resource }).missing).toEqual([message]);
  });

  test('reports a missing issuer', () => {
    expect(describeHowTo({ ...stack, data: {} }).missing).toEqual([
      'Copy the Okta issuer URL: no authorization server (data.okta_auth_server or okta_auth_server)',
    ]);
  });

  test('takes an authorization server of the stack in place of the default one', () => {
    const resource = { ...stack.resource, okta_auth_server: { own: { name: 'own' } } };
    const { lines, missing } = describeHowTo({ ...stack, data: {}, resource });
    expect(missing).toEqual([]);
    expect(lines).toContain('     okta_auth_server.own');
  });

  test('reports a publication without a strategy', () => {
    const publication = { api_id: 'a', portal_id: 'p', visibility: 'public' };
    const resource = { ...stack.resource, konnect_api_publication: { 'my-api': publication } };
    const { lines, missing } = describeHowTo({ ...stack, resource });
    expect(missing).toEqual([
      'Apply the Okta OIDC auth strategy to an API: konnect_api_publication.my-api has no auth_strategy_ids',
    ]);
    expect(lines).toContain('       auth_strategy_ids = MISSING');
  });
});

function start(
  env: { readonly [name: string]: string },
  root = ROOT,
  args: readonly string[] = [],
  script = join('scripts', 'start.ts'),
) {
  // Settings of the machine would end up in the JSON.
  const { KONNECT_SERVER_URL: _, UPSTREAM_HOST: __, ...rest } = process.env;
  return spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...rest, CDKTF_OUTDIR: outdir, ...env },
  });
}
