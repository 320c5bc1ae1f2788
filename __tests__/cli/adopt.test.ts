import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../../test-support/command';
import { HandMadeHowTo } from '../../test-support/hand-made';
import { SecretScanner } from '../../test-support/secret-scanner';

let sandbox: Sandbox;
let made: HandMadeHowTo;
let command: CommandRunner;

beforeEach(async () => {
  sandbox = await Sandbox.start();
  made = await HandMadeHowTo.create(sandbox);
  command = CommandRunner.forSandbox(sandbox);
  sandbox.requests.clear();
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

const written = () => JSON.parse(readFileSync(join(command.folder, 'adopt.json'), 'utf8')) as object;

test('writes the ids of all pieces by name', async () => {
  expect((await adopt()).exitCode).toBe(0);
  expect(written()).toEqual({
    version: 1,
    okta: {
      authorizationServer: { id: 'default', name: 'default' },
      claims: { clientId: made.claimId },
      scopes: { 'api.access': made.scopeId },
      policies: { Clients: { id: made.policyId, rules: { 'Client credentials': made.ruleId } } },
      applications: { 'Dev Portal app': made.clientId },
    },
    konnect: {
      authStrategies: { 'Okta OIDC': made.strategyId },
      portals: { MyDevPortal: { id: made.portalId, pages: { '/': made.pageId } } },
      apis: {
        MyAPI: { id: made.apiId, implementation: made.implementationId, publishedTo: ['MyDevPortal'] },
      },
      controlPlane: { id: made.controlPlaneId, name: 'quickstart' },
      services: { 'example-service': { id: made.serviceId, routes: { 'example-route': made.routeId } } },
    },
  });
});

test('prints its findings as JSON, and takes another file', async () => {
  const { exitCode, stdout } = await adopt('--json', '--file', 'other.json');
  expect(exitCode).toBe(0);
  const { ok, findings, file } = JSON.parse(stdout) as { ok: boolean; findings: object[]; file: string };
  expect(ok).toBe(true);
  expect(findings).toHaveLength(13);
  expect(file).toBe(join(command.folder, 'other.json'));
  expect(existsSync(file)).toBe(true);
});

describe('what is ambiguous', () => {
  test('is named, and chosen by an option', async () => {
    await made.addStranger();
    const { exitCode, stdout } = await adopt();
    expect(stdout).toMatch(
      /✗ Access policy: ambiguous: Clients \(00p\w+\), Strangers \(00p\w+\)\n {4}→ Choose one with --policy\./,
    );
    expect(stdout).toContain('Not everything was found, so no file was written.');
    expect(exitCode).toBe(1);
    expect(existsSync(join(command.folder, 'adopt.json'))).toBe(false);
    expect((await adopt('--policy', 'Clients')).exitCode).toBe(0);
  });

  test('two portals', async () => {
    await made.admin.konnect('POST', '/v3/portals', { name: 'Other' });
    const { exitCode, stdout } = await adopt();
    expect(stdout).toMatch(
      /✗ Portal: ambiguous: MyDevPortal \(.*\), Other \(.*\)\n {4}→ Choose one with --portal\./,
    );
    expect(exitCode).toBe(1);
    expect((await adopt('--portal', 'MyDevPortal')).exitCode).toBe(0);
    expect((await adopt('--portal', made.portalId)).exitCode).toBe(0);
  });
});

describe('what is missing', () => {
  const server = '/authorizationServers/default';
  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'the claim',
      () => made.admin.okta('DELETE', `${server}/claims/${made.claimId}`),
      /✗ Claim: missing\n {4}→ Add a claim clientId with the value app\.clientId/,
    ],
    [
      'the scope',
      async () => {
        await made.admin.okta('DELETE', `${server}/policies/${made.policyId}/rules/${made.ruleId}`);
        await made.admin.okta('DELETE', `${server}/scopes/${made.scopeId}`);
      },
      /✗ Scope: missing\n {4}→ Add the scope api\.access/,
    ],
    [
      'the rule',
      () => made.admin.okta('DELETE', `${server}/policies/${made.policyId}/rules/${made.ruleId}`),
      /✗ Access policy: missing\n {4}→ Add an access policy with a rule: grant type Client Credentials/,
    ],
    [
      'the link to the gateway',
      () => made.admin.konnect('DELETE', `/v3/apis/${made.apiId}/implementations/${made.implementationId}`),
      /✗ Gateway service of MyAPI: missing\n {4}→ Link the API to a gateway service/,
    ],
    [
      'the publication',
      () => made.admin.konnect('DELETE', `/v3/apis/${made.apiId}/publications/${made.portalId}`),
      /✗ Auth strategy: missing\n {4}→ Publish an API to MyDevPortal/,
    ],
  ])('%s', async (_, remove, message) => {
    await remove();
    const { exitCode, stdout } = await adopt();
    expect(stdout).toMatch(message);
    expect(exitCode).toBe(1);
    expect(existsSync(join(command.folder, 'adopt.json'))).toBe(false);
  });

  test('an API and a client that were asked for', async () => {
    const { stdout } = await adopt('--api', 'Other', '--api', 'MyAPI');
    expect(stdout).toContain(
      '✗ API Other: missing\n    → It must be published to MyDevPortal with Okta OIDC.',
    );
    expect((await adopt('--client', 'Other')).stdout).toContain(
      '✗ Application Other: not among the clients of access policy Clients',
    );
  });

  test('a portal of another name', async () => {
    expect((await adopt('--portal', 'Other')).stdout).toContain('✗ Portal: missing\n    → Create one');
  });
});

test.each<[string, { [name: string]: string | undefined }, number, string]>([
  [
    'no org',
    { OKTA_HTTP_PROXY: undefined, OKTA_ORG_NAME: undefined },
    2,
    'OKTA_ORG_NAME or OKTA_BASE_URL is not set',
  ],
  ['no token', { OKTA_API_TOKEN: undefined }, 2, 'OKTA_API_TOKEN is not set'],
  [
    'a wrong token',
    { OKTA_API_TOKEN: 'wrong-token' },
    3,
    'Okta answers GET /api/v1/authorizationServers with 401',
  ],
  [
    'a wrong org',
    { OKTA_HTTP_PROXY: 'https://okta.invalid' },
    3,
    'Okta cannot be reached at https://okta.invalid',
  ],
])('explains %s', async (_, changes, code, message) => {
  const runner = CommandRunner.forSandbox(sandbox, changes);
  const { exitCode, stderr } = await runner.run('adopt');
  runner.remove();
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('wrong-token');
  expect(exitCode).toBe(code);
});
