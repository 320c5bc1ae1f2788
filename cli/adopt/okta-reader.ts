import type { Entity } from '../konnect-client';
import type { OktaAdminClient } from '../okta-admin-client';
import type { FoundPolicy, FoundServer } from './pieces';

/** What belongs to what in an Okta org. */
export class OktaReader {
  public constructor(private readonly okta: OktaAdminClient) {}

  /** All custom authorization servers. */
  public servers(): Promise<Entity[]> {
    return this.okta.list('/authorizationServers');
  }

  /** A server with everything on it, system claims and scopes left out. */
  public async withMembers(server: Entity): Promise<FoundServer> {
    const path = `/authorizationServers/${server.id}`;
    const own = (entities: readonly Entity[]) => entities.filter(({ system }) => system !== true);
    const claims = own(await this.okta.list(`${path}/claims`));
    const scopes = own(await this.okta.list(`${path}/scopes`));
    const policies: FoundPolicy[] = [];
    for (const policy of await this.okta.list(`${path}/policies`)) {
      policies.push({ entity: policy, rules: await this.okta.list(`${path}/policies/${policy.id}/rules`) });
    }
    return {
      entity: server,
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
