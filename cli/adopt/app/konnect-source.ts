import type { KonnectHowTo } from '../how-to/how-to';
import { addApi } from './api-source';
import type { AppSource } from './app-source';
import { addControlPlane } from './control-plane-source';
import { addPortal } from './portal-source';

/** Variables of the portal, and of the APIs by id. */
export interface KonnectVariables {
  readonly portal: string;
  readonly apis: ReadonlyMap<string, string>;
}

/** Adds control planes, access control, services, routes, the portal with its pages, and the APIs. */
export function addKonnect(
  source: AppSource,
  ids: Set<string>,
  { authStrategies: [strategy], portals: [portal], apis, controlPlanes }: KonnectHowTo,
): KonnectVariables {
  const gateways = new Map<string, string>();
  for (const plane of controlPlanes) {
    addControlPlane(source, ids, plane, gateways);
  }
  const variable = addPortal(source, ids, portal, strategy.id);
  return {
    portal: variable,
    apis: new Map(apis.map((api) => [api.entity.id, addApi(source, ids, api, gateways)])),
  };
}
