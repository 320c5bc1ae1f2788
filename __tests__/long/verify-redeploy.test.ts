import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../support/admin';
import { CommandRunner } from '../support/command';
import { describeWithTerraform, howToStack } from '../support/sandbox';

interface Link {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly remedy?: string;
}

interface Resource {
  readonly type: string;
  readonly values: { readonly [attribute: string]: string };
}

/*
 * The remedy of `verify` for what the stack owns and somebody deleted or changed: Terraform restores it, and a part made
 * by hand would be in its way.
 */
describeWithTerraform('a part of the stack that was deleted or changed outside of Terraform', () => {
  let sandbox: Sandbox;
  let admin: Admin;
  let command: CommandRunner;
  let resources: readonly Resource[];

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    admin = new Admin(sandbox);
    command = CommandRunner.forSandbox(sandbox);
    await deploy();
    await command.run('register', '--state', 'state.json', '--developer', 'dev@example.test');
    expect(await broken()).toBeUndefined();
  }, 120_000);

  afterAll(async () => {
    command.remove();
    await sandbox.stop();
  });

  async function deploy(): Promise<void> {
    await sandbox.deploy(howToStack({ autoApproveApplications: true }));
    const state = (await sandbox.workspace('how-to').show()) as {
      values: { root_module: { resources: readonly Resource[] } };
    };
    ({ resources } = state.values.root_module);
    writeFileSync(join(command.folder, 'state.json'), JSON.stringify(state));
  }

  /** The first broken link. */
  async function broken(env?: { readonly [name: string]: undefined }): Promise<Link | undefined> {
    const runner = CommandRunner.forSandbox(sandbox, env);
    runner.writeState(JSON.parse(command.state));
    const { stdout } = await runner.run('verify', '--state', 'state.json', '--wait', '0', '--json');
    runner.remove();
    return (JSON.parse(stdout) as { links: Link[] }).links.find(({ status }) => status === 'failed');
  }

  const values = (type: string) => resources.find((each) => each.type === type)?.values ?? {};
  const server = () => `/authorizationServers/${values('okta_auth_server_scope').auth_server_id}`;
  const claim = () => `${server()}/claims/${values('okta_auth_server_claim').id}`;
  const scope = () => `${server()}/scopes/${values('okta_auth_server_scope').id}`;
  const policy = () => `${server()}/policies/${values('okta_auth_server_policy').id}`;
  const rule = () => `${policy()}/rules/${values('okta_auth_server_policy_rule').id}`;
  const application = () => `/apps/${values('okta_app_oauth').id}`;
  const strategy = () => `/v2/application-auth-strategies/${values('konnect_application_auth_strategy').id}`;
  const api = () => `/v3/apis/${values('konnect_api').id}`;
  const publication = () => `${api()}/publications/${values('konnect_portal').id}`;
  const route = () => {
    const { id, control_plane_id: plane } = values('konnect_gateway_route');
    return `/v2/control-planes/${plane}/core-entities/routes/${id}`;
  };

  const changeOkta = async (path: string, changes: object) =>
    admin.okta('PUT', path, { ...(await admin.okta('GET', path)), ...changes });

  const changeRule = async (changes: object) => {
    const { conditions } = (await admin.okta('GET', rule())) as { readonly conditions?: object };
    await changeOkta(rule(), { conditions: { ...conditions, ...changes } });
  };

  test.each<[string, () => Promise<unknown>, string, string]>([
    ['a claim', () => admin.okta('DELETE', claim()), 'claim', 'claim clientId'],
    ['the value of a claim', () => changeOkta(claim(), { value: '"fixed"' }), 'claim', 'claim clientId'],
    ['a scope', () => admin.okta('DELETE', scope()), 'token', 'the scopes api.access'],
    ['a policy', () => admin.okta('DELETE', policy()), 'token', 'access policy'],
    [
      'the status of a policy',
      () => admin.okta('POST', `${policy()}/lifecycle/deactivate`),
      'token',
      'an active access policy',
    ],
    ['a rule', () => admin.okta('DELETE', rule()), 'token', 'a rule of access policy'],
    [
      'the status of a rule',
      () => admin.okta('POST', `${rule()}/lifecycle/deactivate`),
      'token',
      'a rule of access policy',
    ],
    [
      'the grant types of a rule',
      () => changeRule({ grantTypes: { include: ['authorization_code'] } }),
      'token',
      'a rule of access policy',
    ],
    [
      'the scopes of a rule',
      () => changeRule({ scopes: { include: [] } }),
      'token',
      'a rule of access policy',
    ],
    [
      'the status of an application',
      () => admin.okta('POST', `${application()}/lifecycle/deactivate`),
      'token',
      'an active application',
    ],
    ['a publication', () => admin.konnect('DELETE', publication()), 'publication', 'the publication'],
    [
      'the strategy of a publication',
      () => admin.konnect('PUT', publication(), { visibility: 'private' }),
      'publication',
      'the publication',
    ],
    ['a route', () => admin.konnect('DELETE', route()), 'implementation', 'a route'],
    [
      'the link of an API',
      () => admin.konnect('DELETE', `${api()}/implementations/${values('konnect_api_implementation').id}`),
      'implementation',
      'the link of the API',
    ],
  ])('%s', async (_, breakIt, name, part) => {
    await breakIt();
    const link = await broken();
    expect(link).toMatchObject({ name, remedy: expect.stringMatching(/^Deploy again: /) });
    expect(link?.remedy).toContain(part);
    await deploy();
    expect(await broken()).toBeUndefined();
  });

  test('a strategy, which this provider replaces', async () => {
    const { configs } = (await admin.konnect('GET', strategy())) as unknown as {
      readonly configs: { readonly [type: string]: object };
    };
    const config = { ...configs['openid-connect'], credential_claim: ['sub'] };
    await admin.konnect('PATCH', strategy(), { configs: { 'openid-connect': config } });
    const link = await broken();
    expect(link).toMatchObject({ name: 'strategy', remedy: expect.stringMatching(/^Deploy again: /) });
    expect(link?.remedy).toContain('register --replace');
    await deploy();
    expect((await broken())?.name).toBe('registration');
    await command.run('register', '--state', 'state.json', '--developer', 'dev@example.test', '--replace');
    expect(await broken()).toBeUndefined();
  });

  test('a policy, without the Management API', async () => {
    await admin.okta('DELETE', policy());
    const link = await broken({ OKTA_API_TOKEN: undefined, OKTA_ACCESS_TOKEN: undefined });
    expect(link?.remedy).toMatch(/^Deploy again: .* the policy or its rule/);
    await deploy();
    expect(await broken()).toBeUndefined();
  });

  test('an application, which gets new credentials', async () => {
    await admin.okta('POST', `${application()}/lifecycle/deactivate`);
    await admin.okta('DELETE', application());
    const link = await broken();
    expect(link).toMatchObject({ name: 'token', detail: expect.stringContaining('does not exist') });
    expect(link?.remedy).toMatch(/^Deploy again: .* Run verify again, which says how to register it/);
    await deploy();
    expect((await broken())?.name).toBe('registration');
  });
});
