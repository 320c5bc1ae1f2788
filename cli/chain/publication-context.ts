import type { OidcStrategy } from '../auth-strategy';
import type { Client, Deployment, Publication } from '../deployment';
import type { KonnectClient } from '../konnect-client';
import type { Link } from './chain';

/** Context of the links of one publication. */
export interface PublicationContext {
  readonly konnect: KonnectClient;
  readonly deployment: Deployment;
  readonly publication: Publication;
  /** The strategy as deployed, or as Konnect has it when another stack owns it. */
  readonly strategy: OidcStrategy;
  readonly client: Client;

  /** Suffix of the link names, which tells several publications apart. */
  readonly suffix: string;
}

/**
 * Creates a link of a publication.
 *
 * @param title title, and the preposition between it and the name of the publication if there are several
 */
export function createLink(
  { suffix, deployment, publication }: Pick<PublicationContext, 'suffix' | 'deployment' | 'publication'>,
  name: string,
  [title, preposition]: readonly [string, string],
  check: Link['check'],
): Link {
  return {
    name: `${name}${suffix}`,
    title: suffix === '' ? title : `${title} ${preposition} ${deployment.describe(publication)}`,
    needs: [],
    check,
  };
}
