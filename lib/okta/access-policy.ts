import { AuthServerPolicy, type AuthServerPolicyConfig } from '@cdktf/provider-okta/lib/auth-server-policy';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { additionsTo } from '../private/authorization-servers';
import { construct, known, required, shapeChecks, text } from '../private/kinds';
import { literal } from '../private/literal';
import { oktaArguments, withProvider } from '../private/meta-arguments';
import { replacedWithParent, replacedWithResource } from '../private/replacement';
import { ACCESS_POLICY, ACCESS_POLICY_RULE_OPTIONS } from '../private/shapes/okta';
import { checkAtSynthesis } from '../private/synthesis-checks';
import { childId } from '../private/tokens';
import type { ResourceProps } from '../resource-props';
import { Occurrence, rules } from '../rules';
import { kinds } from '../rules-kinds';
import { check, demand, validate } from '../validation';
import { AccessPolicyRule, type AccessPolicyRuleOptions } from './access-policy-rule';
import type { IAuthorizationServer } from './authorization-server-ref';
import type { IOidcClient } from './oidc-client';

/** Stands for every client of the org in a policy. */
const ALL_CLIENTS = 'ALL_CLIENTS';

/** What can be said of an access policy besides its authorization server. */
export interface AccessPolicyOptions extends ResourceProps {
  /** Name of the policy, unique on the authorization server. */
  readonly name: string;

  /**
   * What the policy is for.
   *
   * @default - the name
   */
  readonly description?: string;

  /**
   * Clients that the policy applies to, at least one in the end; `addClient` adds more.
   *
   * @default - none yet
   */
  readonly clients?: IOidcClient[];

  /**
   * Whether the policy applies to every client of the org, present and future.
   *
   * @default false
   */
  readonly allClients?: boolean;

  /**
   * Rules, first evaluated first; `addRule` adds more.
   *
   * @default - none yet
   */
  readonly rules?: AccessPolicyRuleOptions[];

  /**
   * Place among the policies of the authorization server, from 1; the first one that applies to a client decides.
   *
   * @default - 1 when it is created, afterwards what Okta makes of it
   */
  readonly priority?: number;

  /**
   * Whether Okta may renumber the policy and its rules without Terraform putting them back,
   * as it does whenever somebody adds, moves or removes another one.
   *
   * @default - true for the policy when `priority` is left out, otherwise false
   */
  readonly ignorePriorityChanges?: boolean;
}

/** Properties of `AccessPolicy`. */
export interface AccessPolicyProps extends AccessPolicyOptions {
  /** The authorization server that evaluates the policy. */
  readonly authorizationServer: IAuthorizationServer;
}

/**
 * An access policy of an Okta authorization server: which clients may get tokens, by which grant, for which scopes.
 * It is created after those that the stack added to the server before.
 *
 * @throws ValidationError when a client is added twice, or named beside `allClients`; at synthesis, when the policy has no
 * client
 */
export class AccessPolicy extends Construct {
  /** The resource, for whatever this construct does not offer. */
  public readonly resource: AuthServerPolicy;

  private readonly clientList: IOidcClient[] = [];
  private readonly clientIds = new Set<string>();
  /** The resource holds this very list, so that it grows with the policy and nothing is resolved twice. */
  private readonly whitelist: string[] = [];
  private readonly ruleList: AccessPolicyRule[] = [];
  private readonly ruleNames = new Set<string>();
  private readonly authorizationServerId: string;
  private readonly options: AccessPolicyProps;

  public constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id);
    validate(this, shapeChecks(props, ACCESS_POLICY));
    this.options = props;
    this.authorizationServerId = props.authorizationServer.authorizationServerId;
    validate(this, [
      check('name', props.name, rules.notEmpty),
      check('priority', props.priority, rules.priority),
      ...(props.allClients
        ? [
            check(
              'clients',
              (props.clients ?? []).map((client) => client.node.path),
              rules.clientsOrAll,
            ),
          ]
        : []),
    ]);

    // Created after the one before: Okta renumbers all of them whenever one comes, and fails when several come at once.
    const server = additionsTo(props.authorizationServer, TerraformStack.of(this));
    const before = server.latestPolicy;
    const ignorePriority = props.ignorePriorityChanges ?? props.priority === undefined;
    const config = literal<AuthServerPolicyConfig>({
      authServerId: this.authorizationServerId,
      name: props.name,
      description: props.description ?? props.name,
      priority: props.priority ?? 1,
      clientWhitelist: props.allClients ? [ALL_CLIENTS] : this.whitelist,
      ...oktaArguments(this, props, {
        ignoreChanges: ignorePriority ? ['priority'] : undefined,
        replaceTriggeredBy: replacedWithParent(this, props.authorizationServer, this.authorizationServerId),
      }),
      dependsOn: before ? [...(props.dependsOn ?? []), before.resource] : props.dependsOn,
    });
    this.resource = new AuthServerPolicy(this, 'Resource', config);
    server.latestPolicy = this;
    this.requireClients();

    for (const client of props.clients ?? []) {
      this.addClient(client);
    }
    for (const rule of props.rules ?? []) {
      this.addRule(rule);
    }
  }

  /** The clients that the policy applies to, in order; none when it applies to all. */
  public get clients(): IOidcClient[] {
    return [...this.clientList];
  }

  /** The rules, first evaluated first. */
  public get rules(): AccessPolicyRule[] {
    return [...this.ruleList];
  }

  /**
   * Lets the policy apply to one more client.
   *
   * @throws ValidationError when it applies to the client already, or to all
   */
  public addClient(client: IOidcClient): void {
    validate(this, required(construct('clientId'))('client', client));
    validate(this, [
      check(
        'client',
        new Occurrence(client.node.path, this.clientIds.has(client.clientId)),
        rules.clientAddedOnce,
      ),
      ...(this.options.allClients ? [check('clients', [client.node.path], rules.clientsOrAll)] : []),
    ]);
    this.clientIds.add(client.clientId);
    this.whitelist.push(literal(client.clientId));
    this.clientList.push(client);
  }

  /**
   * Adds a rule behind those that are there. It is created after them, so that priorities come out in order, and
   * after those of its scopes that this stack adds to the authorization server.
   *
   * @param options what the rule allows
   * @param id construct id; by default it derives from the name, so that another name makes another rule. With an
   * id of its own a rule can be renamed in place
   * @throws ValidationError when Okta would refuse the rule, or the policy has one of its name
   */
  public addRule(options: AccessPolicyRuleOptions, id?: string): AccessPolicyRule {
    validate(this, [
      ...shapeChecks(options, ACCESS_POLICY_RULE_OPTIONS),
      ...known(text)('id', id),
      ...(id === undefined ? [] : [demand('id', id, kinds.constructId)]),
    ]);
    validate(this, [
      check('name', new Occurrence(options.name, this.ruleNames.has(options.name)), rules.ruleAddedOnce),
    ]);
    this.ruleNames.add(options.name);
    const previous = this.ruleList.at(-1);
    const priority = this.ruleList.length + 1;
    const rule = new AccessPolicyRule(this, id ?? childId('Rule', options.name, priority), {
      ...withProvider(options, this.options.provider),
      dependsOn: previous ? [...(options.dependsOn ?? []), previous.resource] : options.dependsOn,
      authorizationServer: this.options.authorizationServer,
      policyId: this.resource.id,
      priority,
      ignorePriorityChanges: this.options.ignorePriorityChanges ?? false,
      replaceTriggeredBy: replacedWithResource(this.resource),
    });
    this.ruleList.push(rule);
    return rule;
  }

  /** At synthesis, because clients may be added later, also to the resource itself. */
  private requireClients(): void {
    checkAtSynthesis(this, () => [
      check('clients', this.resource.clientWhitelistInput, rules.clientsPresent),
    ]);
  }
}
