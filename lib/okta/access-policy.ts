import { AuthServerPolicy, type AuthServerPolicyConfig } from '@cdktf/provider-okta/lib/auth-server-policy';
import { TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { createAfter, findPrevious, isDetached } from '../core/elements';
import { propsSpec, validateArgument, validateProps } from '../core/props-spec';
import {
  addSynthesisCheck,
  createChild,
  inheritProvider,
  isOwned,
  OKTA_PROVIDER_OPTIONS,
  OKTA_RESOURCE_PROPS,
  OktaConstruct,
  type ProviderOptions,
  type ResourceProps,
} from '../core/provider-construct';
import { Registry } from '../core/registry';
import { replaceTriggers } from '../core/replacement';
import { construct, flag, listOf, nested, text } from '../core/specs';
import { escapeTemplates } from '../core/terraform-text';
import { encodeId, isToken } from '../core/tokens';
import { type Check, requireValid } from '../core/validation';
import {
  ACCESS_POLICY_RULE_OPTIONS,
  AccessPolicyRule,
  type AccessPolicyRuleOptions,
  PRIORITY,
} from './access-policy-rule';
import type { IAuthorizationServer } from './authorization-server';
import type { IOidcClient } from './oidc-client';
import { serverKeys, sharedServer } from './shared-server';

/** Okta's name for all clients of the org in a policy. */
const ALL_CLIENTS = 'ALL_CLIENTS';

/** An access policy of an Okta authorization server, created by this app or existing. */
export interface IAccessPolicy extends IConstruct {
  /** Id in Okta. */
  readonly policyId: string;

  /** Authorization server of the policy. */
  readonly authorizationServer: IAuthorizationServer;

  /** Rules that this object added, first evaluated first. */
  readonly rules: AccessPolicyRule[];

  /**
   * Adds a rule behind the others. It is created after them, so that priorities are in order, and after the scopes that
   * this stack adds to the authorization server.
   *
   * @param options what the rule allows
   * @param id construct id. By default it derives from the name, so a renamed rule is a new rule. Set it to rename a
   * rule in place
   * @throws ValidationError if Okta would reject the rule, or the policy has a rule with its name
   */
  addRule(options: AccessPolicyRuleOptions, id?: string): AccessPolicyRule;
}

/** Attributes of an existing access policy. */
export interface AccessPolicyAttributes extends ProviderOptions {
  /** Authorization server of the policy. */
  readonly authorizationServer: IAuthorizationServer;

  /** Id in Okta. */
  readonly policyId: string;
}

/** Options of `addAccessPolicy`. */
export interface AccessPolicyOptions extends ResourceProps {
  /** Name of the policy, 1 to 100 characters, unique on the authorization server. */
  readonly name: string;

  /**
   * Purpose of the policy, 1 to 255 characters.
   *
   * @default - the name
   */
  readonly description?: string;

  /**
   * Clients of the policy, at least one. `addClient` adds more.
   *
   * @default - none
   */
  readonly clients?: IOidcClient[];

  /**
   * Whether the policy applies to every client of the org, present and future.
   *
   * @default false
   */
  readonly allClients?: boolean;

  /**
   * Rules, first evaluated first. `addRule` adds more.
   *
   * @default - none
   */
  readonly rules?: AccessPolicyRuleOptions[];

  /**
   * Position among the policies of the authorization server at creation, from 1. The first policy that applies to a
   * client decides. Okta renumbers it when another policy is added, moved or removed.
   *
   * @default 1
   */
  readonly priority?: number;

  /**
   * Whether Okta may renumber the policy and its rules without Terraform changing them back. With `false` a plan after
   * a deployment shows a change if Okta set another number (okta/terraform-provider-okta issues 2140 and 2305).
   *
   * @default true
   */
  readonly ignorePriorityChanges?: boolean;
}

/** Properties of `AccessPolicy`. */
export interface AccessPolicyProps extends AccessPolicyOptions {
  /** Authorization server of the policy. */
  readonly authorizationServer: IAuthorizationServer;
}

const NO_CLIENTS_WITH_ALL = {
  prop: 'clients',
  rule: 'must be empty if allClients is true: the policy already applies to all of them (Okta)',
  remedy: 'Remove clients or allClients',
};

/** Characters of a policy's name (Okta). */
export const MAX_POLICY_NAME = 100;

export const POLICY_NAME = text({ maxLength: MAX_POLICY_NAME, source: 'Okta' }).notBlank();

export const POLICY_DESCRIPTION = text({ minLength: 1, maxLength: 255, source: 'Okta' });

export const ACCESS_POLICY = propsSpec<AccessPolicyProps>(
  {
    ...OKTA_RESOURCE_PROPS.fields,
    authorizationServer: construct('authorizationServerId', 'claims').required(),
    name: POLICY_NAME.required(),
    description: POLICY_DESCRIPTION,
    clients: listOf(construct('clientId')).known(),
    allClients: flag().known(),
    rules: listOf(nested(ACCESS_POLICY_RULE_OPTIONS)).known(),
    priority: PRIORITY,
    ignorePriorityChanges: flag().known(),
  },
  [
    {
      ...NO_CLIENTS_WITH_ALL,
      value: ({ clients }) => clients?.map((each) => each.node.path),
      isValid: ({ allClients, clients = [] }) => !allClients || clients.length === 0,
    },
  ],
);

export const ACCESS_POLICY_ATTRIBUTES = propsSpec<AccessPolicyAttributes>({
  ...OKTA_PROVIDER_OPTIONS.fields,
  authorizationServer: construct('authorizationServerId', 'claims').required(),
  policyId: text().notBlank().required(),
});

/** Base of created and existing policies. */
abstract class AccessPolicyBase extends OktaConstruct implements IAccessPolicy {
  public abstract readonly policyId: string;
  public abstract readonly authorizationServer: IAuthorizationServer;
  /** Whether the priorities of rules are left to Okta. */
  protected abstract readonly ignoresPriorities: boolean;

  private readonly ruleList: AccessPolicyRule[] = [];
  private readonly ruleNames = new Set<string>();

  public get rules(): AccessPolicyRule[] {
    return [...this.ruleList];
  }

  public addRule(options: AccessPolicyRuleOptions, id?: string): AccessPolicyRule {
    validateProps(this, options, ACCESS_POLICY_RULE_OPTIONS, () => [
      {
        prop: 'name',
        value: options.name,
        isValid: !this.ruleNames.has(options.name),
        rule: 'must not be the name of another rule of the policy (Okta)',
        remedy: 'Use another name',
      },
    ]);
    const priority = this.ruleList.length + 1;
    const ruleId = id ?? encodeId('Rule', options.name, priority);
    const props = {
      ...inheritProvider(options, this.provider),
      policy: this,
      priority,
      ignorePriorityChanges: this.ignoresPriorities,
    };
    const rule = createChild(this, ruleId, (constructId) => new AccessPolicyRule(this, constructId, props));
    this.ruleNames.add(options.name);
    this.ruleList.push(rule);
    createAfter(rule.resource, () => [findPrevious(this.ruleList, rule)?.resource]);
    return rule;
  }
}

/**
 * An access policy of an Okta authorization server: which clients may get tokens, with which grant, for which scopes.
 * It is created after the policies that the stack added to the server before.
 *
 * @throws ValidationError if Okta would reject the policy. At synthesis, if the policy has no client, or the
 * authorization server has a policy of this name
 */
export class AccessPolicy extends AccessPolicyBase {
  /**
   * References an existing policy, to add rules to it.
   *
   * @throws ValidationError if the id is empty
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: AccessPolicyAttributes,
  ): IAccessPolicy {
    return new ImportedAccessPolicy(scope, id, attributes);
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: AuthServerPolicy;
  public readonly policyId: string;
  public readonly authorizationServer: IAuthorizationServer;
  protected readonly ignoresPriorities: boolean;

  private readonly hasAllClients: boolean;
  private readonly clientList: IOidcClient[] = [];
  /** The resource references this list, so that clients can be added later. */
  private readonly clientWhitelist: string[] = [];

  public constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id, props);
    validateProps(this, props, ACCESS_POLICY);
    const { authorizationServer: server, priority } = props;
    this.authorizationServer = server;
    this.ignoresPriorities = props.ignorePriorityChanges ?? true;
    this.hasAllClients = props.allClients ?? false;

    const { policies } = sharedServer(server, TerraformStack.of(this));
    const config = this._resourceConfig<AuthServerPolicyConfig>(
      {
        authServerId: server.authorizationServerId,
        name: props.name,
        description: props.description ?? props.name,
        priority: priority ?? 1,
        clientWhitelist: this.hasAllClients ? [ALL_CLIENTS] : this.clientWhitelist,
      },
      {
        createBeforeDestroy: true,
        ignoreChanges: this.ignoresPriorities ? ['priority'] : undefined,
        replaceTriggeredBy: replaceTriggers(this, server, server.authorizationServerId),
      },
    );
    this.resource = new AuthServerPolicy(this, 'Resource', config);
    policies.push(this);
    // One after the other: Okta renumbers all policies when one is added, and fails when several are added at once
    // (okta/terraform-provider-okta issue 1198).
    createAfter(this.resource, () => [findPrevious(policies, this)?.resource]);
    this.policyId = this.resource.id;
    Registry.of(this).rules.addUniqueName(this, {
      prop: 'name',
      name: () => props.name,
      scopes: () => serverKeys(server),
      rule: 'must be the name of one access policy only on its authorization server (Okta)',
      remedy:
        'Set another name, accessPolicy.name of OktaDevPortalOidc, for the one that is not deployed yet',
    });
    if (server.lookupName !== undefined) {
      this._addTenantName(`access policy ${props.name} of authorization server ${server.lookupName}`);
    }

    for (const client of props.clients ?? []) {
      this.addClient(client);
    }
    for (const rule of props.rules ?? []) {
      this.addRule(rule);
    }
    addSynthesisCheck(this, () => [this.clientsCheck()]);
  }

  /** Clients of the policy, in order. Empty if it applies to all. */
  public get clients(): IOidcClient[] {
    return [...this.clientList];
  }

  /**
   * Applies the policy to one more client. A reference to an existing client takes the place of a released one.
   *
   * @throws ValidationError if it applies to the client already, or to all
   */
  public addClient(client: IOidcClient): void {
    validateArgument(this, 'client', client, construct('clientId'));
    requireValid(
      this,
      {
        prop: 'client',
        value: client,
        isValid: this.clientList.every(({ clientId }) => clientId !== client.clientId),
        rule: 'must not be added twice to one access policy',
        remedy: 'Remove the second addition',
      },
      { ...NO_CLIENTS_WITH_ALL, value: [client.node.path], isValid: !this.hasAllClients },
    );
    const released = isOwned(client) ? -1 : this.clientList.findIndex(isDetached);
    const place = released < 0 ? this.clientList.length : released;
    this.clientList[place] = client;
    this.clientWhitelist[place] = escapeTemplates(client.clientId);
  }

  /** Evaluated at synthesis: clients may be added later, also to the resource itself. */
  private clientsCheck(): Check {
    const clients = this.resource.clientWhitelistInput;
    return {
      prop: 'clients',
      value: clients,
      isValid: clients === undefined || isToken(clients) || clients.length > 0,
      rule: 'must contain at least one client unless allClients is true: otherwise the policy applies to nobody (Okta)',
      remedy: 'Set clients, add one with addClient, or set allClients: true',
    };
  }
}

class ImportedAccessPolicy extends AccessPolicyBase {
  public readonly policyId: string;
  public readonly authorizationServer: IAuthorizationServer;
  protected readonly ignoresPriorities = true;

  public constructor(scope: Construct, id: string, attributes: AccessPolicyAttributes) {
    super(scope, id, attributes);
    validateProps(this, attributes, ACCESS_POLICY_ATTRIBUTES);
    this.policyId = attributes.policyId;
    this.authorizationServer = attributes.authorizationServer;
  }
}
