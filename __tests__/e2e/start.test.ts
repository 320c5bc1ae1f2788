import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describeHowTo, type StackJson, stepTitles } from '../../scripts/how-to-report';
import { describeWithTerraform } from '../support/sandbox';
import { SecretScanner } from '../support/secret-scanner';

const ROOT = resolve(__dirname, '..', '..');

/** For the secrets that a sandbox in another process issued: a list in JSON. */
const scannerOf = (file: string) =>
  new SecretScanner(() => JSON.parse(readFileSync(file, 'utf8')) as string[]);

/** `npm start`, which writes the secrets of its sandbox to SECRETS_FILE. */
const WITH_SECRETS = join('__tests__', 'support', 'start-with-secrets.ts');

let outdir: string;
let secretsFile: string;
let output: ReturnType<typeof start>;
let stack: StackJson;

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), 'start-'));
  secretsFile = join(outdir, 'secrets.json');
  output = start({ SECRETS_FILE: secretsFile }, ROOT, [], WITH_SECRETS);
  stack = JSON.parse(readFileSync(join(outdir, 'stacks', 'how-to', 'cdk.tf.json'), 'utf8')) as StackJson;
}, 60_000);

afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describeWithTerraform('npm start with Terraform', () => {
  const steps = (text: string) => [...text.matchAll(/^✓ (.*) \(\d+\.\d s\)$/gm)].map(([, line]) => line);
  const table = (text: string) =>
    [...text.matchAll(/^ *(\d+)\. (.*?) {2,}(.+)$/gm)].map(([, , title, proof]) => [title, proof]);

  test('plays the how-to and proves it', () => {
    expect(steps(output.stdout)).toEqual([
      'Deploy: 19 resources added',
      'Plan again: no changes',
      'Register: developer, application, registration',
      'Verify: 12 links OK',
      'Destroy: 19 resources destroyed',
    ]);
  });

  test('shows a proof for each step of the how-to, on one screen', () => {
    const rows = table(output.stdout);
    expect(rows.map(([title]) => title)).toEqual(stepTitles);
    expect(stepTitles).toHaveLength(12);
    expect(output.stdout).not.toContain('undefined');
    expect(rows.at(-1)?.[1]).toBe('200; 401 with a wrong secret; 403 for an unregistered client');
    expect(output.stdout.split('\n').length).toBeLessThan(40);
  });

  test('prints no secret of the sandbox, and synthesizes none', () => {
    const scanner = scannerOf(secretsFile);
    expect(scanner.find({ stdout: output.stdout, stderr: output.stderr })).toEqual([]);
    expect(scanner.findInFolder(join(outdir, 'stacks'))).toEqual([]);
  });

  test('keeps the sandbox up with --keep until it is interrupted, and prints lines to paste', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'start-keep-'));
    const file = join(folder, 'secrets.json');
    const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, WITH_SECRETS), '--keep'], {
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
          if (printed.includes('apply -auto-approve')) {
            resolve();
          }
        });
        child.on('close', () => resolve());
      });
      const lines = printed.split('\n').filter((line) => /^ {2}(export|curl -i) /.test(line));
      expect(lines.length).toBeGreaterThan(8);
      const pasted = spawnSync('bash', ['-e'], {
        input: lines.join('\n'),
        encoding: 'utf8',
        env: { PATH: process.env.PATH },
      });
      expect(pasted.stdout).toMatch(/^HTTP\/1\.1 200 /);
      const [url = ''] = printed.match(/http:\S+(?=\/chain)/) ?? [];
      const page = async (path: string) => (await fetch(`${url}${path}`)).text();
      expect(await page('')).toContain('href="/MyDevPortal"');
      expect(await page('/MyDevPortal')).toContain('>MyAPI<');
      expect(await page('/chain/links')).toContain('<strong>11 OK</strong>');
      const [, unregistered = ''] =
        /href="(\/chain\?client=[^"]*)">Unregistered/.exec(await page('/chain')) ?? [];
      expect(await page(unregistered)).toContain('class="failed"');
      // A client without a registration is refused.
      const [, curl = ''] = /<code>(curl .*)<\/code>(?![\s\S]*<code>curl)/.exec(await page('/clients')) ?? [];
      const refused = spawnSync('sh', ['-c', curl.replaceAll('&#39;', "'")], { encoding: 'utf8' });
      expect(refused.stdout).toMatch(/^HTTP\/1\.1 403 /);
      expect(printed).toContain(`\n  cd ${ROOT}\n  npx okta-dev-portal-oidc verify --chdir `);
      expect(printed).toMatch(/^ {2}\S+ -chdir=\S+\/how-to apply -auto-approve$/m);
    } finally {
      child.kill('SIGINT');
    }
    expect(await closed).toBe(0);
    expect(steps(printed).at(-1)).toBe('Verify: 12 links OK');
    // It prints the two tokens of the sandbox, once, and no secret of a client.
    const tokens = /^ {2}export (OKTA_API_TOKEN|KONNECT_TOKEN)='\S+'$/gm;
    expect(printed.match(tokens)).toHaveLength(2);
    expect(scannerOf(file).find({ printed: printed.replace(tokens, '') })).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  describe('with --verbose', () => {
    let verbose: string;

    beforeAll(() => {
      verbose = start({}, ROOT, ['--verbose']).stdout;
    }, 60_000);

    test('prints every registered entity and every link', () => {
      const details = verbose.split('\n').filter((line) => /^ {2}(Register|Verify): /.test(line));
      expect(details).toHaveLength(15);
      expect(details).toContain('  Register: developer developer@example.test: approved');
      expect(details).toContain('  Verify: Request with the credentials: 200');
    });

    test('prints every resource of the stack below its step', () => {
      const [shown = ''] = verbose.split('The steps of the how-to and their proofs');
      const numbered = [...shown.matchAll(/^ *(\d+)\. (.*)$/gm)].map(([, number, title]) => [number, title]);
      expect(numbered).toEqual(stepTitles.map((title, index) => [String(index + 1), title]));
      for (const [type, blocks] of Object.entries(stack.resource ?? {})) {
        for (const name of Object.keys(blocks)) {
          expect(verbose).toContain(`${type}.${name}\n`);
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
    ])('prints the decisive values: %s', (_, line) => {
      expect(verbose).toContain(line);
    });
  });

  test('lists the choices of --providers', () => {
    const { status, stderr } = start({}, ROOT, ['--providers', 'real']);
    expect(status).toBe(1);
    expect(stderr).toContain('Allowed choices are fake, registry.');
  });
});

test('npm start without Terraform ends after synthesis and says what to install', () => {
  const { status, stdout } = start({ PATH: '', TERRAFORM_BINARY_NAME: '' });
  expect(status).toBe(0);
  expect(stdout).toContain('install Terraform 1.5 or newer, or OpenTofu');
  expect(stdout).toMatch(/^ {2}6\. Add a claim in Okta +claim$/m);
  expect(stdout).not.toContain('✓');
});

describe('npm start', () => {
  test('prints commands to paste for tenants of your own', () => {
    expect(output.stderr).toBe('');
    expect(output.status).toBe(0);
    for (const line of [
      '  npx cdktf deploy how-to',
      '  npx okta-dev-portal-oidc verify how-to',
      '  curl -i -u "$OKTA_CLIENT_ID:$OKTA_CLIENT_SECRET" "$KONNECT_PROXY_URL/anything"',
    ]) {
      expect(output.stdout).toContain(`${line}\n`);
    }
    expect(output.stdout).toMatch(
      /^ {2}export OKTA_CLIENT_SECRET="\$\(\S*terraform -chdir=\S+ output -raw client_secret\)"$/m,
    );
    expect(output.stdout).not.toContain('=...');
  });

  test('names the Terraform JSON file', () => {
    const file = /^Stack how-to of main\.ts: (.*)$/m.exec(output.stdout)?.[1];
    expect(file).toBeDefined();
    expect(existsSync(resolve(ROOT, file ?? ''))).toBe(true);
  });

  test('prints no colors into a pipe', () => {
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
      for (const folder of ['scripts', 'cli', 'lib', 'testing']) {
        cpSync(join(ROOT, folder), join(copy, folder), { recursive: true });
      }
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
  // Settings of this machine would end up in the JSON.
  const { KONNECT_SERVER_URL: _, UPSTREAM_HOST: __, ...rest } = process.env;
  return spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...rest, CDKTF_OUTDIR: outdir, ...env },
  });
}
