import { type Entity, fieldOf, nameOf, textOf, textsOf } from '../../entity';
import { ALL_CLIENTS, clientIdOf, clientsOf } from '../../okta-entity';
import type { FoundPolicy } from '../how-to/how-to';
import type { AppSource } from './app-source';
import { type Code, valueCode } from './code';
import { differencesFromConstruct, differencesFromDefaults } from './deviations';
import { codeUnlessDefault } from './props';

/** The prop `accessPolicy`. */
export function accessPolicyProp({ entity: policy, rules: [rule] }: FoundPolicy): Code {
  return {
    name: valueCode(nameOf(policy)),
    description: valueCode(textOf(policy, 'description')),
    ruleName: valueCode(nameOf(rule)),
    groups: codeUnlessDefault(groupsOf(rule)),
    accessTokenLifetimeMinutes: codeUnlessDefault(tokenSetting(rule, 'accessTokenLifetimeMinutes'), 60),
  };
}

/** Keeps settings of policy and rule without a prop. */
export function keepPolicyDetails(
  source: AppSource,
  { entity: policy, rules: [rule] }: FoundPolicy,
  scopes: readonly string[],
): void {
  const owner = 'oidc.accessPolicy';
  const isForAll = clientsOf(policy).includes(ALL_CLIENTS);
  source.keepIf(`Access policy ${nameOf(policy)}`, owner, `${owner}.resource`, [
    ...differencesFromDefaults(['status', policy.status, 'ACTIVE']),
    ...(isForAll ? [{ attribute: 'client_whitelist', value: clientsOf(policy) }] : []),
  ]);
  const people = (side: string, list: string) => textsOf(rule, 'conditions', 'people', side, list);
  source.keepIf(`Rule ${nameOf(rule)}`, owner, `${owner}.rules[0].resource`, [
    ...differencesFromConstruct(
      ['priority', rule.priority ?? 1, 1],
      ['grant_type_whitelist', textsOf(rule, 'conditions', 'grantTypes', 'include'), ['client_credentials']],
      ['scope_whitelist', textsOf(rule, 'conditions', 'scopes', 'include'), scopes],
    ),
    ...differencesFromDefaults(
      ['status', rule.status, 'ACTIVE'],
      ['group_blacklist', people('groups', 'exclude'), undefined],
      ['user_whitelist', people('users', 'include'), undefined],
      ['user_blacklist', people('users', 'exclude'), undefined],
      ['refresh_token_lifetime_minutes', tokenSetting(rule, 'refreshTokenLifetimeMinutes'), 0],
      ['refresh_token_window_minutes', tokenSetting(rule, 'refreshTokenWindowMinutes'), 10_080],
      ['inline_hook_id', fieldOf(rule, 'actions', 'token', 'inlineHook', 'id'), undefined],
    ),
  ]);
}

/** Client ids of the policy that the stack does not adopt. */
export function allowedClientIds(policy: Entity, applications: readonly Entity[]): string[] {
  const adopted = applications.map(clientIdOf);
  return clientsOf(policy).filter((id) => id !== ALL_CLIENTS && !adopted.includes(id));
}

function tokenSetting(rule: Entity, field: string): unknown {
  return fieldOf(rule, 'actions', 'token', field);
}

function groupsOf(rule: Entity): string[] {
  return textsOf(rule, 'conditions', 'people', 'groups', 'include');
}
