import fs, { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PortalTeam } from '@kong/konnect-cdktf-bindings/lib/portal-team';
import { App, TerraformStack, Testing } from 'cdktf';
import {
  Adoption,
  Api,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  MatchPolicy,
  OktaDevPortalOidc,
  type OktaDevPortalOidcProps,
} from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../../support/command';
import { ManualSetup } from '../../support/manual-setup';
import { ManualSetupExtras } from '../../support/manual-setup-extras';
import { SecretScanner } from '../../support/secret-scanner';
import { writeSynthesizedApp } from '../../support/synthesized-app';

let sandbox: Sandbox;
let made: ManualSetup;
let extras: ManualSetupExtras;
let command: CommandRunner;

beforeEach(async () => {
  sandbox = await Sandbox.start();
  made = await ManualSetup.create(sandbox);
  extras = new ManualSetupExtras(made);
  command = CommandRunner.forSandbox(sandbox);
});

afterEach(async () => {
  expect(SecretScanner.of(sandbox).find({ command: command.everything })).toEqual([]);
  command.remove();
  await sandbox.stop();
});

/** Runs the command, which changes nothing in either tenant. */
async function adopt(...options: string[]) {
  const before = sandbox.requests.writes();
  const result = await command.run('adopt', ...options);
  expect(sandbox.requests.writes()).toEqual(before);
  return result;
}

interface Changes {
  readonly apiName?: string;
  readonly portalName?: string;
  readonly label?: string;
  readonly hasService?: boolean;
  readonly isLinkedToControlPlane?: boolean;
  readonly oidc?: (stack: TerraformStack) => Partial<OktaDevPortalOidcProps>;
  readonly after?: (stack: TerraformStack, oidc: OktaDevPortalOidc, portal: DevPortal) => void;
}

/** The how-to as somebody writes it in code, synthesized. */
function synthesize({
  apiName = 'MyAPI',
  portalName = 'MyDevPortal',
  label = 'Dev Portal app',
  hasService = true,
  isLinkedToControlPlane = false,
  ...changes
}: Changes = {}): void {
  const stack = new TerraformStack(Testing.app(), 'dev-portal');
  const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'quickstart' });
  const gatewayService = new GatewayService(stack, 'service', {
    controlPlane,
    name: 'example-service',
    host: 'upstream.internal',
    routes: { 'example-route': { paths: ['/anything'] } },
  });
  const portal = new DevPortal(stack, 'portal', { name: portalName });
  const api = new Api(stack, 'api', {
    name: apiName,
    ...(isLinkedToControlPlane
      ? { version: '1.0.0', controlPlane }
      : { gatewayService: hasService ? gatewayService : undefined }),
  });
  if (isLinkedToControlPlane) {
    controlPlane.enforceAccess({ matchPolicy: MatchPolicy.IF_PRESENT });
  }
  const oidc = new OktaDevPortalOidc(stack, 'oidc', {
    accessPolicy: { name: 'Clients' },
    clients: { app: { label, redirectUris: ['https://localhost/callback'] } },
    publications: { 'my-api': { api, portal } },
    ...changes.oidc?.(stack),
  });
  changes.after?.(stack, oidc, portal);
  stack.prepareStack();
  writeSynthesizedApp(command.folder, { 'dev-portal': JSON.stringify(stack.toTerraform()) });
}

interface Written {
  readonly stacks: {
    readonly [name: string]: {
      readonly partial?: boolean;
      readonly imports: { readonly [address: string]: string };
    };
  };
}

const FILE = 'adoption.json';
const pathOf = (file: string) => join(command.folder, file);
const read = (file = FILE) => JSON.parse(readFileSync(pathOf(file), 'utf8')) as Written;

/** Import ids of a type. */
const idsOf = (type: string, stack = 'dev-portal') =>
  Object.entries(read().stacks[stack]?.imports ?? {})
    .filter(([address]) => address.startsWith(`${type}.`))
    .map(([, id]) => id);

test('writes an import id for the address of every resource', async () => {
  synthesize();
  const { exitCode, stdout, stderr } = await adopt();
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`✓ okta_app_oauth dev-portal/oidc/Client-app: ${made.applicationId}\n`);
  expect(stdout).toContain('Wrote adoption.json.\n');
  const { version, stacks } = read() as Written & { version: number };
  expect(version).toBe(2);
  const { id: server } = await made.admin.okta('GET', made.server);
  const { apiId: api_id, portalId: portal_id, controlPlaneId: control_plane_id } = made;
  expect(
    Object.fromEntries(
      Object.entries(stacks['dev-portal']?.imports ?? {}).map(([address, id]) => [address.split('.')[0], id]),
    ),
  ).toEqual({
    okta_auth_server_claim: `${server}/${made.claimId}`,
    okta_auth_server_scope: `${server}/${made.scopeId}`,
    okta_auth_server_policy: `${server}/${made.policyId}`,
    okta_auth_server_policy_rule: `${server}/${made.policyId}/${made.ruleId}`,
    okta_app_oauth: made.applicationId,
    konnect_application_auth_strategy: made.strategyId,
    konnect_portal: portal_id,
    konnect_portal_page: JSON.stringify({ id: made.pageId, portal_id }),
    konnect_api: api_id,
    konnect_api_implementation: JSON.stringify({ api_id, id: made.implementationId }),
    konnect_api_publication: JSON.stringify({ api_id, portal_id }),
    konnect_gateway_control_plane: control_plane_id,
    konnect_gateway_service: JSON.stringify({ id: made.serviceId, control_plane_id }),
    konnect_gateway_route: JSON.stringify({ id: made.routeId, control_plane_id }),
  });
});

test('says which id a service needs in the code when the stack adopts no more', async () => {
  synthesize();
  expect((await adopt()).stdout).toContain(
    `→ Set the service id '${made.serviceId}' before the adoption ends: another id replaces the service.\n`,
  );
});

test('prints its findings as JSON, and writes another file', async () => {
  synthesize();
  const { exitCode, stdout } = await adopt('--json', '--file', 'other.json');
  expect(exitCode).toBe(0);
  const { ok, file, findings } = JSON.parse(stdout) as { ok: boolean; file: string; findings: object[] };
  expect([ok, file]).toEqual([true, pathOf('other.json')]);
  expect(findings).toContainEqual({
    what: 'konnect_api dev-portal/api',
    status: 'ok',
    detail: made.apiId,
  });
  expect(existsSync(pathOf('other.json'))).toBe(true);
});

test('matches again while the stack adopts, and keeps what other stacks adopt', async () => {
  const other = { imports: { 'konnect_api.other': 'other' } };
  writeFileSync(pathOf(FILE), JSON.stringify({ version: 2, stacks: { other } }));
  synthesize();
  await adopt();
  const before = read();
  expect(before.stacks.other).toEqual(other);
  synthesize({ oidc: () => ({ adopt: Adoption.fromFile(pathOf(FILE)) }) });
  expect((await adopt()).exitCode).toBe(0);
  expect(read()).toEqual(before);
});

test('leaves out what the code imports', async () => {
  const { applicationId, clientId } = await made.admin.createApplication('Dev Portal app');
  await extras.changePolicy({ clients: [clientId] });
  synthesize({
    after: (stack, oidc, portal) => {
      oidc.clients[0]?.resource.importFrom(applicationId);
      const team = new PortalTeam(stack, 'team', { portalId: portal.portalId, name: 'T', description: 'T' });
      team.importFrom('anything');
    },
  });
  const { exitCode, stdout } = await adopt();
  expect([exitCode, stdout]).toEqual([0, expect.not.stringContaining('okta_app_oauth')]);
  expect(idsOf('okta_app_oauth')).toEqual([]);
  expect(idsOf('okta_auth_server_policy')).toHaveLength(1);
});

describe('what is not found', () => {
  test('is named with the nearest name, and what belongs to it is not named too', async () => {
    synthesize({ apiName: 'MyAPl', label: 'Another' });
    const { exitCode, stdout } = await adopt();
    expect(exitCode).toBe(1);
    expect([...stdout.matchAll(/^✗.*\n.*$/gm)].map(([lines]) => lines)).toEqual([
      '✗ konnect_api dev-portal/api: there is no API "MyAPl"\n    → Did you mean "MyAPI"? Use --partial to create it.',
      '✗ okta_app_oauth dev-portal/oidc/Client-app: there is no OIDC application "Another"\n    → Did you mean "Dev Portal app"? Use --partial to create it.',
    ]);
    expect(existsSync(pathOf(FILE))).toBe(false);
  });

  test('is created with --partial', async () => {
    synthesize({ apiName: 'New' });
    const { exitCode, stdout } = await adopt('--partial');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      '– konnect_api dev-portal/api: there is no API "New": the deployment creates it\n',
    );
    expect(read().stacks['dev-portal']?.partial).toBe(true);
    expect(idsOf('konnect_api_publication')).toEqual([]);
    expect(idsOf('konnect_portal')).toEqual([made.portalId]);
  });

  test('may be the authorization server of an id in the code', async () => {
    synthesize({
      oidc: (stack) => ({
        authorizationServer: AuthorizationServer.fromAttributes(stack, 'server', {
          authorizationServerId: 'aus404',
          issuer: 'https://dev-1.okta.com/oauth2/aus404',
        }),
      }),
    });
    const errors = [...(await adopt()).stdout.matchAll(/✗ okta.*\n.*/g)].map(([lines]) => lines);
    expect(errors).toEqual([
      expect.stringMatching(
        /✗ okta_auth_server_\w+ dev-portal\/\S+: there is no authorization server aus404\n {4}→ Choose one of "default" \(/,
      ),
    ]);
  });

  test('may be a resource of a type that the command does not adopt', async () => {
    synthesize({
      after: (stack) => {
        stack.addOverride('resource.konnect_mesh.one', { name: 'one' });
      },
    });
    expect((await adopt()).stdout).toContain(
      '✗ konnect_mesh.one: the command does not adopt konnect_mesh\n    → Remove it from the stack until the rest is adopted, or import it by its id in the code.',
    );
  });
});

describe('links of APIs', () => {
  test('to a control plane exclude one to a service', async () => {
    const implementations = `/v3/apis/${made.apiId}/implementations`;
    await made.admin.konnect('DELETE', `${implementations}/${made.implementationId}`);
    await made.admin.konnect('POST', implementations, {
      control_plane: { control_plane_id: made.controlPlaneId },
    });
    synthesize();
    const { exitCode, stdout } = await adopt('--partial');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      `✗ konnect_api_implementation dev-portal/api/Implementation: the API is linked to the control plane ${made.controlPlaneId}, which enforces access control\n    → Link the API to that control plane, and to no gateway service.`,
    );
    synthesize({ hasService: false });
    expect((await adopt()).exitCode).toBe(0);
  });

  test('to a control plane are adopted with its plugin', async () => {
    const { pluginId: id, implementationId } = await extras.enforceAccess({});
    synthesize({ isLinkedToControlPlane: true });
    expect((await adopt()).exitCode).toBe(0);
    expect(idsOf('konnect_api_implementation')).toEqual([
      JSON.stringify({ api_id: made.apiId, id: implementationId }),
    ]);
    expect(idsOf('konnect_gateway_plugin_ace')).toEqual([
      JSON.stringify({ id, control_plane_id: made.controlPlaneId }),
    ]);
  });

  test('to another service exclude one to this', async () => {
    const service = await extras.addService({ name: 'another' });
    const implementations = `/v3/apis/${made.apiId}/implementations`;
    await made.admin.konnect('DELETE', `${implementations}/${made.implementationId}`);
    await made.admin.konnect('POST', implementations, {
      service: { id: service, control_plane_id: made.controlPlaneId },
    });
    synthesize();
    expect((await adopt()).stdout).toContain(
      `the API is linked to the gateway service ${service}\n    → Link the API to that service.`,
    );
  });
});

describe('names', () => {
  test('of two things are ambiguous, and --import chooses', async () => {
    const { applicationId: twin, clientId } = await made.admin.createApplication('Dev Portal app');
    await extras.changePolicy({ clients: [clientId] });
    synthesize();
    const { exitCode, stdout } = await adopt();
    expect(exitCode).toBe(1);
    const [, address] = /--import (okta_app_oauth\.\S+)=/.exec(stdout) ?? [];
    expect(stdout).toContain(
      `→ Choose one with --import ${address}=${made.applicationId} or --import ${address}=${twin}.\n`,
    );
    expect((await adopt('--import', `${address}=${twin}`)).exitCode).toBe(0);
    expect(idsOf('okta_app_oauth')).toEqual([twin]);
    expect((await adopt('--import', `${address}=0oa404`)).stdout).toContain(
      'there is no OIDC application 0oa404\n',
    );
  });

  test.each(['a ${b} %{c}', '$${', 'line\r\nbreak "q"', '$\r%'])(
    '%j is found in any of them',
    async (name) => {
      await made.admin.konnect('PATCH', `/v3/portals/${made.portalId}`, { name });
      await made.admin.konnect('PATCH', `/v3/apis/${made.apiId}`, { name });
      synthesize({ apiName: name, portalName: name });
      const { exitCode, stdout } = await adopt();
      expect([exitCode, stdout]).toEqual([0, stdout]);
      expect(idsOf('konnect_portal')).toEqual([made.portalId]);
    },
  );

  test('and version tell an API from others', async () => {
    const second = await extras.addApi({ name: 'MyAPI', version: '2.0' });
    synthesize({
      after: (stack, oidc, portal) =>
        oidc.publish('second', { api: new Api(stack, 'second', { name: 'MyAPI', version: '2.0' }), portal }),
    });
    expect((await adopt()).exitCode).toBe(0);
    expect(idsOf('konnect_api').sort()).toEqual([made.apiId, second].sort());
  });

  test('and parents tell a nested page from others', async () => {
    const pages = `/v3/portals/${made.portalId}/pages`;
    const { id: guides } = await made.admin.konnect('POST', pages, { slug: 'guides', content: 'Guides' });
    const { id: start } = await made.admin.konnect('POST', pages, {
      slug: 'start',
      content: 'Start',
      parent_page_id: guides,
    });
    await made.admin.konnect('POST', pages, { slug: 'start', content: 'Another' });
    synthesize({
      after: (_, __, portal) => {
        const parent = portal.addPage('guides', { slug: 'guides', content: 'Guides' });
        const page = portal.addPage('start', { slug: 'start', content: 'Start' });
        page.resource.parentPageId = parent.resource.id;
      },
    });
    const { exitCode, stdout } = await adopt();
    expect([exitCode, stdout]).toEqual([0, stdout]);
    expect(idsOf('konnect_portal_page').map((id) => (JSON.parse(id) as { id: string }).id)).toEqual(
      expect.arrayContaining([made.pageId, guides, start]),
    );
  });
});

describe('the clients of a policy', () => {
  test('have to stay', async () => {
    const others = [
      await made.admin.createApplication('Second'),
      await made.admin.createApplication('Third'),
    ];
    const [second, third] = others.map(({ clientId }) => clientId);
    await extras.changePolicy({ clients: [made.clientId, second, third] });
    synthesize();
    const { exitCode, stdout } = await adopt();
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      `✗ okta_auth_server_policy dev-portal/oidc/AccessPolicy: ${second}, ${third} would get no more tokens: the policy in the code does not list them\n    → Add '${second}', '${third}' to the allowed client ids.`,
    );
    synthesize({ oidc: () => ({ allowedClientIds: [second, third] }) });
    expect((await adopt()).exitCode).toBe(0);
  });

  test('may be all of the org', async () => {
    await extras.changePolicy({ clients: ['ALL_CLIENTS'] });
    synthesize();
    expect((await adopt()).stdout).toContain("→ Set client_whitelist of its resource to ['ALL_CLIENTS'].");
    synthesize({
      after: (_, oidc) => {
        if (oidc.accessPolicy) {
          oidc.accessPolicy.resource.clientWhitelist = ['ALL_CLIENTS'];
        }
      },
    });
    expect((await adopt()).exitCode).toBe(0);
  });
});

test('refuses to reset settings of an application that the provider may not know, unless they are named', async () => {
  const { clientId } = await made.admin.createApplication('Restricted', {
    network: { connection: 'ZONE', include: ['nzo1'] },
    subject_type: 'public',
    frontchannel_logout_uri: 'https://localhost/bye',
  });
  await extras.changePolicy({ clients: [clientId] });
  synthesize({ label: 'Restricted' });
  const { exitCode, stdout } = await adopt();
  expect(exitCode).toBe(1);
  const settings = [...stdout.matchAll(/the deployment resets (\S+) /g)].map(([, setting]) => setting ?? '');
  expect(settings).toEqual(['settings.oauthClient.network', 'settings.oauthClient.frontchannel_logout_uri']);
  const accepted = await adopt(...settings.flatMap((setting) => ['--accept-loss', setting]));
  expect(accepted.exitCode).toBe(0);
  expect(accepted.stdout).toContain(
    '→ Set settings.oauthClient.network in Okta again after the deployment.\n',
  );
});

test('refuses another issuer, which would replace the strategy', async () => {
  const issuer = made.issuer.replace('127.0.0.1', 'login.example.test');
  const strategyId = await extras.addStrategy('Custom domain', {}, { issuer });
  await made.publish({ auth_strategy_ids: [strategyId] });
  synthesize({ oidc: () => ({ name: 'Custom domain', accessPolicy: { name: 'Clients' } }) });
  const { exitCode, stdout } = await adopt();
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    `✗ konnect_application_auth_strategy dev-portal/oidc/Strategy: its issuer is ${issuer}, and the code has ${made.issuer}: the deployment would replace it`,
  );
});

test('follows references to other stacks of the app', async () => {
  const app = new App();
  const portals = new TerraformStack(app, 'portals');
  const portal = new DevPortal(portals, 'portal', { name: 'MyDevPortal', homePage: '' });
  const apis = new TerraformStack(app, 'apis');
  const api = new Api(apis, 'api', { name: 'MyAPI' });
  new OktaDevPortalOidc(apis, 'oidc', { publications: { api: { api, portal } } });
  for (const stack of [portals, apis]) {
    stack.prepareStack();
  }
  const json = (stack: TerraformStack) => JSON.stringify(stack.toTerraform());
  writeSynthesizedApp(command.folder, { portals: json(portals), apis: json(apis) });
  expect((await adopt('apis')).exitCode).toBe(0);
  expect(Object.keys(read().stacks)).toEqual(['apis']);
  expect(idsOf('konnect_api_publication', 'apis')).toEqual([
    JSON.stringify({ api_id: made.apiId, portal_id: made.portalId }),
  ]);
  await adopt();
  expect(Object.keys(read().stacks)).toEqual(['apis', 'portals']);
});

describe('before anything is asked', () => {
  test.each<[string, string[], () => void, RegExp]>([
    [
      'no app',
      [],
      () => rmSync(pathOf('cdktf.out'), { recursive: true }),
      /No synthesized app in .*cdktf\.out\n/,
    ],
    [
      'an unknown stack',
      ['other'],
      () => undefined,
      /The app has no stack other\n {4}→ Its stacks are dev-portal\./,
    ],
    ['a folder for a file', ['--file', '.'], () => undefined, /is a folder\n {4}→ Name a file in it\./],
    [
      'a file in a folder that does not exist',
      ['--file', 'no/such.json'],
      () => undefined,
      /such\.json cannot be written: ENOENT/,
    ],
    [
      'a file of another kind',
      [],
      () => writeFileSync(pathOf(FILE), '{ "version": 1, "okta": {} }'),
      /adoption\.json is not an adoption file of this version\n {4}→ Delete it/,
    ],
    [
      'a chosen id of another resource',
      ['--import', 'okta_app_oauth.other=0oa1'],
      () => undefined,
      /--import okta_app_oauth\.other=0oa1 is not <address>=<id> of a resource in dev-portal\n/,
    ],
    [
      'a stack that is no JSON',
      [],
      () => writeFileSync(pathOf('cdktf.out/stacks/dev-portal/cdk.tf.json'), 'no'),
      /cdk\.tf\.json cannot be read: .*\n {4}→ Run cdktf synth/,
    ],
  ])('%s is refused', async (_, options, prepare, message) => {
    synthesize();
    prepare();
    sandbox.requests.clear();
    const { exitCode, stderr } = await adopt(...options);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(exitCode).toBe(2);
    expect(sandbox.requests.all()).toEqual([]);
  });
});

test('a file stays as it was when a new one cannot be written', async () => {
  synthesize();
  await adopt();
  const before = read();
  jest.spyOn(fs, 'renameSync').mockImplementationOnce(() => {
    throw new Error('no space left');
  });
  const { exitCode, stderr } = await adopt();
  expect(stderr).toContain('adoption.json cannot be written: no space left\n    → Choose another file.');
  expect(exitCode).toBe(1);
  expect(read()).toEqual(before);
  expect(readdirSync(command.folder).sort()).toEqual([FILE, 'cdktf.out']);
});
