import { type Entity, nameOf, textOf } from '../../entity';
import type { Findings } from '../findings';

/** Reads servers and hosts of an Okta org. */
interface OktaServers {
  servers(): Promise<Entity[]>;

  /** Hosts of the org: its own and custom domains. */
  hosts(): Promise<string[]>;
}

/** Path alias, and name, of the default server. */
const DEFAULT = 'default';

/**
 * Finds the authorization server with an issuer. The host of its issuer in Okta differs from the strategy's if the
 * issuer mode is dynamic or the org has a custom domain.
 */
export async function findServer(
  okta: OktaServers,
  issuer: string,
  findings: Findings,
): Promise<Entity | undefined> {
  const servers = await okta.servers();
  const exact = servers.find((each) => each.issuer === issuer);
  if (exact) {
    findings.add(title(exact), exact.id);
    return exact;
  }
  const { host, pathname } = new URL(issuer);
  const [, id] = /^\/oauth2\/([^/]+)\/?$/.exec(pathname) ?? [];
  const server = servers.find(
    (each) => id !== undefined && (each.id === id || (id === DEFAULT && nameOf(each) === DEFAULT)),
  );
  if (!server) {
    findings.addError(
      'Authorization server',
      `no server of this Okta org has the issuer ${issuer}`,
      'Check OKTA_ORG_NAME and OKTA_BASE_URL, and the issuer of the auth strategy.',
    );
    return undefined;
  }
  // Every org has a default server. Ids of others are unique.
  const hosts = id === DEFAULT ? await okta.hosts() : [host];
  if (!hosts.includes(host)) {
    findings.addError(
      title(server),
      `the issuer of the auth strategy is ${issuer}, and the hosts of this org are ${hosts.join(', ')}`,
      'Check OKTA_ORG_NAME and OKTA_BASE_URL, or add the custom domain to the org.',
    );
    return undefined;
  }
  findings.add(title(server), server.id);
  findings.addSkipped(
    title(server),
    `its issuer is ${textOf(server, 'issuer')} (issuer mode ${textOf(server, 'issuerMode') || 'unknown'}), and the auth strategy has ${issuer}: the app keeps the latter`,
  );
  return server;
}

function title(server: Entity): string {
  return `Authorization server ${nameOf(server)}`;
}
