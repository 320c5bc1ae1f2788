import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { commitAndClone } from '../support/commit-and-clone';
import { refreshLibrary, tsc } from '../support/compile';
import { describeWithTerraform } from '../support/sandbox';

const ROOT = resolve(__dirname, '..', '..');

/** What a user can do something about, unlike a notice that a dependency of a dependency is deprecated. */
const WARNINGS = /npm warn (EBADENGINE|ERESOLVE|install-scripts)/;

/** A second API with its own scope and client, in the stack of the project. */
const ORDERS = `
    const orders = new GatewayService(this, 'orders-service', {
      controlPlane,
      host: 'orders.internal',
      routes: { orders: { paths: ['/orders'] } },
    });
    new OktaDevPortalOidc(this, 'orders-oidc', {
      name: 'Okta OIDC, orders',
      scopes: ['orders.read'],
      clients: { billing: { label: 'Billing', redirectUris: ['https://localhost/callback'] } },
      publications: { orders: { api: new Api(this, 'orders', { name: 'Orders', gatewayService: orders }), portal } },
    });
`;

/** What a new user does: pack the packages, create a project, install, test, deploy to the sandbox. */
describeWithTerraform('a project of init', () => {
  const folder = mkdtempSync(join(tmpdir(), 'init-'));
  const project = join(folder, 'My Portal');

  /** The environment of a user. */
  function environment(): NodeJS.ProcessEnv {
    // Without what npm tells the scripts that it runs, such as this test.
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
    return {
      ...Object.fromEntries(inherited),
      ...{ DISABLE_VERSION_CHECK: '1', NO_COLOR: '1' },
      // As at a user's, who sets none of these.
      ...{ CI: undefined, CHECKPOINT_DISABLE: undefined, TF_CLI_CONFIG_FILE: undefined },
    };
  }

  function start(cwd: string, program: string, ...args: string[]) {
    return spawnSync(program, args, { cwd, encoding: 'utf8', env: environment() });
  }

  /** Runs a program, which has to succeed. Returns what it prints. */
  function run(cwd: string, program: string, ...args: string[]) {
    const { status, stdout, stderr } = start(cwd, program, ...args);
    expect([program, args, status, stdout, stderr]).toEqual([program, args, 0, stdout, stderr]);
    return { stdout, stderr };
  }

  /** Replaces a text that a file of the project has once. */
  function replace(file: string, text: string, replacement: string): void {
    const path = join(project, file);
    const parts = readFileSync(path, 'utf8').split(text);
    expect(parts).toHaveLength(2);
    writeFileSync(path, parts.join(replacement));
  }

  beforeAll(() => {
    const packages = ['.', './packages/konnect-cdktf-bindings', './packages/sandbox'];
    refreshLibrary();
    tsc('-p', join('packages', 'sandbox', 'tsconfig.build.json'));
    const packed = mkdtempSync(join(folder, 'packed-'));
    const pack = ['--silent', ...packages, '--ignore-scripts', '--pack-destination', packed];
    expect(
      run(ROOT, 'npm', 'pack', ...pack)
        .stdout.trim()
        .split('\n'),
    ).toHaveLength(packages.length);
    run(ROOT, join('cli', 'okta-dev-portal-oidc.js'), 'init', project, '--packages', packed);
    // The project has copies.
    rmSync(packed, { recursive: true });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('installs without a warning', () => {
    const { stdout, stderr } = run(project, 'npm', 'install');
    expect(stdout).toMatch(/added \d+ packages/);
    expect(stderr).not.toMatch(WARNINGS);
  });

  test('passes its tests', () => {
    expect(run(project, 'npm', 'test').stdout).toContain('# pass 3\n');
  });

  test('is complete in a clone: installs with an empty cache, and passes its tests', () => {
    const clone = join(folder, 'clone');
    commitAndClone(project, clone);
    // npm also finds packages of missing files in its cache.
    run(clone, 'npm', 'ci', '--cache', join(folder, 'cache'));
    expect(run(clone, 'npm', 'test').stdout).toContain('# pass 3\n');
  });

  test('proves in the sandbox that only the registered client gets 200', () => {
    const { stdout } = run(project, 'npm', 'run', 'sandbox');
    expect(stdout).toContain('✓ Request with the credentials: 200\n');
    expect(stdout).toContain('✓ Request of an unregistered client: 403\n');
    // No spinner and no version check of cdktf.
    expect(stdout.split('\n').length).toBeLessThan(30);
    expect(stdout).not.toMatch(/Synthesizing|ERROR/);
  });

  test('proves several clients, each with the API that it calls', () => {
    replace(
      'dev-portal-stack.ts',
      "    const oidc = new OktaDevPortalOidc(this, 'oidc'",
      `${ORDERS}    const oidc = new OktaDevPortalOidc(this, 'oidc'`,
    );
    replace(
      'sandbox.mjs',
      '[{}]',
      "[{ client: 'Dev Portal app', api: 'MyAPI' }, { client: 'Billing', api: 'Orders' }]",
    );
    const { stdout } = run(project, 'npm', 'run', 'sandbox', '--', '--junit', 'proof.xml');
    const [, first = '', second = ''] = stdout.split(/^Proof for client /m);
    expect(first).toMatch(/^Dev Portal app, API MyAPI, stack dev-portal\n✓ Issuer: /);
    expect(first).toContain('✓ Token: Dev Portal app gets one with api.access\n');
    expect(second).toMatch(/^Billing, API Orders, stack dev-portal\n✓ Issuer: /);
    expect(second).toContain('✓ Token: Billing gets one with orders.read\n');
    const report = readFileSync(join(project, 'proof.xml'), 'utf8');
    expect(report.match(/<testsuite name="Proof for client /g)).toHaveLength(2);
    expect(stdout.match(/✓ Request of an unregistered client: 403\n/g)).toHaveLength(2);
  });

  test('checks each client with its API in a kept sandbox, and deploys there again', async () => {
    const child = spawn('npm', ['run', 'sandbox', '--', '--keep'], {
      cwd: project,
      detached: true,
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(child, 'close');
    try {
      let printed = '';
      for await (const text of child.stdout.setEncoding('utf8')) {
        printed += text;
        if (/ -chdir=.* apply -auto-approve\n/.test(printed)) {
          break;
        }
      }
      const lines = printed
        .split('\n')
        .filter((line) => /^ {2}(export |curl -i |cd |npx \S+ verify |\S+ -chdir=)/.test(line));
      const { stdout } = run(folder, 'bash', '-e', '-c', lines.join('\n'));
      expect(stdout).toContain('HTTP/1.1 200 ');
      expect(stdout.match(/links OK, 0 broken, /g)).toHaveLength(2);
      expect(stdout).toContain('Apply complete!');
      expect(readdirSync(project).filter((file) => file.endsWith('.tfstate'))).toEqual([]);
    } finally {
      process.kill(-Number(child.pid), 'SIGINT');
      await closed;
    }
  });

  test('registers all clients before the first proof: one that is registered for the API gets 200', () => {
    replace(
      'dev-portal-stack.ts',
      "    oidc.publish('my-api'",
      "    oidc.addClient('reports', { label: 'Reports', redirectUris: ['https://localhost/callback'] });\n    oidc.publish('my-api'",
    );
    replace(
      'sandbox.mjs',
      "api: 'MyAPI' }",
      "api: 'MyAPI', unregisteredClient: 'Reports' }, { client: 'Reports', api: 'MyAPI' }",
    );
    const { status, stdout } = start(project, 'npm', 'run', 'sandbox');
    expect(stdout).toContain('✗ Request of an unregistered client: 200 instead of 403');
    expect(status).toBe(1);
  });

  test('has the command', () => {
    const { stdout } = run(project, 'npx', 'okta-dev-portal-oidc', '--help');
    expect(stdout).toContain('Usage: okta-dev-portal-oidc');
  });

  // npm 11 lists install scripts, which prepare counts as in a tarball.
  test('the three packages alone install without a warning about them', () => {
    const empty = mkdtempSync(join(folder, 'empty-'));
    const { stderr } = run(empty, 'sh', '-c', 'npm install "../My Portal"/packages/*.tgz');
    const warnings = stderr.split('\n').filter((line) => WARNINGS.test(line));
    // Only protobufjs, which cannot be approved for somebody else.
    expect(warnings.filter((line) => line.includes('@') && !line.includes(' protobufjs@'))).toEqual([]);
  });
});
