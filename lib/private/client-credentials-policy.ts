import type { TerraformProvider } from 'cdktf';
import { AccessPolicy } from '../okta/access-policy';
import type { OktaDevPortalOidcBase } from '../okta-dev-portal-oidc-ref';
import { rules } from '../rules';
import { certainIdentitiesOf } from './authorization-servers';
import { requiresUniqueName } from './unique-names';

/** What strategy and policy are called unless the user says otherwise. */
export const DEFAULT_NAME = 'Okta OIDC';

/** What the rule is called unless the user says otherwise. */
const DEFAULT_RULE_NAME = 'Client credentials';

/**
 * Behind every policy that is there: Okta numbers policies without gaps, whatever number it is given. A policy
 * in front would move the others on, and show up in the plan of every stack that says where its policy belongs.
 */
export const LAST_PRIORITY = 1000;

/** How the policy of this construct's clients is called and what it grants. */
interface ClientCredentialsPolicy {
  readonly name: string;
  readonly description?: string;
  readonly ruleName?: string;
  readonly groups?: string[];
  readonly priority?: number;
  readonly ignorePriorityChanges?: boolean;
  readonly accessTokenLifetimeMinutes?: number;
  readonly provider?: TerraformProvider;
}

/** The how-to's policy: its clients may ask for the scopes with client credentials. */
export function clientCredentialsPolicy(
  oidc: OktaDevPortalOidcBase,
  policy: ClientCredentialsPolicy,
  scopes: string[],
): AccessPolicy {
  requiresUniqueName(oidc, rules.policyNameOnce, {
    prop: 'policyName',
    name: policy.name,
    within: () => certainIdentitiesOf(oidc.authorizationServer),
  });
  const created = new AccessPolicy(oidc, 'AccessPolicy', {
    authorizationServer: oidc.authorizationServer,
    name: policy.name,
    description: policy.description ?? 'Clients of the Dev Portal',
    priority: policy.priority,
    ignorePriorityChanges: policy.ignorePriorityChanges,
    provider: policy.provider,
  });
  const rule = {
    name: policy.ruleName ?? DEFAULT_RULE_NAME,
    scopes,
    groups: policy.groups,
    accessTokenLifetimeMinutes: policy.accessTokenLifetimeMinutes,
  };
  // The same id whatever the name: a rule that is renamed must not be gone for a moment.
  created.addRule(rule, `Rule-${DEFAULT_RULE_NAME}`);
  return created;
}
