import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { Lazy, TerraformStack, TerraformVariable } from 'cdktf';
import { AccessPolicy, AuthorizationServer, GrantType, OidcClient } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures, expectSynthFailures } from '../../support/validation';

function setUp() {
  const stack = stackWithProviders();
  return { stack, server: AuthorizationServer.fromDefault(stack, 'server') };
}

test('lists its clients, also those that are added later', () => {
  const { stack, server } = setUp();
  const policy = server.addAccessPolicy('policy', {
    name: 'Partners',
    clients: [OidcClient.fromClientId(stack, 'a', '0oa1')],
  });
  policy.addClient(OidcClient.fromClientId(stack, 'b', '0oa2'));
  expect(synthesize(stack).only('okta_auth_server_policy')).toMatchObject({
    name: 'Partners',
    description: 'Partners',
    client_whitelist: ['0oa1', '0oa2'],
  });
});

test('accepts clients that are set on the resource', () => {
  const { stack, server } = setUp();
  server.addAccessPolicy('policy', { name: 'Partners' }).resource.clientWhitelist = ['0oa1'];
  expect(synthesize(stack).only('okta_auth_server_policy').client_whitelist).toEqual(['0oa1']);
});

test('applies to all clients with allClients', () => {
  const { stack, server } = setUp();
  server.addAccessPolicy('policy', { name: 'All', allClients: true, description: 'd' });
  expect(synthesize(stack).only('okta_auth_server_policy')).toMatchObject({
    client_whitelist: ['ALL_CLIENTS'],
    description: 'd',
  });
});

test('creates its rules in order, one after the other', () => {
  const { stack, server } = setUp();
  const policy = new AccessPolicy(stack, 'policy', {
    authorizationServer: server,
    name: 'Partners',
    allClients: true,
    rules: [
      { name: 'first', scopes: ['a'], accessTokenLifetimeMinutes: 5 },
      { name: 'second', scopes: ['*'], grantTypes: [GrantType.AUTHORIZATION_CODE] },
    ],
  });
  const third = policy.addRule({
    name: 'third',
    scopes: ['b'],
    grantTypes: [GrantType.PASSWORD],
    groups: ['00g1'],
  });
  const json = synthesize(stack);
  const [first, second, last] = Object.entries(json.resources('okta_auth_server_policy_rule'))
    .sort(([, a], [, b]) => Number(a.priority) - Number(b.priority))
    .map(([name, rule]) => ({ name, rule }));
  expect(first.rule).toMatchObject({ priority: 1, access_token_lifetime_minutes: 5 });
  expect(first.rule).not.toHaveProperty('depends_on');
  expect(first.rule).not.toHaveProperty('group_whitelist');
  expect(second.rule).toMatchObject({
    priority: 2,
    grant_type_whitelist: ['authorization_code'],
    group_whitelist: ['EVERYONE'],
    depends_on: [`okta_auth_server_policy_rule.${first.name}`],
  });
  expect(last.rule).toMatchObject({
    priority: 3,
    group_whitelist: ['00g1'],
    depends_on: [`okta_auth_server_policy_rule.${second.name}`],
  });
  expect(policy.rules.at(-1)).toBe(third);
  const [policyName] = Object.keys(json.resources('okta_auth_server_policy'));
  const id = `\${okta_auth_server_policy.${policyName}.id}`;
  expect(json.replacementIds(first.rule)).toEqual([{ id }]);
});

describe('the scopes of a rule', () => {
  const whitelist = (json: ReturnType<typeof synthesize>) =>
    json.only('okta_auth_server_policy_rule').scope_whitelist;

  test('reference scopes that this stack adds to the server, also later', () => {
    const { stack, server } = setUp();
    const policy = server.addAccessPolicy('policy', { name: 'p', allClients: true });
    policy.addRule({ name: 'r', scopes: ['orders.${read}', 'other'] });
    server.addScope('orders.${read}');
    const json = synthesize(stack);
    const [scope] = Object.keys(json.resources('okta_auth_server_scope'));
    expect(whitelist(json)).toEqual([`\${okta_auth_server_scope.${scope}.name}`, 'other']);
  });

  test('are names if another stack adds them', () => {
    const { stack, server } = setUp();
    const other = new TerraformStack(stack.node.root, 'other');
    new OktaProvider(other, 'okta', {});
    server.addScope('orders');
    const policy = new AccessPolicy(other, 'policy', {
      authorizationServer: server,
      name: 'p',
      allClients: true,
    });
    policy.addRule({ name: 'r', scopes: ['orders'] });
    expect(whitelist(synthesize(other))).toEqual(['orders']);
  });
});

test('a rule with an id keeps its address when its name changes', () => {
  const addresses = ['first', 'second'].map((name) => {
    const { stack, server } = setUp();
    server
      .addAccessPolicy('policy', { name: 'p', allClients: true })
      .addRule({ name, scopes: ['*'] }, 'rule');
    return Object.keys(synthesize(stack).resources('okta_auth_server_policy_rule'));
  });
  expect(addresses[0]).toEqual(addresses[1]);
});

test.each([
  ['', /must have at least 1 character/],
  [Lazy.stringValue({ produce: () => 'id' }), /must be known at synthesis/],
])('rejects %p as the id of a rule', (id, rule) => {
  const { server } = setUp();
  const policy = server.addAccessPolicy('policy', { name: 'p', allClients: true });
  expectFailures(() => policy.addRule({ name: 'r', scopes: ['*'] }, id), ['id', rule]);
});

test('rejects the id of another child as the id of a rule', () => {
  const { server } = setUp();
  const policy = server.addAccessPolicy('policy', { name: 'p', allClients: true });
  expectFailures(
    () => policy.addRule({ name: 'r', scopes: ['*'] }, 'Resource'),
    ['id', /must not be the id of another child/],
  );
});

describe('the priorities of a policy and its rules', () => {
  test.each([
    ['are left to Okta', {}, 1, ['priority']],
    ['count at creation', { priority: 2 }, 2, ['priority']],
    ['are kept without ignorePriorityChanges', { priority: 2, ignorePriorityChanges: false }, 2, undefined],
  ])('%s', (_case, options, priority, ignored) => {
    const { stack, server } = setUp();
    const rules = [{ name: 'r', scopes: ['*'] }];
    server.addAccessPolicy('policy', { name: 'p', allClients: true, rules, ...options });
    const json = synthesize(stack);
    expect(json.only('okta_auth_server_policy').priority).toBe(priority);
    for (const type of ['okta_auth_server_policy', 'okta_auth_server_policy_rule']) {
      const { lifecycle } = json.only(type) as { lifecycle?: { ignore_changes?: string[] } };
      expect(lifecycle?.ignore_changes).toEqual(ignored);
    }
  });
});

describe('the groups of a rule for client credentials', () => {
  const addRule = (groups: string[], grantTypes?: GrantType[]) => {
    const policy = setUp().server.addAccessPolicy('policy', { name: 'p', allClients: true });
    return policy.addRule({ name: 'r', scopes: ['*'], groups, grantTypes });
  };

  test('are everyone at most: Okta never applies a rule for other groups', () => {
    expectFailures(() => addRule(['00g1']), ['groups', /must be EVERYONE for client credentials/]);
    expectFailures(
      () => addRule(['EVERYONE', '00g1']),
      ['groups', /must be EVERYONE for client credentials/],
    );
    expect(() => addRule(['EVERYONE'])).not.toThrow();
  });

  test('are any beside a grant type with a user', () => {
    expect(() => addRule(['00g1'], [GrantType.CLIENT_CREDENTIALS, GrantType.PASSWORD])).not.toThrow();
  });
});

test('a rule is for everyone if one of its grant types has a user', () => {
  const { stack, server } = setUp();
  const policy = server.addAccessPolicy('policy', { name: 'Partners', allClients: true });
  const grantTypes = [GrantType.CLIENT_CREDENTIALS, GrantType.AUTHORIZATION_CODE];
  policy.addRule({ name: 'both', scopes: ['*'], grantTypes });
  expect(synthesize(stack).only('okta_auth_server_policy_rule')).toMatchObject({
    grant_type_whitelist: ['client_credentials', 'authorization_code'],
    group_whitelist: ['EVERYONE'],
  });
});

test('passes scopes that are known at apply only unchanged', () => {
  const { stack, server } = setUp();
  const scopes = new TerraformVariable(stack, 'scopes', { type: 'list(string)' });
  const name = new TerraformVariable(stack, 'name', {});
  const policy = server.addAccessPolicy('policy', { name: 'Partners', allClients: true });
  policy.addRule({ name: 'list', scopes: scopes.listValue });
  policy.addRule({ name: 'names', scopes: [name.stringValue] });
  const rules = Object.values(synthesize(stack).resources('okta_auth_server_policy_rule'));
  expect(rules.map((rule) => rule.scope_whitelist)).toEqual(['${var.scopes}', ['${var.name}']]);
});

test('a policy without clients fails at synthesis', () => {
  const { stack, server } = setUp();
  server.addAccessPolicy('policy', { name: 'p' });
  expectSynthFailures(stack, ['clients', /must contain at least one client unless allClients is true/]);
});
