import type { OidcStrategy } from '../auth-strategy';
import type { Deployment, Policy } from '../deployment';
import { ALL_CLIENTS } from '../okta-entity';
import type { TokenRequirement } from '../token-requirement';
import { texts } from '../values';

/** Value of the claim that the library creates. */
const CLIENT_ID_EXPRESSION = 'app.clientId';

/** What the stacks own in Okta, for one issuer. The next deployment restores it. */
export class DeployedOkta {
  /** Id of the authorization server, or its name where the state has no server with the issuer. */
  private readonly serverId: string;

  public constructor(
    private readonly deployment: Deployment,
    private readonly strategy: OidcStrategy,
  ) {
    const { issuer } = strategy;
    this.serverId = deployment.serverId(issuer) ?? issuer.split('/').at(-1) ?? '';
  }

  /** Whether the stacks own the authorization server. */
  public hasServer(): boolean {
    return this.deployment.owns('okta_auth_server', (values) => values.issuer === this.strategy.issuer);
  }

  /** Whether the stacks own the authorization server, with an audience that meets a requirement. */
  public hasAudience(requirement: TokenRequirement): boolean {
    return this.deployment.owns(
      'okta_auth_server',
      ({ issuer, audiences }) =>
        issuer === this.strategy.issuer && requirement.isMetBy({ [requirement.claim[0]]: audiences }),
    );
  }

  /** Whether the stacks own a claim with the client id, in tokens with the scopes of the strategy. */
  public hasClientIdClaim(name: string): boolean {
    return this.ownsOnServer('okta_auth_server_claim', (values) => {
      const scopes = texts(values.scopes);
      return (
        values.name === name &&
        values.value === CLIENT_ID_EXPRESSION &&
        values.status === 'ACTIVE' &&
        (scopes.length === 0 || scopes.some((scope) => this.strategy.scopes.includes(scope)))
      );
    });
  }

  /** Whether the stacks own a scope of this name. */
  public hasScope(name: string): boolean {
    return this.ownsOnServer('okta_auth_server_scope', (values) => values.name === name);
  }

  /** Access policies of the stacks on this server that name a client. */
  public policiesOf(clientId: string): Policy[] {
    return this.deployment.policies.filter(
      ({ clientIds, serverId }) =>
        this.isOnServer(serverId) && clientIds.some((id) => [clientId, ALL_CLIENTS].includes(id)),
    );
  }

  /** Whether the stacks own an active rule of a policy that allows client credentials with the scopes of the strategy. */
  public hasRule(policyId: string): boolean {
    return this.deployment.owns('okta_auth_server_policy_rule', (values) => {
      const allowed = texts(values.scope_whitelist);
      return (
        policyId !== '' &&
        values.policy_id === policyId &&
        values.status === 'ACTIVE' &&
        texts(values.grant_type_whitelist).includes('client_credentials') &&
        (allowed.includes('*') || this.strategy.scopes.every((scope) => allowed.includes(scope)))
      );
    });
  }

  /** Whether the stacks own the application of a client, active and with client credentials. */
  public hasApplication(clientId: string): boolean {
    return this.deployment.owns(
      'okta_app_oauth',
      (values) =>
        values.client_id === clientId &&
        values.status === 'ACTIVE' &&
        texts(values.grant_types).includes('client_credentials'),
    );
  }

  private ownsOnServer(type: string, isWanted: Parameters<Deployment['owns']>[1]): boolean {
    return this.deployment.owns(
      type,
      (values) => this.isOnServer(String(values.auth_server_id ?? '')) && isWanted(values),
    );
  }

  private isOnServer(serverId: string): boolean {
    return this.serverId === 'default' || serverId === '' || serverId === this.serverId;
  }
}
