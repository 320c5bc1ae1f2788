import {
  AuthServerPolicyRule,
  type AuthServerPolicyRuleConfig,
} from '@cdktf/provider-okta/lib/auth-server-policy-rule';
import { Lazy, Token } from 'cdktf';
import { Construct } from 'constructs';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { oktaArguments } from '../private/meta-arguments';
import { ACCESS_POLICY_RULE } from '../private/shapes/okta';
import type { ResourceProps } from '../resource-props';
import { rules } from '../rules';
import { check, validate } from '../validation';
import type { IAuthorizationServer } from './authorization-server-ref';

/** How a token is asked for, in Okta's words. */
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

/** What a rule of an access policy allows. */
export interface AccessPolicyRuleOptions extends ResourceProps {
  /** Name of the rule, unique in the policy. */
  readonly name: string;

  /**
   * Names of the scopes that may be asked for; `*` for every scope. The rule is created after those that this stack
   * adds to the authorization server.
   */
  readonly scopes: string[];

  /**
   * Grants that may be used.
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
   * Groups whose members may use the rule, for grants that have a user.
   *
   * @default - everyone; client credentials have no user
   */
  readonly groups?: string[];
}

/** Properties of `AccessPolicyRule`; `AccessPolicy.addRule` fills in all but the options. */
export interface AccessPolicyRuleProps extends AccessPolicyRuleOptions {
  /** The authorization server that the policy belongs to. */
  readonly authorizationServer: IAuthorizationServer;

  /** Id of the policy. */
  readonly policyId: string;

  /** Place of the rule in the policy, from 1; the first rule that fits a request decides. */
  readonly priority: number;

  /** Whether Okta may renumber the rule without Terraform putting it back. */
  readonly ignorePriorityChanges: boolean;

  /**
   * What the rule is replaced by when it changes, in Terraform's notation.
   *
   * @default - nothing
   */
  readonly replaceTriggeredBy?: string[];
}

/**
 * One rule of an access policy.
 *
 * @throws ValidationError when Okta would refuse the rule
 */
export class AccessPolicyRule extends Construct {
  /** The resource, for whatever this construct does not offer. */
  public readonly resource: AuthServerPolicyRule;

  public constructor(scope: Construct, id: string, props: AccessPolicyRuleProps) {
    super(scope, id);
    validate(this, shapeChecks(props, ACCESS_POLICY_RULE));
    const grantTypes = props.grantTypes ?? [GrantType.CLIENT_CREDENTIALS];
    validate(this, [
      check('name', props.name, rules.notEmpty),
      check('scopes', props.scopes, rules.listNotEmpty),
      check('scopes', props.scopes, rules.scopesUnique),
      check('grantTypes', grantTypes, rules.listNotEmpty),
      check('accessTokenLifetimeMinutes', props.accessTokenLifetimeMinutes, rules.tokenLifetime),
    ]);
    const people = grantTypes.some((grant) => grant !== GrantType.CLIENT_CREDENTIALS);
    const config = literal<AuthServerPolicyRuleConfig>({
      authServerId: props.authorizationServer.authorizationServerId,
      policyId: props.policyId,
      name: props.name,
      priority: props.priority,
      grantTypeWhitelist: grantTypes,
      scopeWhitelist: this.references(props.scopes, props.authorizationServer),
      accessTokenLifetimeMinutes: props.accessTokenLifetimeMinutes,
      // Okta demands somebody for grants with a user, and the group of everyone has a name of its own.
      groupWhitelist: props.groups ?? (people ? ['EVERYONE'] : undefined),
      ...oktaArguments(this, props, {
        ignoreChanges: props.ignorePriorityChanges ? ['priority'] : undefined,
        replaceTriggeredBy: props.replaceTriggeredBy,
      }),
    });
    this.resource = new AuthServerPolicyRule(this, 'Resource', config);
  }

  /** Okta refuses a rule with a scope that is not there yet, and a name alone would not let Terraform wait for it. */
  private references(scopeNames: string[], server: IAuthorizationServer): string[] {
    if (Token.isUnresolved(scopeNames) || scopeNames.every((name) => Token.isUnresolved(name))) {
      return scopeNames;
    }
    const produce = () => {
      const added = server.scopes.filter(({ resource }) => resource.cdktfStack === this.resource.cdktfStack);
      const byName = new Map(added.map(({ resource, scopeName }) => [resource.nameInput, scopeName]));
      return literal(scopeNames).map((name) => byName.get(name) ?? name);
    };
    return Lazy.listValue({ produce });
  }
}
