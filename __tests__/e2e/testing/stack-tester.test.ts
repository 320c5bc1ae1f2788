import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { Fn, TerraformAsset, TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import {
  AuthorizationServer,
  ClientSecretStorage,
  DevPortal,
  OidcClientType,
  OktaDevPortalOidc,
  PortalDeveloper,
  ProviderVersions,
} from '../../../lib';
import { StackTester, TestKitError } from '../../../testing';
import { describeWithTerraform } from '../../support/sandbox';
import '../../../testing/jest';
import { SandboxApi } from '../../../testing/sandbox-api';
import { UnregisteredClient } from '../../../testing/unregistered-client';
import { Platform } from './platform';

describeWithTerraform('a tester', () => {
  let tester: StackTester;

  async function deployed(stack: TerraformStack): Promise<StackTester> {
    tester = await StackTester.start(stack);
    await tester.deploy();
    return tester;
  }

  afterEach(() => tester?.stop());

  test('proves a client whose secret is in Okta only, on a portal without automatic approval', async () => {
    await deployed(new Platform());
    const before = tester.sandbox.okta.snapshot();
    expect(await tester.prove()).toOpenForItsClientOnly();
    expect(tester.sandbox.okta.snapshot()).toEqual(before);
    expect(await tester.secretsInState()).toEqual([]);
    expect(await tester.plan()).toEqual([]);
    expect((await tester.destroy()).remove).toBeGreaterThan(10);
  });

  test('proves clients that the stacks register, and others', async () => {
    const stack = new Platform();
    ProviderVersions.require(stack, { konnect: '>= 3.21.0, < 4.0.0' });
    const { portal, oidc } = stack;
    const person = { email: 'dev@your-company.example', fullName: 'Dev' };
    const developer = new PortalDeveloper(stack, 'developer', { portal, ...person });
    oidc.registerClient('registered', { client: oidc.clients[0], developer });
    stack.addClient('reports');
    await deployed(stack);
    expect(await tester.prove({ client: 'billing' })).toOpenForItsClientOnly();
    expect(await tester.prove({ client: 'reports' })).toOpenForItsClientOnly();
  });

  test('a client of another API is rejected', async () => {
    const platform = new Platform();
    platform.addClient('reports');
    tester = await StackTester.start(platform);
    await tester.deploy();
    expect(await tester.prove({ client: 'reports', api: 'stock' })).toOpenForItsClientOnly();
    const unregisteredClient = 'reports';
    const proof = await tester.prove({ client: 'billing', api: 'orders', unregisteredClient });
    expect(proof).toOpenForItsClientOnly();
    expect(String(proof)).toMatch(/✓ Request of an unregistered client: 403 for reports$/);
    const { broken } = await tester.prove({ client: 'billing', api: 'stock', unregisteredClient });
    expect(broken).toMatchObject([
      { name: 'unregistered-client', detail: expect.stringContaining('or the client is registered') },
    ]);
    await expect(tester.prove({ client: 'billing', unregisteredClient: 'Nobody' })).rejects.toThrow(
      /The stacks have no client Nobody/,
    );
  });

  test('approves nothing with approve: false, and a pending registration is a broken link', async () => {
    await deployed(new Platform());
    const registered = await tester.register({ approve: false });
    expect(registered).toEqual([
      expect.objectContaining({ kind: 'developer', status: 'pending' }),
      expect.objectContaining({ kind: 'application', name: 'billing' }),
      expect.objectContaining({ kind: 'registration', name: 'orders', status: 'pending' }),
      expect.objectContaining({ kind: 'registration', name: 'stock', status: 'pending' }),
    ]);
    const proof = await tester.prove({ approve: false, api: 'orders' });
    expect(proof.broken.map(({ name, detail }) => `${name}: ${detail}`)).toEqual([
      'registration: the registration is pending',
      'with-credentials: 403 instead of 200: caused by the failure above',
    ]);
    const approved = (await tester.register()).filter(({ status }) => status !== undefined);
    expect(approved.map(({ kind, name, status }) => `${kind} ${name}: ${status}`)).toEqual([
      'developer developer@example.test: approved',
      'registration orders: approved',
      'registration stock: approved',
    ]);

    // Rejected developers stay so.
    const { portals } = tester.sandbox.konnect.snapshot() as { portals: { id: string }[] };
    const { id } = registered[0] as unknown as { id: string };
    const developer = `/v3/portals/${portals[0].id}/developers/${id}`;
    await new SandboxApi(tester.sandbox).konnect('PATCH', developer, { status: 'rejected' });
    expect(String(await tester.prove())).toContain('developer developer@example.test is rejected');
    await expect(tester.register()).rejects.toThrow(
      'The client cannot be registered: Registration for orders: developer developer@example.test is rejected',
    );
  });

  test('names the broken links of an API without gateway service', async () => {
    const stack = new Platform();
    const implementation = stack.node.findAll().find(({ node }) => node.id === 'Implementation');
    implementation?.node.scope?.node.tryRemoveChild('Implementation');
    await deployed(stack);
    const proof = await tester.prove();
    expect(proof).not.toOpenForItsClientOnly();
    expect(String(proof)).toContain('→');
  });

  test.each(['orders', 'both'])('names APIs without strategy: %s', async (open) => {
    const stack = new Platform();
    for (const { resource } of stack.oidc.publications.slice(0, open === 'both' ? 2 : 1)) {
      resource.addOverride('auth_strategy_ids', null);
    }
    await deployed(stack);
    expect((await fetch(`${tester.sandbox.gateway.url}/orders`)).status).toBe(200);
    const { broken } = await tester.prove();
    expect(broken.map(({ title }) => title)).toEqual(
      open === 'both' ? ['Publication of orders', 'Publication of stock'] : ['Publication of orders'],
    );
    expect(broken[0].detail).toContain('so the API is open to everyone');
    expect(broken[0].remedy).toMatch(/select the protected API with api\.$/);
  });

  test('registers on every portal that the stacks publish to', async () => {
    const stack = new Platform();
    const second = new DevPortal(stack, 'second', { name: 'Second' });
    stack.oidc.publish('returns', { api: stack.api('returns'), portal: second });
    await deployed(stack);
    const proof = await tester.prove();
    expect(proof).toOpenForItsClientOnly();
    expect(proof.links.filter(({ name }) => name.startsWith('registration'))).toHaveLength(3);
  });

  test('throws the message of the command, with its options, if client or API are ambiguous', async () => {
    const stack = new Platform();
    stack.addClient('shipping', ClientSecretStorage.IN_STATE);
    await deployed(stack);
    const message = /The stacks have 2 clients\n {4}→ Name one with client: (billing|shipping) \(0oa/;
    await expect(tester.prove()).rejects.toThrow(message);
    await expect(tester.register()).rejects.toThrow(message);
    await expect(tester.prove({ client: 'Nobody' })).rejects.toThrow(/The stacks have no client Nobody/);
    await expect(tester.prove({ client: 'billing', api: 'None' })).rejects.toThrow(
      new TestKitError('The stacks do not publish None\n    → They publish orders, stock.'),
    );
    await expect(tester.prove({ client: '0oaforeign' })).rejects.toThrow(
      /^The secret of client 0oaforeign cannot be read: .*404.*Deploy the stack that has the client/,
    );
    expect(await tester.prove({ client: 'shipping', api: 'stock' })).toOpenForItsClientOnly();
  });

  test('advises on a client that is meant for the APIs of another strategy', async () => {
    const stack = new Platform();
    const other = new OktaDevPortalOidc(stack, 'other', { name: 'Other', scopes: ['returns.read'] });
    other.publish('returns', { api: stack.api('returns'), portal: stack.portal });
    other.addClient('returns-client', { label: 'returns', type: OidcClientType.SERVICE });
    await deployed(stack);
    const { broken } = await tester.prove({ client: 'billing' });
    expect(broken[0]).toMatchObject({
      title: 'Token for Other',
      remedy: expect.stringMatching(
        /client of another strategy, allow its client id here too, .* with api, or name its stack\.$/,
      ),
    });
    expect(await tester.prove({ client: 'returns', api: 'returns' })).toOpenForItsClientOnly();
  });

  test('deploys a stack after a nested stack that it references, and destroys it first', async () => {
    const app = Testing.app();
    const outer = new TerraformStack(app, 'a-outer');
    const inner = new TerraformStack(outer, 'z-inner');
    for (const stack of [outer, inner]) {
      new KonnectProvider(stack, 'konnect', {});
    }
    const { portalId } = new DevPortal(inner, 'portal', { name: 'Portal' });
    DevPortal.fromPortalId(outer, 'portal', portalId).addPage('page', { slug: 'guides', content: 'Guides' });
    tester = await StackTester.start(app);
    expect(tester.stacks.map(({ name }) => name)).toEqual(['z-inner', 'a-outer']);
    const { add } = await tester.deploy();
    expect(add).toBe(5);
    expect(await tester.plan()).toEqual([]);
    expect((await tester.destroy()).remove).toBe(add);
  });

  test('requires a deployment', async () => {
    tester = await StackTester.start(new Platform());
    const error = 'Nothing is deployed. Await deploy() of the tester first';
    await expect(tester.prove()).rejects.toThrow(error);
    await expect(tester.register()).rejects.toThrow(error);
    await expect(tester.secretsInState()).rejects.toThrow(error);
  });
});

test('an unregistered client has policies on the authorization servers of the sandbox, and is removed completely', async () => {
  const sandbox = await Sandbox.start();
  try {
    const before = sandbox.okta.snapshot();
    const client = await UnregisteredClient.create(new SandboxApi(sandbox), ['default', 'other-org']);
    expect(sandbox.okta.snapshot()).not.toEqual(before);
    await client.remove();
    expect(sandbox.okta.snapshot()).toEqual(before);
  } finally {
    await sandbox.stop();
  }
});

describeWithTerraform('variables of stacks', () => {
  const PLATFORM = {
    variable: { host: { type: 'string' }, paths: { type: 'list(string)' }, size: { default: 1 } },
    output: { all: { value: '${var.host} ${join(",", var.paths)} ${var.size}' } },
  };
  const stacks = [
    { name: 'platform', json: JSON.stringify(PLATFORM) },
    { name: 'team', json: '{"variable":[{"host":[{}]}],"output":{"host":{"value":"${var.host}"}}}' },
  ];
  let tester: StackTester;

  afterEach(async () => {
    delete process.env.TF_VAR_host;
    await tester?.stop();
  });

  test('get values from options, each stack those that it declares', async () => {
    process.env.TF_VAR_host = 'of the environment';
    tester = await StackTester.start(stacks, { variables: { host: 'h', paths: ['/a', '/b'], size: 2 } });
    expect(await tester.plan()).toEqual([]);
    await tester.deploy();
    expect(await tester.sandbox.workspace('platform').outputs()).toEqual({ all: 'h /a,/b 2' });
    expect(await tester.sandbox.workspace('team').outputs()).toEqual({ host: 'h' });
    await tester.destroy();
  });

  test('get values from the environment', async () => {
    process.env.TF_VAR_host = 'of the environment';
    tester = await StackTester.start(stacks, { variables: { paths: [] } });
    await tester.deploy();
    expect(await tester.sandbox.workspace('team').outputs()).toEqual({ host: 'of the environment' });
  });

  test('are required, and no others', async () => {
    await expect(StackTester.start(stacks, { variables: { paths: [] } })).rejects.toThrow(
      new TestKitError(
        'No value for the variable host of platform, host of team. Pass it: StackTester.start(app, { variables: { host: … } })',
      ),
    );
    await expect(StackTester.start(stacks, { variables: { hots: 'h' } })).rejects.toThrow(
      new TestKitError('No stack declares the variable hots. Declared: host, paths, size'),
    );
    const stack = new TerraformStack(Testing.app(), 'stack');
    new TerraformOutput(stack, 'o', { value: 1 });
    await expect(StackTester.start(stack, { variables: { a: 1, b: 1 } })).rejects.toThrow(
      'No stack declares the variable a or b. The stacks declare none',
    );
  });
});

describeWithTerraform('auth strategies', () => {
  test.each([
    [undefined, ['create,delete']],
    [true, ['update']],
  ])('change in place with strategiesInPlace: %s', async (strategiesInPlace, actions) => {
    const tester = await StackTester.start(new Platform(), { strategiesInPlace });
    try {
      await tester.deploy();
      const json = Testing.synth(new Platform('platform', 'Okta login'));
      const { changes } = await tester.sandbox.planJson('platform', json);
      const strategies = changes.filter(({ address }) => address.includes('auth_strategy'));
      expect(strategies.map((change) => change.actions.join())).toEqual(actions);
    } finally {
      await tester.stop();
    }
  });
});

test('a variable of cdktf without default is required', async () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new TerraformVariable(stack, 'control_plane_id', { type: 'string' });
  await expect(StackTester.start(stack)).rejects.toThrow(
    'No value for the variable control_plane_id of stack',
  );
});

describeWithTerraform('a stack with assets and credentials from variables', () => {
  test.each(['app', 'stack'])('is deployed as an %s', async (form) => {
    const folder = mkdtempSync(join(tmpdir(), 'asset-'));
    writeFileSync(join(folder, 'home.md'), '# From a file');
    const app = Testing.app();
    const stack = new TerraformStack(app, 'stack');
    const token = (name: string) => new TerraformVariable(stack, name, { sensitive: true }).stringValue;
    new OktaProvider(stack, 'okta', { orgName: 'prod', apiToken: token('okta_token') });
    new KonnectProvider(stack, 'konnect', {
      serverUrl: 'https://eu.api.konghq.com',
      personalAccessToken: token('konnect_token'),
    });
    const asset = new TerraformAsset(stack, 'home', { path: join(folder, 'home.md') });
    new DevPortal(stack, 'portal', { name: 'Portal', homePage: Fn.file(asset.path) });
    AuthorizationServer.fromDefault(stack, 'server').addScope('orders');
    const tester = await StackTester.start(form === 'app' ? app : stack);
    try {
      await tester.deploy();
      expect(await tester.plan()).toEqual([]);
      const pages = tester.sandbox.requests.writes().filter(({ path }) => path.endsWith('/pages'));
      expect(pages.map(({ body }) => body)).toEqual([expect.objectContaining({ content: '# From a file' })]);
    } finally {
      await tester.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
