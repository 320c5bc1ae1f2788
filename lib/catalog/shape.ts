import { construct, known, mapOf, provider, required, type Shape, text } from '../private/kinds';
import type { PortalCatalogProps } from './portal-catalog';

/** What kind each prop of `PortalCatalog` is of. */
export const PORTAL_CATALOG: Shape<PortalCatalogProps> = {
  file: required(known(text)),
  portals: required(known(mapOf(construct('portalId')))),
  controlPlaneIds: known(mapOf(text)),
  strategies: known(mapOf(construct('strategy'))),
  authorizationServer: construct('authorizationServerId'),
  oktaProvider: provider,
  konnectProvider: provider,
};
