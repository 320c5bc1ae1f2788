import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../../support/command';
import { ManualSetup } from '../../support/manual-setup';

/*
 * What `verify` advises when Okta issues no token, with and without a token of the Management API.
 */
interface State {
  values: { root_module: { resources: { type: string; values: { [attribute: string]: unknown } }[] } };
}

let sandbox: Sandbox;
let made: ManualSetup;
let runners: CommandRunner[];

beforeEach(async () => {
  sandbox = await Sandbox.start();
  made = await ManualSetup.create(sandbox);
  runners = [];
});

afterEach(async () => {
  for (const runner of runners) {
    runner.remove();
  }
  await sandbox.stop();
});

/** The state with the ids that the provider writes, and changes of the client. */
function state(client: object = {}): State {
  const whole = made.state() as State;
  for (const { type, values } of whole.values.root_module.resources) {
    if (type === 'okta_auth_server_policy') {
      Object.assign(values, { id: made.policyId, auth_server_id: 'default' });
    } else if (type === 'okta_app_oauth') {
      Object.assign(values, client);
    }
  }
  return whole;
}

async function verify(env: { readonly [name: string]: string | undefined } = {}, client: object = {}) {
  const runner = CommandRunner.forSandbox(sandbox, env);
  runners.push(runner);
  runner.writeState(state(client));
  return runner.run('verify', '--state', 'state.json', '--wait', '0');
}

async function tokenLink(env: { readonly [name: string]: string | undefined } = {}): Promise<string> {
  const { stdout } = await verify(env);
  return /✗ Token: [^\n]*\n[^\n]*/.exec(stdout)?.[0] ?? '';
}

const WITHOUT_ADMIN = { OKTA_API_TOKEN: undefined, OKTA_ACCESS_TOKEN: undefined };

describe('an inactive policy', () => {
  beforeEach(() =>
    made.admin.okta('POST', `/authorizationServers/default/policies/${made.policyId}/lifecycle/deactivate`),
  );

  test('is named where the Management API can be asked', async () => {
    expect(await tokenLink()).toMatch(
      /access policy Clients is inactive\n.*Deploy again: the stack has an active access policy Clients/,
    );
  });

  test('is to be checked before its rule otherwise', async () => {
    expect(await tokenLink(WITHOUT_ADMIN)).toMatch(/Check that the policy is active .* rule is active/);
  });

  test('is to be checked where the token may not read it', async () => {
    expect(await tokenLink({ OKTA_API_TOKEN: 'wrong-token' })).toMatch(/Check that the policy is active/);
  });
});

test('an inactive rule is named where the Management API can be asked', async () => {
  const rule = `/authorizationServers/default/policies/${made.policyId}/rules/${made.ruleId}`;
  await made.admin.okta('POST', `${rule}/lifecycle/deactivate`);
  expect(await tokenLink()).toMatch(/access policy Clients has no active rule\n.*rule Client credentials/);
});

describe('a rule without', () => {
  const changeRule = async (conditions: object) => {
    const rule = `/authorizationServers/default/policies/${made.policyId}/rules/${made.ruleId}`;
    const before = (await made.admin.okta('GET', rule)) as { conditions?: object };
    await made.admin.okta('PUT', rule, { ...before, conditions: { ...before.conditions, ...conditions } });
  };

  test('the scope is named where the Management API can be asked', async () => {
    await changeRule({ scopes: { include: [] } });
    expect(await tokenLink()).toMatch(
      /no rule of access policy Clients allows api\.access\n.*rule Client credentials/,
    );
    expect(await tokenLink(WITHOUT_ADMIN)).toMatch(/allows Client Credentials and the scopes api\.access/);
  });

  test('the grant type is named', async () => {
    await changeRule({ grantTypes: { include: ['authorization_code'] } });
    expect(await tokenLink()).toMatch(
      /no rule of access policy Clients allows Client Credentials\n.*rule Client credentials/,
    );
  });
});

test('a policy that names another client instead is named where the Management API can be asked', async () => {
  const policy = `/authorizationServers/default/policies/${made.policyId}`;
  const { clientId } = await made.admin.createApplication('Other app');
  await made.admin.okta('PUT', policy, {
    ...(await made.admin.okta('GET', policy)),
    conditions: { clients: { include: [clientId] } },
  });
  expect(await tokenLink()).toMatch(
    /access policy Clients does not name the client any more\n.*Deploy again: the stack has application Dev Portal app/,
  );
});

test('a policy on another authorization server is not to be checked', async () => {
  const { id } = (await made.admin.okta('POST', '/authorizationServers', {
    name: 'Staging',
    audiences: ['api://staging'],
  })) as { id: string };
  await made.admin.okta('POST', `/authorizationServers/${id}/scopes`, { name: 'api.access' });
  const text = JSON.stringify(state()).replaceAll(made.issuer, made.issuer.replace(/default$/, id));
  const runner = CommandRunner.forSandbox(sandbox);
  runners.push(runner);
  runner.writeState(JSON.parse(text));
  const { stdout } = await runner.run('verify', '--state', 'state.json', '--wait', '0');
  expect(stdout).toMatch(
    /✗ Token: .*access_denied[^\n]*\n.*No access policy .* on this authorization server/,
  );
});

describe('an inactive application', () => {
  beforeEach(() => made.admin.okta('POST', `/apps/${made.clientId}/lifecycle/deactivate`));

  test('is named where the Management API can be asked', async () => {
    expect(await tokenLink()).toMatch(/application Dev Portal app is inactive\n.*Activate application/);
  });

  test('with the secret from the state gets no advice about the environment', async () => {
    const printed = await tokenLink(WITHOUT_ADMIN);
    expect(printed).toContain('Check in Okta that application Dev Portal app is active');
    expect(printed).not.toContain('OKTA_CLIENT_SECRET');
  });

  test('with the secret from the environment gets it', async () => {
    const printed = await tokenLink({ ...WITHOUT_ADMIN, OKTA_CLIENT_SECRET: made.clientSecret });
    expect(printed).toContain('OKTA_CLIENT_SECRET');
  });
});

describe('a secret of another client in the environment', () => {
  const secret = { OKTA_CLIENT_SECRET: 'secret-of-another-client' };

  test('is named as the cause if the state has the secret of the client', async () => {
    const printed = await tokenLink(secret);
    expect(printed).toMatch(
      /invalid_client.*\n.*OKTA_CLIENT_SECRET overrides the secret in the state: unset it/,
    );
  });

  test('is to be checked otherwise', async () => {
    const { stdout } = await verify(secret, { client_secret: null });
    expect(stdout).toContain('→ Check that OKTA_CLIENT_SECRET is an active secret');
  });

  test('that is a short word does not mask words of the output', async () => {
    const { stdout } = await verify({ OKTA_CLIENT_SECRET: 'wrong' });
    expect(stdout).toContain('Request with a wrong secret');
  });
});

test.each(['private_key_jwt', 'none'])('a client with %s has no secret to ask for', async (method) => {
  const client = { token_endpoint_auth_method: method, client_secret: null };
  const { exitCode, stderr } = await verify({}, client);
  expect(stderr).toContain(`Client Dev Portal app authenticates with ${method} and has no secret`);
  expect(stderr).not.toContain('OKTA_CLIENT_SECRET');
  expect(exitCode).toBe(2);
});

test('clients of the same label are told apart by their stacks', async () => {
  const runner = CommandRunner.forSandbox(sandbox);
  runners.push(runner);
  for (const [name, id] of [
    ['orders.json', '0oaorders'],
    ['stock.json', '0oastock'],
  ]) {
    writeFileSync(join(runner.folder, name), JSON.stringify(state({ label: 'App', client_id: id })));
  }
  const { exitCode, stderr } = await runner.run(
    'verify',
    '--state',
    'orders.json',
    'stock.json',
    '--client',
    'App',
  );
  expect(stderr).toContain('App (0oaorders, in orders.json), App (0oastock, in stock.json)');
  expect(exitCode).toBe(2);
});
