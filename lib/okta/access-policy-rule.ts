import {
  AuthServerPolicyRule,
  type AuthServerPolicyRuleConfig,
} from '@cdktf/provider-okta/lib/auth-server-policy-rule';
import { Lazy, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { isDetached } from '../core/elements';
import { propsSpec, validateProps } from '../core/props-spec';
import { OKTA_RESOURCE_PROPS, OktaConstruct, type ResourceProps } from '../core/provider-construct';
import { replaceTriggers } from '../core/replacement';
import { construct, enumOf, flag, integer, listOf, text } from '../core/specs';
import { escapeTemplates } from '../core/terraform-text';
import { isToken } from '../core/tokens';
import type { IAccessPolicy } from './access-policy';

/** Grant type of a token request. */
export enum GrantType {
  CLIENT_CREDENTIALS = 'client_credentials',
  AUTHORIZATION_CODE = 'authorization_code',
  IMPLICIT = 'implicit',
  PASSWORD = 'password',
  INTERACTION_CODE = 'interaction_code',
  DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code',
  TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange',
  SAML2_BEARER = 'urn:ietf:params:oauth:grant-type:saml2-bearer',
}

/** Okta's name of the group of all users. */
const EVERYONE = 'EVERYONE';

/** Options of `addRule`. */
export interface AccessPolicyRuleOptions extends ResourceProps {
  /** Name of the rule, unique in the policy. */
  readonly name: string;

  /**
   * Names of the scopes that may be requested. `*` for all scopes. The rule is created after the scopes that this stack
   * adds to the authorization server.
   */
  readonly scopes: string[];

  /**
   * Grant types that may be used.
   *
   * @default [GrantType.CLIENT_CREDENTIALS]
   */
  readonly grantTypes?: GrantType[];

  /**
   * Lifetime of an access token in minutes, 5 to 1440.
   *
   * @default 60
   */
  readonly accessTokenLifetimeMinutes?: number;

  /**
   * Groups whose members may use the rule, for grant types with a user.
   *
   * @default - everyone for grant types with a user, none for client credentials
   */
  readonly groups?: string[];
}

/** Properties of `AccessPolicyRule`. */
export interface AccessPolicyRuleProps extends AccessPolicyRuleOptions {
  /** Policy of the rule. */
  readonly policy: IAccessPolicy;

  /**
   * Position in the policy at creation, from 1. The first rule that matches a request decides.
   *
   * @default - behind the rules that the policy has
   */
  readonly priority?: number;

  /**
   * Whether Okta may renumber the rule without Terraform changing it back.
   *
   * @default true
   */
  readonly ignorePriorityChanges?: boolean;
}

/** Position of a policy or rule, from 1. */
export const PRIORITY = integer({ min: 1, max: Number.MAX_SAFE_INTEGER, source: 'Okta' });

export const TOKEN_LIFETIME = integer({ min: 5, max: 1440, unit: 'minutes', source: 'Okta' });

export const ACCESS_POLICY_RULE_OPTIONS = propsSpec<AccessPolicyRuleOptions>(
  {
    ...OKTA_RESOURCE_PROPS.fields,
    name: text().notBlank().required(),
    scopes: listOf(text(), { minItems: 1, unique: true, source: 'Okta' }).required(),
    grantTypes: listOf(enumOf(GrantType), { minItems: 1 }).known(),
    accessTokenLifetimeMinutes: TOKEN_LIFETIME,
    groups: listOf(text()),
  },
  [
    {
      prop: 'groups',
      rule: 'must be EVERYONE for client credentials: a client has no user, so Okta never applies a rule for other groups (Okta)',
      remedy: "Use ['EVERYONE'], remove groups, or add a grant type with a user",
      isValid: ({ groups, grantTypes }) =>
        isToken(groups) ||
        hasUserGrant(grantTypes) ||
        (groups ?? []).every((group) => isToken(group) || group === EVERYONE),
    },
  ],
);

export const ACCESS_POLICY_RULE = propsSpec<AccessPolicyRuleProps>(
  {
    ...ACCESS_POLICY_RULE_OPTIONS.fields,
    policy: construct('policyId').required(),
    priority: PRIORITY,
    ignorePriorityChanges: flag().known(),
  },
  ACCESS_POLICY_RULE_OPTIONS.rules,
);

function hasUserGrant(grantTypes: readonly GrantType[] = []): boolean {
  return grantTypes.some((grant) => grant !== GrantType.CLIENT_CREDENTIALS);
}

/**
 * A rule of an access policy.
 *
 * @throws ValidationError if Okta would reject the rule
 */
export class AccessPolicyRule extends OktaConstruct {
  /** The underlying resource (escape hatch). */
  public readonly resource: AuthServerPolicyRule;

  public constructor(scope: Construct, id: string, props: AccessPolicyRuleProps) {
    super(scope, id, props);
    validateProps(this, props, ACCESS_POLICY_RULE);
    const { policy } = props;
    const grantTypes = props.grantTypes ?? [GrantType.CLIENT_CREDENTIALS];
    const config = this._resourceConfig<AuthServerPolicyRuleConfig>(
      {
        authServerId: policy.authorizationServer.authorizationServerId,
        policyId: policy.policyId,
        name: props.name,
        priority: props.priority ?? policy.rules.length + 1,
        grantTypeWhitelist: grantTypes,
        scopeWhitelist: this.scopeReferences(props),
        accessTokenLifetimeMinutes: props.accessTokenLifetimeMinutes,
        // Okta requires users or groups for grant types with a user.
        groupWhitelist: props.groups ?? (hasUserGrant(grantTypes) ? [EVERYONE] : undefined),
      },
      {
        createBeforeDestroy: true,
        ignoreChanges: (props.ignorePriorityChanges ?? true) ? ['priority'] : undefined,
        replaceTriggeredBy: replaceTriggers(this, policy, policy.policyId),
      },
    );
    this.resource = new AuthServerPolicyRule(this, 'Resource', config);
  }

  /** References instead of names: Okta rejects a rule with a scope that does not exist yet. */
  private scopeReferences({ scopes, policy }: AccessPolicyRuleProps): string[] {
    if (Token.isUnresolved(scopes) || scopes.every((name) => Token.isUnresolved(name))) {
      return scopes;
    }
    const produce = () => {
      const here = policy.authorizationServer.scopes.filter(
        (scope) => !isDetached(scope) && scope.resource.cdktfStack === this.resource.cdktfStack,
      );
      const byName = new Map(here.map(({ resource, scopeName }) => [resource.nameInput, scopeName]));
      return escapeTemplates(scopes).map((name) => byName.get(name) ?? name);
    };
    return Lazy.listValue({ produce });
  }
}
