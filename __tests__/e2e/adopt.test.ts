import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import {
  Adoption,
  Api,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
} from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../support/command';
import { synthesizeExample } from '../support/examples';
import { stackWithProviders } from '../support/how-to';
import { ManualSetup, type ManualSetupOptions } from '../support/manual-setup';
import { ManualSetupExtras } from '../support/manual-setup-extras';
import { PrintedApp } from '../support/printed-app';
import { Admin, describeWithTerraform, howToStack } from '../support/sandbox';
import { writeSynthesizedApp } from '../support/synthesized-app';
import '../../testing/jest';

/*
 * A how-to that was set up by hand is found by the command, and taken over by the construct.
 */
/** Secrets in settings, by the variables that the app takes them from. */
const SECRETS = {
  session_secret: 'The "session" ${x} \\ of %{y}',
  client_secret_0: 'The first of two',
  headers_authorization_0: 'Basic dGhlOnJvdXRl',
  headers_authorization_0_2: 'Basic dGhlOnJvdXRl',
  profile: JSON.stringify({ api_key: 'The key of ${x}', team: 'one' }),
};

interface OktaApplication {
  readonly settings: { readonly oauthClient: { readonly [setting: string]: unknown } };
}

describeWithTerraform('adoption', () => {
  let sandbox: Sandbox;
  let made: ManualSetup;
  let extras: ManualSetupExtras;
  let command: CommandRunner;

  async function start(options: ManualSetupOptions = {}): Promise<void> {
    sandbox = await Sandbox.start({ variables: SECRETS });
    made = await ManualSetup.create(sandbox, options);
    extras = new ManualSetupExtras(made);
    command = CommandRunner.forSandbox(sandbox);
  }

  afterEach(async () => {
    const secrets = [...sandbox.okta.secrets(), ...sandbox.konnect.secrets(), ...Object.values(SECRETS)];
    expect(secrets.filter((secret) => command.everything.includes(secret))).toEqual([]);
    command.remove();
    await sandbox.stop();
  });

  /** The app that the command prints, in the folder that it wrote the file to. */
  async function printedApp(...options: string[]): Promise<PrintedApp> {
    const { stdout, stderr } = await command.run('adopt', '--print-app', '--json', ...options);
    expect(stderr).toBe('');
    const { ok, app } = JSON.parse(stdout) as { ok: boolean; app: string };
    expect(ok).toBe(true);
    return new PrintedApp(command.folder, app);
  }

  /** Matches a synthesized app with the tenants, which writes the file that the app adopts. */
  async function match(...options: string[]): Promise<void> {
    const { exitCode, stdout } = await command.run('adopt', ...options);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Wrote adoption.json.')]);
  }

  /** What a plan does, by type: every resource is imported, and those that change are named. */
  async function planned(json: string) {
    const { changes } = await sandbox.planJson('dev-portal', json);
    return {
      imported: changes.filter(({ actions }) => actions[0] === 'import').length,
      others: changes
        .filter(({ actions }) => actions.join() !== 'import,no-op')
        .map(({ address, actions }) => `${actions.join(' ')} ${address.split('.')[0]}`),
    };
  }

  /** Everything in both tenants, without the times of changes and what says nothing. */
  const tenants = () =>
    JSON.parse(
      JSON.stringify([sandbox.okta.snapshot(), sandbox.konnect.snapshot()], (key, value: unknown) => {
        const saysNothing = value === null || (Array.isArray(value) && value.length === 0);
        return saysNothing || ['updated_at', 'lastUpdated', 'pkce_required'].includes(key)
          ? undefined
          : value;
      }),
    ) as object;

  /** What only the providers know of. */
  const PROVIDER_DEFAULTS = ['import update konnect_portal', 'import update okta_app_oauth'];

  /** What the stack creates when it adopts no more: one for each parent whose replacement replaces children. */
  const TRIGGERS = Array(5).fill('create terraform_data') as string[];

  test('the printed app imports everything, adds nothing, destroys nothing, and goes on without the adoption', async () => {
    await start();
    const before = tenants();
    const app = await printedApp();
    expect(app.compile()).toBe('');
    app.synthesize();
    await match();
    const json = app.synthesize();
    expect(await planned(json)).toEqual({ imported: 14, others: PROVIDER_DEFAULTS });

    const { changes } = await sandbox.deployJson('dev-portal', json);
    expect(changes).toEqual({ add: 0, change: 2, import: 14, remove: 0 });
    expect(await sandbox.planJson('dev-portal', json)).toEqual({ changes: [] });
    expect(tenants()).toEqual(before);

    rmSync(join(command.folder, 'adoption.json'));
    const without = app.synthesize();
    expect(await planned(without)).toEqual({ imported: 0, others: TRIGGERS });
    expect((await sandbox.deployJson('dev-portal', without)).changes).toEqual({
      add: TRIGGERS.length,
      change: 0,
      import: 0,
      remove: 0,
    });
    expect(await sandbox.planJson('dev-portal', without)).toEqual({ changes: [] });
  }, 120_000);

  test('the printed app takes over access control enforcement', async () => {
    await start();
    await extras.enforceAccess(
      { '/anything': { get: {} } },
      { config: { match_policy: 'required' }, tags: ['portal'] },
    );
    const before = tenants();
    const app = await printedApp();
    expect(app.compile()).toBe('');
    app.synthesize();
    await match();
    const json = app.synthesize();
    expect(await planned(json)).toEqual({ imported: 16, others: PROVIDER_DEFAULTS });
    await sandbox.deployJson('dev-portal', json);
    expect(await sandbox.planJson('dev-portal', json)).toEqual({ changes: [] });
    expect(tenants()).toEqual(before);
  }, 120_000);

  test('the printed app keeps every setting that differs from the how-to, and changes none', async () => {
    await start({ server: 'My "APIs" ${x}' });
    await makeEverythingElse();
    const app = await printedApp('--strategy', 'Second ${x}');
    expect(app.compile()).toBe('');
    app.synthesize();
    await match();
    const json = app.synthesize();
    expect(json).toKeepSecretsOut();
    const { imported, others } = await planned(json);
    expect(others).toEqual([
      // Terraform marks their secrets as sensitive.
      'import update konnect_application_auth_strategy',
      ...Array(2).fill('import update konnect_gateway_route'),
      'import update konnect_portal',
      ...Array(3).fill('import update okta_app_oauth'),
    ]);
    expect(imported).toBe(36);
    const before = tenants();
    await sandbox.deployJson('dev-portal', json);
    expect(tenants()).toEqual(before);
    expect(await sandbox.planJson('dev-portal', json)).toEqual({ changes: [] });
  }, 120_000);

  test('the printed app keeps the default strategy of the portal, also one that it does not adopt', async () => {
    await start();
    const portal = `/v3/portals/${made.portalId}`;
    const other = await extras.addStrategy('Other');
    for (const strategy of [made.strategyId, other]) {
      await made.admin.konnect('PATCH', portal, { default_application_auth_strategy_id: strategy });
      const app = await printedApp();
      expect(app.compile()).toBe('');
      rmSync(join(command.folder, 'adoption.json'), { force: true });
      app.synthesize();
      await match();
      expect(await planned(app.synthesize())).toEqual({ imported: 14, others: PROVIDER_DEFAULTS });
    }
  }, 120_000);

  test('the printed app keeps the issuer of a strategy on another host', async () => {
    await start({ server: 'Mine' });
    const issuer = made.issuer.replace('127.0.0.1', 'localhost');
    const strategyId = await extras.addStrategy('Second', {}, { issuer });
    await extras.publish({ auth_strategy_ids: [strategyId] });
    const app = await printedApp();
    app.synthesize();
    await match();
    expect(await planned(app.synthesize())).toEqual({ imported: 14, others: PROVIDER_DEFAULTS });
  }, 120_000);

  test('the deployment resets what adopt asks to accept, and nothing else', async () => {
    await start();
    const { applicationId, clientId } = await made.addApplication('Restricted', {
      network: { connection: 'ZONE', include: ['nzo1'] },
      frontchannel_logout_uri: 'https://localhost/bye',
    });
    await extras.changePolicy({ clients: [clientId] });
    const app = await printedApp();
    app.synthesize();
    const settings = ['settings.oauthClient.network', 'settings.oauthClient.frontchannel_logout_uri'];
    await match(...settings.flatMap((setting) => ['--accept-loss', setting]));
    const clientSettings = async () =>
      ((await made.admin.okta('GET', `/apps/${applicationId}`)) as unknown as OktaApplication).settings
        .oauthClient;
    const { network, frontchannel_logout_uri: logout, ...kept } = await clientSettings();
    expect([network, logout]).not.toContain(undefined);
    await sandbox.deployJson('dev-portal', app.synthesize());
    const after = await clientSettings();
    expect(after).toMatchObject(kept);
    expect(settings.filter((setting) => (setting.split('.').at(-1) ?? '') in after)).toEqual([]);
  }, 120_000);

  test('Terraform rejects a file with an address that the stack does not have', async () => {
    await start();
    const app = await printedApp();
    app.synthesize();
    await match();
    const file = join(command.folder, 'adoption.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"konnect_portal.', '"konnect_portal.renamed_'));
    await expect(sandbox.planJson('dev-portal', app.synthesize())).rejects.toThrow(/does not\s+exist/);
  }, 120_000);

  test('the example takes over a how-to, and creates one where there is none', async () => {
    await start({ serviceId: '0f1e2d3c-4b5a-4968-8776-655443322110' });
    const jsonOf = (settings: { readonly [name: string]: string }) =>
      synthesizeExample('adopted', { UPSTREAM_HOST: 'upstream.internal', ...settings }).stacks[0]?.json ?? '';
    const file = join(command.folder, 'adoption.json');
    writeSynthesizedApp(command.folder, { adopted: jsonOf({ ADOPTION_FILE: file }) });
    await match();
    const { changes } = await sandbox.deployJson('adopted', jsonOf({ ADOPTION_FILE: file }));
    expect(changes).toEqual({ add: 0, change: 2, import: 14, remove: 0 });
    const { changes: later } = await sandbox.planJson('adopted', jsonOf({}));
    expect(later.map(({ address, actions }) => `${actions.join(' ')} ${address.split('.')[0]}`)).toEqual(
      TRIGGERS,
    );
  }, 120_000);

  test('one stack adopts two how-tos, in one run of the command', async () => {
    await start();
    const serviceId = await extras.addService({ name: 'orders' }, ['/orders']);
    const strategyId = await extras.addStrategy('Second');
    await extras.addApi({ name: 'Orders' }, { serviceId, strategyId });
    const stack = (adopt?: Adoption) => {
      const stack = stackWithProviders();
      const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'quickstart' });
      const portal = new DevPortal(stack, 'portal', {
        name: 'MyDevPortal',
        autoApproveDevelopers: true,
        autoApproveApplications: true,
      });
      const orders = new Api(stack, 'orders', {
        name: 'Orders',
        gatewayService: new GatewayService(stack, 'orders-service', {
          controlPlane,
          name: 'orders',
          host: 'upstream.internal',
        }),
      });
      const my = new Api(stack, 'my', {
        name: 'MyAPI',
        gatewayService: new GatewayService(stack, 'example-service', {
          controlPlane,
          host: 'upstream.internal',
          path: '/anything',
          routes: { 'example-route': { paths: ['/anything'] } },
        }),
      });
      const authorizationServer = AuthorizationServer.fromDefault(stack, 'server');
      new OktaDevPortalOidc(stack, 'first', {
        adopt,
        authorizationServer,
        accessPolicy: { name: 'Clients', description: 'Clients', groups: ['EVERYONE'] },
        clients: { app: { label: 'Dev Portal app', redirectUris: ['https://localhost/callback'] } },
        publications: { my: { api: my, portal } },
      });
      new OktaDevPortalOidc(stack, 'second', {
        adopt,
        authorizationServer,
        name: 'Second',
        publications: { orders: { api: orders, portal } },
      });
      return stack;
    };
    writeSynthesizedApp(command.folder, { stack: Testing.synth(stack()) });
    await match();
    const { changes } = await sandbox.plan(stack(Adoption.fromFile(join(command.folder, 'adoption.json'))));
    expect(changes.map(({ actions }) => actions[0])).toEqual(Array(19).fill('import'));
    expect(changes.filter(({ actions }) => actions[1] !== 'no-op').map(({ actions }) => actions[1])).toEqual([
      'update',
      'update',
    ]);
  }, 120_000);

  test('a deployment that was ended half way is finished with what exists', async () => {
    sandbox = await Sandbox.start();
    command = CommandRunner.forSandbox(sandbox);
    await sandbox.deploy(howToStack());
    const before = tenants();
    const lost = [
      'okta_app_oauth',
      'okta_auth_server_claim',
      'konnect_api',
      'konnect_gateway_service',
      'konnect_portal',
    ];
    forget(lost);
    await deletePages();
    writeSynthesizedApp(command.folder, { 'how-to': Testing.synth(howToStack()) });
    await match('--partial');
    const finishing = () =>
      howToStack({ oidc: { adopt: Adoption.fromFile(join(command.folder, 'adoption.json')) } });
    const { changes } = await sandbox.plan(finishing());
    const { changes: done } = await sandbox.deploy(finishing());
    expect(changes.map(({ address, actions }) => `${actions[0]} ${address.split('.')[0]}`).sort()).toEqual(
      [...lost.map((type) => `import ${type}`), 'create konnect_portal_page'].sort(),
    );
    expect(done).toMatchObject({ add: 1, import: lost.length, remove: 0 });
    expect((await sandbox.plan(howToStack())).changes).toEqual([]);
    expect(JSON.stringify(tenants()).length).toBe(JSON.stringify(before).length);
  }, 120_000);

  /** What a killed deployment leaves: resources that exist, and no state knows of. */
  function forget(types: readonly string[]): void {
    const file = join(sandbox.workspace('how-to').folder, 'terraform.tfstate');
    const state = JSON.parse(readFileSync(file, 'utf8')) as { resources: { type: string }[] };
    const resources = state.resources.filter(({ type }) => !types.includes(type));
    writeFileSync(file, JSON.stringify({ ...state, resources }));
  }

  async function deletePages(): Promise<void> {
    const admin = new Admin(sandbox);
    const { pages } = sandbox.konnect.snapshot() as { pages: { id: string; portal_id: string }[] };
    for (const { id, portal_id: portal } of pages) {
      await admin.konnect('DELETE', `/v3/portals/${portal}/pages/${id}`);
    }
  }

  /** Settings that the how-to does not have, with every text that could end or break a piece of code. */
  async function makeEverythingElse(): Promise<void> {
    const { admin, server } = made;
    await makeEverythingElseInOkta();
    const strategyId = await extras.addStrategy(
      'Second ${x}',
      { display_name: "It's %{y}", labels: { team: 'x' } },
      {
        auth_methods: ['client_credentials', 'bearer'],
        scopes_required: ['api.access'],
        scopes_claim: ['scp'],
        ssl_verify: false,
        leeway: 0,
        cache_ttl_max: null,
        domains: [],
        session_secret: SECRETS.session_secret,
        client_secret: [SECRETS.client_secret_0, '{vault://env/second}'],
      },
    );
    await extras.publish({
      auth_strategy_ids: [strategyId],
      visibility: 'private',
      auto_approve_registrations: true,
    });
    const service = await extras.addService(
      {
        protocol: 'https',
        port: 8443,
        path: '/${v}',
        retries: 1,
        read_timeout: 5000,
        tags: ['a'],
        enabled: false,
        tls_verify: false,
        tls_verify_depth: 0,
      },
      ['/one', '~/two'],
      {
        strip_path: false,
        preserve_host: true,
        protocols: ['https'],
        methods: ['GET'],
        headers: { 'x-a': ['b'], authorization: [SECRETS.headers_authorization_0] },
        snis: ['s.test'],
      },
    );
    const versioned = await extras.addApi(
      {
        name: 'MyAPI',
        version: '2.0',
        description: 'Second ${x}',
        labels: { a: 'b' },
        attributes: { owner: ['me'] },
      },
      { serviceId: service, strategyId },
    );
    const content = JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'x'.repeat(400), description: '${x} %{y}' },
    });
    await admin.konnect('POST', `/v3/apis/${versioned}/versions`, { version: '2.0', spec: { content } });
    await admin.konnect('POST', `/v3/apis/${versioned}/versions`, {
      version: '1.0',
      spec: { content: '{}' },
    });
    const documents = `/v3/apis/${versioned}/documents`;
    const { id: guide } = await admin.konnect('POST', documents, {
      ...{ slug: 'guides', title: 'Guides ${x}', status: 'published' },
      content: `# \${x}\n${'z'.repeat(400)}`,
    });
    await admin.konnect('POST', documents, { slug: 'start', content: '', parent_document_id: guide });
    const linked = await extras.addApi({ name: 'oidc' }, { strategyId });
    const { id: partners } = await admin.konnect('POST', '/v2/control-planes', { name: 'partners' });
    await admin.konnect('POST', `/v2/control-planes/${partners}/core-entities/plugins`, {
      ...{ name: 'ace', instance_name: 'access', enabled: false, tags: ['${x}'] },
      config: { anonymous: 'no "body"' },
    });
    await admin.konnect('POST', `/v3/apis/${linked}/implementations`, {
      control_plane: { control_plane_id: partners },
    });
    await admin.konnect('PATCH', `/v3/portals/${made.portalId}`, {
      name: 'Portal ${x}',
      description: 'Our "APIs"\n\u2028',
      labels: { stage: 'test' },
      default_api_visibility: 'private',
      default_page_visibility: 'private',
      default_application_auth_strategy_id: strategyId,
      sipr_enabled: true,
    });
    const pages = `/v3/portals/${made.portalId}/pages`;
    await admin.konnect('PATCH', `${pages}/${made.pageId}`, {
      title: 'Start',
      content: `# \${x}\n${'y'.repeat(400)}`,
    });
    const { id: parent } = await admin.konnect('POST', pages, {
      slug: 'guides',
      content: 'Guides',
      status: 'unpublished',
      visibility: 'public',
    });
    const { id: start } = await admin.konnect('POST', pages, {
      ...{ slug: 'start', content: 'Start', parent_page_id: parent },
    });
    await admin.konnect('POST', pages, { slug: 'first', content: 'First', parent_page_id: start });
    const { id: about } = await admin.konnect('POST', pages, {
      ...{ slug: 'about', content: 'About', parent_page_id: made.pageId },
    });
    await admin.konnect('POST', pages, { slug: 'us', content: 'Us', parent_page_id: about });
    await admin.okta('POST', `${server}/policies/${made.policyId}/lifecycle/deactivate`);
  }

  async function makeEverythingElseInOkta(): Promise<void> {
    const { admin, server } = made;
    await admin.okta('PUT', `${server}/scopes/${made.scopeId}`, {
      name: 'api.access',
      displayName: "The 'API'",
      description: '${x}',
      consent: 'REQUIRED',
      metadataPublish: 'NO_CLIENTS',
      default: true,
    });
    await extras.changeClaim({ conditions: { scopes: ['api.access'] }, status: 'INACTIVE' });
    const web = await made.addApplication(
      'Web ${x}',
      {
        post_logout_redirect_uris: ['https://localhost/bye'],
        client_uri: 'https://localhost/${home}',
        consent_method: 'REQUIRED',
        issuer_mode: 'DYNAMIC',
        grant_types: ['authorization_code', 'client_credentials', 'implicit'],
        response_types: ['code', 'token'],
      },
      { visibility: { hide: { web: false, iOS: true } }, profile: JSON.parse(SECRETS.profile) as object },
    );
    const service = await made.addApplication('Service', {
      application_type: 'service',
      grant_types: ['client_credentials'],
      response_types: ['token'],
      redirect_uris: [],
    });
    const native = await made.addApplication('Native', { application_type: 'native' });
    await admin.okta('POST', `/apps/${service.applicationId}/lifecycle/deactivate`);
    const clients = [made.clientId, web.clientId, service.clientId, native.clientId];
    await extras.changePolicy({ clients, name: "Clients' policy" });
    await admin.okta('POST', `${server}/policies/${made.policyId}/rules`, {
      type: 'RESOURCE_ACCESS',
      name: 'Another',
      priority: 1,
      conditions: { grantTypes: { include: ['authorization_code'] }, scopes: { include: ['openid'] } },
    });
    await extras.changeRule(
      {
        people: { groups: { include: ['EVERYONE'] }, users: { exclude: ['00u1'] } },
        grantTypes: { include: ['client_credentials', 'authorization_code'] },
        scopes: { include: ['*'] },
      },
      {
        priority: 2,
        actions: {
          token: {
            accessTokenLifetimeMinutes: 30,
            refreshTokenLifetimeMinutes: 600,
            refreshTokenWindowMinutes: 500,
          },
        },
      },
    );
    await admin.okta('POST', `${server}/policies/${made.policyId}/rules/${made.ruleId}/lifecycle/deactivate`);
  }
});
