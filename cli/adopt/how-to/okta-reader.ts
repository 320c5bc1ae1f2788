import { type Entity, textOf } from '../../entity';
import type { OktaAdminClient } from '../../okta-admin-client';
import type { FoundPolicy, ServerMembers } from './how-to';

/** Reads an Okta org. */
export class OktaReader {
  public constructor(private readonly okta: OktaAdminClient) {}

  /** All custom authorization servers. */
  public servers(): Promise<Entity[]> {
    return this.okta.list('/authorizationServers');
  }

  /** Hosts of the org: its own and verified custom domains. */
  public async hosts(): Promise<string[]> {
    const answer = await this.okta.find('/domains');
    const domains: unknown = answer?.domains;
    const custom = Array.isArray(domains) ? domains.map((each: Entity) => textOf(each, 'domain')) : [];
    return [this.okta.host, ...custom];
  }

  /** A server with its claims, scopes and policies, except system claims and scopes. */
  public async withMembers(server: Entity): Promise<ServerMembers> {
    const path = `/authorizationServers/${server.id}`;
    const added = (entities: readonly Entity[]) => entities.filter(({ system }) => system !== true);
    const claims = added(await this.okta.list(`${path}/claims`));
    const scopes = added(await this.okta.list(`${path}/scopes`));
    const policies: FoundPolicy[] = [];
    for (const policy of await this.okta.list(`${path}/policies`)) {
      policies.push({ entity: policy, rules: await this.okta.list(`${path}/policies/${policy.id}/rules`) });
    }
    return {
      claims: claims.filter(({ claimType }) => claimType === 'RESOURCE'),
      scopes,
      policies,
    };
  }

  /** All OIDC applications. */
  public async applications(): Promise<Entity[]> {
    const all = await this.okta.list('/apps?limit=200');
    return all.filter(({ signOnMode }) => signOnMode === 'OPENID_CONNECT');
  }
}
