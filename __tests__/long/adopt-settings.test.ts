import { rmSync } from 'node:fs';
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
import { match, PROVIDER_DEFAULTS, planAdoption, printApp, tenantsOf } from '../support/adoption';
import { CommandSetup } from '../support/command-setup';
import { stackWithProviders } from '../support/how-to';
import { describeWithTerraform } from '../support/sandbox';
import { writeSynthesizedApp } from '../support/synthesized-app';
import '../../testing/jest';

/*
 * Setups that differ from the how-to are found by the command and taken over without a change.
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
  let setup: CommandSetup;

  afterEach(() => setup.stop());

  test('the printed app takes over access control enforcement', async () => {
    setup = await CommandSetup.create();
    await setup.extras.enforceAccess(
      { '/anything': { get: {} } },
      { config: { match_policy: 'required' }, tags: ['portal'] },
    );
    const before = tenantsOf(setup.sandbox);
    const app = await printApp(setup.command);
    expect(app.compile()).toBe('');
    app.synthesize();
    await match(setup.command);
    const json = app.synthesize();
    expect(await planAdoption(setup.sandbox, json)).toEqual({ imported: 16, others: PROVIDER_DEFAULTS });
    await setup.sandbox.deployJson('dev-portal', json);
    expect(await setup.sandbox.planJson('dev-portal', json)).toEqual({ changes: [] });
    expect(tenantsOf(setup.sandbox)).toEqual(before);
  }, 120_000);

  test('the printed app keeps every setting that differs from the how-to, and changes none', async () => {
    setup = await CommandSetup.create({ server: 'My "APIs" ${x}' }, SECRETS);
    await makeEverythingElse();
    const app = await printApp(setup.command, '--strategy', 'Second ${x}');
    expect(app.compile()).toBe('');
    app.synthesize();
    await match(setup.command);
    const json = app.synthesize();
    expect(json).toKeepSecretsOut();
    const { imported, others } = await planAdoption(setup.sandbox, json);
    expect(others).toEqual([
      // Terraform marks their secrets as sensitive.
      'import update konnect_application_auth_strategy',
      ...Array(2).fill('import update konnect_gateway_route'),
      'import update konnect_portal',
      ...Array(3).fill('import update okta_app_oauth'),
    ]);
    expect(imported).toBe(36);
    const before = tenantsOf(setup.sandbox);
    await setup.sandbox.deployJson('dev-portal', json);
    expect(tenantsOf(setup.sandbox)).toEqual(before);
    expect(await setup.sandbox.planJson('dev-portal', json)).toEqual({ changes: [] });
  }, 120_000);

  test('the printed app keeps the default strategy of the portal, also one that it does not adopt', async () => {
    setup = await CommandSetup.create();
    const portal = `/v3/portals/${setup.made.portalId}`;
    const other = await setup.extras.addStrategy('Other');
    for (const strategy of [setup.made.strategyId, other]) {
      await setup.made.admin.konnect('PATCH', portal, { default_application_auth_strategy_id: strategy });
      const app = await printApp(setup.command);
      expect(app.compile()).toBe('');
      rmSync(join(setup.command.folder, 'adoption.json'), { force: true });
      app.synthesize();
      await match(setup.command);
      expect(await planAdoption(setup.sandbox, app.synthesize())).toEqual({
        imported: 14,
        others: PROVIDER_DEFAULTS,
      });
    }
  }, 120_000);

  test('the printed app keeps the issuer of a strategy on another host', async () => {
    setup = await CommandSetup.create({ server: 'Mine' });
    const issuer = setup.made.issuer.replace('127.0.0.1', 'localhost');
    const strategyId = await setup.extras.addStrategy('Second', {}, { issuer });
    await setup.made.publish({ auth_strategy_ids: [strategyId] });
    const app = await printApp(setup.command);
    app.synthesize();
    await match(setup.command);
    expect(await planAdoption(setup.sandbox, app.synthesize())).toEqual({
      imported: 14,
      others: PROVIDER_DEFAULTS,
    });
  }, 120_000);

  test('the deployment resets what adopt asks to accept, and nothing else', async () => {
    setup = await CommandSetup.create();
    const { applicationId, clientId } = await setup.made.admin.createApplication('Restricted', {
      network: { connection: 'ZONE', include: ['nzo1'] },
      frontchannel_logout_uri: 'https://localhost/bye',
    });
    await setup.extras.changePolicy({ clients: [clientId] });
    const app = await printApp(setup.command);
    app.synthesize();
    const settings = ['settings.oauthClient.network', 'settings.oauthClient.frontchannel_logout_uri'];
    await match(setup.command, ...settings.flatMap((setting) => ['--accept-loss', setting]));
    const clientSettings = async () =>
      ((await setup.made.admin.okta('GET', `/apps/${applicationId}`)) as unknown as OktaApplication).settings
        .oauthClient;
    const { network, frontchannel_logout_uri: logout, ...kept } = await clientSettings();
    expect([network, logout]).not.toContain(undefined);
    await setup.sandbox.deployJson('dev-portal', app.synthesize());
    const after = await clientSettings();
    expect(after).toMatchObject(kept);
    expect(settings.filter((setting) => (setting.split('.').at(-1) ?? '') in after)).toEqual([]);
  }, 120_000);

  test('one stack adopts two how-tos, in one run of the command', async () => {
    setup = await CommandSetup.create();
    const serviceId = await setup.extras.addService({ name: 'orders' }, ['/orders']);
    const strategyId = await setup.extras.addStrategy('Second');
    await setup.extras.addApi({ name: 'Orders' }, { serviceId, strategyId });
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
    writeSynthesizedApp(setup.command.folder, { stack: Testing.synth(stack()) });
    await match(setup.command);
    const { changes } = await setup.sandbox.plan(
      stack(Adoption.fromFile(join(setup.command.folder, 'adoption.json'))),
    );
    expect(changes.map(({ actions }) => actions[0])).toEqual(Array(19).fill('import'));
    expect(changes.filter(({ actions }) => actions[1] !== 'no-op').map(({ actions }) => actions[1])).toEqual([
      'update',
      'update',
    ]);
  }, 120_000);

  /** Settings that the how-to does not have, with every text that could end or break a piece of code. */
  async function makeEverythingElse(): Promise<void> {
    const { admin, server } = setup.made;
    await makeEverythingElseInOkta();
    const strategyId = await setup.extras.addStrategy(
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
    await setup.made.publish({
      auth_strategy_ids: [strategyId],
      visibility: 'private',
      auto_approve_registrations: true,
    });
    const service = await setup.extras.addService(
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
    const versioned = await setup.extras.addApi(
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
    const linked = await setup.extras.addApi({ name: 'oidc' }, { strategyId });
    const { id: partners } = await admin.konnect('POST', '/v2/control-planes', { name: 'partners' });
    await admin.konnect('POST', `/v2/control-planes/${partners}/core-entities/plugins`, {
      ...{ name: 'ace', instance_name: 'access', enabled: false, tags: ['${x}'] },
      config: { anonymous: 'no "body"' },
    });
    await admin.konnect('POST', `/v3/apis/${linked}/implementations`, {
      control_plane: { control_plane_id: partners },
    });
    await admin.konnect('PATCH', `/v3/portals/${setup.made.portalId}`, {
      name: 'Portal ${x}',
      description: 'Our "APIs"\n\u2028',
      labels: { stage: 'test' },
      default_api_visibility: 'private',
      default_page_visibility: 'private',
      default_application_auth_strategy_id: strategyId,
      sipr_enabled: true,
    });
    const pages = `/v3/portals/${setup.made.portalId}/pages`;
    await admin.konnect('PATCH', `${pages}/${setup.made.pageId}`, {
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
      ...{ slug: 'about', content: 'About', parent_page_id: setup.made.pageId },
    });
    await admin.konnect('POST', pages, { slug: 'us', content: 'Us', parent_page_id: about });
    await admin.okta('POST', `${server}/policies/${setup.made.policyId}/lifecycle/deactivate`);
  }

  async function makeEverythingElseInOkta(): Promise<void> {
    const { admin, server } = setup.made;
    await admin.okta('PUT', `${server}/scopes/${setup.made.scopeId}`, {
      name: 'api.access',
      displayName: "The 'API'",
      description: '${x}',
      consent: 'REQUIRED',
      metadataPublish: 'NO_CLIENTS',
      default: true,
    });
    await setup.extras.changeClaim({ conditions: { scopes: ['api.access'] }, status: 'INACTIVE' });
    const web = await setup.made.admin.createApplication(
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
    const service = await setup.made.admin.createApplication('Service', {
      application_type: 'service',
      grant_types: ['client_credentials'],
      response_types: ['token'],
      redirect_uris: [],
    });
    const native = await setup.made.admin.createApplication('Native', { application_type: 'native' });
    await admin.okta('POST', `/apps/${service.applicationId}/lifecycle/deactivate`);
    const clients = [setup.made.clientId, web.clientId, service.clientId, native.clientId];
    await setup.extras.changePolicy({ clients, name: "Clients' policy" });
    await admin.okta('POST', `${server}/policies/${setup.made.policyId}/rules`, {
      type: 'RESOURCE_ACCESS',
      name: 'Another',
      priority: 1,
      conditions: { grantTypes: { include: ['authorization_code'] }, scopes: { include: ['openid'] } },
    });
    await admin.okta('PUT', `${server}/policies/${setup.made.policyId}/rules/${setup.made.ruleId}`, {
      type: 'RESOURCE_ACCESS',
      name: 'Client credentials',
      priority: 2,
      conditions: {
        people: { groups: { include: ['EVERYONE'] }, users: { exclude: ['00u1'] } },
        grantTypes: { include: ['client_credentials', 'authorization_code'] },
        scopes: { include: ['*'] },
      },
      actions: {
        token: {
          accessTokenLifetimeMinutes: 30,
          refreshTokenLifetimeMinutes: 600,
          refreshTokenWindowMinutes: 500,
        },
      },
    });
    await admin.okta(
      'POST',
      `${server}/policies/${setup.made.policyId}/rules/${setup.made.ruleId}/lifecycle/deactivate`,
    );
  }
});
