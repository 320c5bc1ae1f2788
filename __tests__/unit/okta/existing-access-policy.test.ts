import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { AccessPolicy, AuthorizationServer } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures } from '../../support/validation';

function setUp() {
  const stack = stackWithProviders();
  return { stack, server: AuthorizationServer.fromDefault(stack, 'server') };
}

describe('an existing policy', () => {
  function existing() {
    const { stack, server } = setUp();
    const attributes = { authorizationServer: server, policyId: '00p1' };
    return { stack, server, policy: AccessPolicy.fromAttributes(stack, 'existing', attributes) };
  }

  test('creates nothing but the rules that are added', () => {
    const { stack, server, policy } = existing();
    expect([policy.policyId, policy.authorizationServer]).toEqual(['00p1', server]);
    const first = policy.addRule({ name: 'first', scopes: ['*'] });
    const second = policy.addRule({ name: 'second', scopes: ['*'] });
    expect(policy.rules).toEqual([first, second]);
    const json = synthesize(stack);
    expect(json.counts()).toEqual({ okta_auth_server_policy_rule: 2, terraform_data: 1 });
    const rules = Object.values(json.resources('okta_auth_server_policy_rule'));
    expect(rules.map(({ name, policy_id, priority }) => [name, policy_id, priority])).toEqual([
      ['first', '00p1', 1],
      ['second', '00p1', 2],
    ]);
    expect(rules[0]).not.toHaveProperty('depends_on');
    expect(rules[1].depends_on).toEqual([expect.stringMatching(/^okta_auth_server_policy_rule\.existing_/)]);
  });

  test('leaves the priorities of its rules to Okta: other rules of the policy are unknown', () => {
    const { stack, policy } = existing();
    policy.addRule({ name: 'rule', scopes: ['*'] });
    expect(synthesize(stack).only('okta_auth_server_policy_rule').lifecycle).toMatchObject({
      ignore_changes: ['priority'],
    });
  });

  test('replaces its rules when the id becomes another one', () => {
    const { stack, policy } = existing();
    policy.addRule({ name: 'rule', scopes: ['*'] });
    const json = synthesize(stack);
    const [trigger] = Object.keys(json.resources('terraform_data'));
    expect(json.only('terraform_data').triggers_replace).toEqual({ id: '00p1' });
    expect(json.only('okta_auth_server_policy_rule').lifecycle).toMatchObject({
      replace_triggered_by: [`terraform_data.${trigger}`],
    });
  });

  test('gives its rules its provider', () => {
    const { stack, server } = setUp();
    const provider = new OktaProvider(stack, 'other', { alias: 'other' });
    const policy = AccessPolicy.fromAttributes(stack, 'existing', {
      authorizationServer: server,
      policyId: '00p1',
      provider,
    });
    policy.addRule({ name: 'rule', scopes: ['*'] });
    expect(synthesize(stack).only('okta_auth_server_policy_rule').provider).toBe('okta.other');
  });

  test('needs an id and a server', () => {
    const { stack } = setUp();
    const attributes = { policyId: ' ', authorizationServer: 'default' as never };
    expectFailures(
      () => AccessPolicy.fromAttributes(stack, 'existing', attributes),
      ['authorizationServer', /must be a construct with authorizationServerId/],
      ['policyId', /must not be empty/],
    );
  });

  test('rejects a second rule with a name', () => {
    const { policy } = existing();
    policy.addRule({ name: 'rule', scopes: ['*'] });
    expectFailures(
      () => policy.addRule({ name: 'rule', scopes: ['*'] }, 'second'),
      ['name', /must not be the name of another rule of the policy \(Okta\)/],
    );
  });
});
