import { type AuthStrategy, isOidcStrategy, type OidcStrategy } from '../auth-strategy';
import type { Console } from '../console';
import type { Client, Deployment, Publication } from '../deployment';
import { CommandError } from '../exit';
import { findStrategy } from '../find-strategy';
import type { KonnectClient } from '../konnect-client';
import type { OktaAdminClient } from '../okta-admin-client';
import type { Link } from './chain';
import type { GatewayClient } from './gateway-client';
import { GatewayLinks } from './gateway-links';
import { ImplementationLink } from './implementation-link';
import type { SecretSource } from './issuer-advice';
import { IssuerLinks } from './issuer-links';
import { konnectLinks } from './konnect-links';
import { openPublicationLink, otherPublicationLink } from './publication-link';

/** Options of the requests to the gateway. */
export interface ChainOptions {
  /** Path of the requests. Default: the path of a route. */
  readonly path?: string;

  /** Whether to send POST, PUT, PATCH or DELETE if the routes take neither GET nor HEAD. */
  readonly unsafeMethods: boolean;

  /** How long the gateway may take to accept the credentials, in seconds. */
  readonly wait: number;
}

/** Context of the links of all publications. */
export interface ChainContext {
  readonly options: ChainOptions;
  readonly console: Console;
  readonly deployment: Deployment;
  readonly client: Client;
  readonly clientSecret: string;
  readonly secretSource: SecretSource;
  readonly unregisteredClient?: { readonly clientId: string; readonly clientSecret: string };
  readonly konnect: KonnectClient;
  readonly gateway: GatewayClient;
  readonly admin?: OktaAdminClient;
}

/** Links of all publications, with those of the issuers separately. */
interface ChainLinks {
  readonly links: readonly Link[];
  readonly issuers: readonly IssuerLinks[];
}

/** Creates the links of an issuer once for each strategy, those in Konnect and the requests for each publication. */
export async function createLinks(
  context: ChainContext,
  publications: readonly Publication[],
): Promise<ChainLinks> {
  const strategies = await loadStrategies(context, publications);
  const oidcStrategies = [...strategies.values()].filter(isOidcStrategy);
  const issuers = new Map<string, IssuerLinks>();
  for (const [index, strategy] of oidcStrategies.entries()) {
    const suffix = oidcStrategies.length > 1 ? `:${index + 1}` : '';
    issuers.set(strategy.id, await IssuerLinks.create({ ...context, strategy, suffix }, context.console));
  }
  const ofPublications = publications.flatMap((publication, index) => {
    const { deployment } = context;
    const suffix = publications.length > 1 ? `:${index + 1}` : '';
    const strategy = strategies.get(publication.strategyId ?? '');
    if (!strategy) {
      return [openPublicationLink({ publication, suffix, deployment })];
    }
    const issuer = issuers.get(strategy.id);
    return isOidcStrategy(strategy) && issuer
      ? publicationLinks(context, publication, strategy, issuer, suffix)
      : [otherPublicationLink({ publication, suffix, deployment }, strategy)];
  });
  const ofIssuers = [...issuers.values()];
  return { links: [...ofIssuers.flatMap(({ links }) => links), ...ofPublications], issuers: ofIssuers };
}

function publicationLinks(
  context: ChainContext,
  publication: Publication,
  strategy: OidcStrategy,
  issuer: IssuerLinks,
  suffix: string,
): Link[] {
  const { options, konnect, gateway, deployment } = context;
  const implementation = new ImplementationLink(konnect, deployment, publication.apiId, {
    ...options,
    host: gateway.host,
  });
  const publicationContext = { ...context, publication, strategy, suffix };
  const ofKonnect = konnectLinks(publicationContext, implementation);
  const requests = new GatewayLinks({
    ...publicationContext,
    issuer,
    implementation,
    needs: options.path === undefined ? [`${ImplementationLink.NAME}${suffix}`] : [],
    causes: [...issuer.links, ...ofKonnect].map(({ name }) => name),
    wait: options.wait,
  });
  return [...ofKonnect, ...requests.links()];
}

/** Strategies of the publications by id, except open publications. */
async function loadStrategies(
  { deployment, konnect }: ChainContext,
  publications: readonly Publication[],
): Promise<Map<string, AuthStrategy>> {
  const strategies = new Map<string, AuthStrategy>();
  for (const publication of publications) {
    const { strategyId } = publication;
    if (strategyId !== undefined && !strategies.has(strategyId)) {
      const strategy = await findStrategy(strategyId, deployment, konnect);
      if (!strategy) {
        throw CommandError.failed(
          `Neither the stacks nor Konnect have the auth strategy of ${deployment.describe(publication)}`,
          'Deploy the stack that owns it, and name it too. If it exists, KONNECT_SERVER_URL is the URL of another region.',
        );
      }
      strategies.set(strategyId, strategy);
    }
  }
  return strategies;
}
