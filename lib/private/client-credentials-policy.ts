import type { TerraformProvider } from 'cdktf';
import { AccessPolicy } from '../okta/access-policy';
import type { OktaDevPortalOidcBase } from '../okta-dev-portal-oidc-ref';

/** What strategy and policy are called unless the user says otherwise. */
export const DEFAULT_NAME = 'Okta OIDC';

/** How the policy of this construct's clients is called and what it grants. */
interface ClientCredentialsPolicy {
  readonly name: string;
  readonly description?: string;
  readonly ruleName?: string;
  readonly groups?: string[];
  readonly priority?: number;
  readonly accessTokenLifetimeMinutes?: number;
  readonly provider?: TerraformProvider;
}

/** The how-to's policy: its clients may ask for the scopes with client credentials. */
export function clientCredentialsPolicy(
  oidc: OktaDevPortalOidcBase,
  policy: ClientCredentialsPolicy,
  scopes: string[],
): AccessPolicy {
  return new AccessPolicy(oidc, 'AccessPolicy', {
    authorizationServer: oidc.authorizationServer,
    name: policy.name,
    description: policy.description ?? 'Clients of the Dev Portal',
    priority: policy.priority,
    provider: policy.provider,
    rules: [
      {
        name: policy.ruleName ?? 'Client credentials',
        scopes,
        groups: policy.groups,
        accessTokenLifetimeMinutes: policy.accessTokenLifetimeMinutes,
      },
    ],
  });
}
