import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { propsSpec } from '../core/props-spec';
import { listOf, text } from '../core/specs';
import { AccessPolicy, POLICY_DESCRIPTION, POLICY_NAME } from './access-policy';
import { PRIORITY, TOKEN_LIFETIME } from './access-policy-rule';
import type { IAuthorizationServer } from './authorization-server';

const DEFAULT_RULE_NAME = 'Client credentials';

/** The access policy of the clients and its rule. */
export interface ClientAccessPolicyOptions {
  /**
   * Name of the policy, 1 to 100 characters, unique on the authorization server.
   *
   * @default - the name of the strategy. `Okta OIDC (<stack>)` after `fromAttributes`
   */
  readonly name?: string;

  /**
   * Purpose of the policy, 1 to 255 characters.
   *
   * @default Clients of the Dev Portal
   */
  readonly description?: string;

  /**
   * Position among the policies of the authorization server at creation, from 1. Okta renumbers policies.
   *
   * @default - the first. The last after `fromAttributes`
   */
  readonly priority?: number;

  /**
   * Name of the rule.
   *
   * @default Client credentials
   */
  readonly ruleName?: string;

  /**
   * Groups of the rule. Only `EVERYONE` is allowed: Okta never applies a rule for other groups to client credentials.
   * Rules that were created in the Admin Console name it.
   *
   * @default - none
   */
  readonly groups?: string[];

  /**
   * Lifetime of an access token in minutes, 5 to 1440.
   *
   * @default 60
   */
  readonly accessTokenLifetimeMinutes?: number;
}

export const CLIENT_ACCESS_POLICY_OPTIONS = propsSpec<ClientAccessPolicyOptions>({
  name: POLICY_NAME,
  description: POLICY_DESCRIPTION,
  priority: PRIORITY,
  ruleName: text().notBlank(),
  groups: listOf(
    text().check({
      rule: 'must be EVERYONE: a client has no user, so Okta never applies a rule for other groups (Okta)',
      remedy: "Use ['EVERYONE'], or remove groups",
      isValid: (group) => group === 'EVERYONE',
    }),
  ),
  accessTokenLifetimeMinutes: TOKEN_LIFETIME,
});

/** Options of an access policy with what its rule allows. */
interface ClientAccessPolicyProps extends ClientAccessPolicyOptions {
  readonly authorizationServer: IAuthorizationServer;
  readonly name: string;
  /** Names of the scopes that clients may request. */
  readonly scopes: string[];
  readonly provider: TerraformProvider | undefined;
}

/** Creates an access policy without clients, with one rule for client credentials. */
export function createClientAccessPolicy(
  scope: Construct,
  id: string,
  props: ClientAccessPolicyProps,
): AccessPolicy {
  const { authorizationServer, name } = props;
  const policy = new AccessPolicy(scope, id, {
    authorizationServer,
    name,
    description: props.description ?? 'Clients of the Dev Portal',
    priority: props.priority,
    provider: props.provider,
  });
  const rule = {
    name: props.ruleName ?? DEFAULT_RULE_NAME,
    scopes: props.scopes,
    groups: props.groups,
    accessTokenLifetimeMinutes: props.accessTokenLifetimeMinutes,
  };
  // The same id for every name: a rule that is renamed must not be replaced.
  policy.addRule(rule, `Rule-${DEFAULT_RULE_NAME}`);
  return policy;
}
