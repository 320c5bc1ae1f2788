import {
  ApiImplementation,
  type ApiImplementationConfig,
} from '@kong/konnect-cdktf-bindings/lib/api-implementation';
import type { TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { createAfter } from '../core/elements';
import { validateArgument } from '../core/props-spec';
import { isOwned } from '../core/provider-construct';
import { Registry } from '../core/registry';
import { construct } from '../core/specs';
import { escapeTemplates } from '../core/terraform-text';
import { addLazyWarning, requireValid } from '../core/validation';
import { addControlPlaneLink, addServiceLink, findEnforcement } from './access-control-enforcement';
import type { IApi } from './api';
import type { IControlPlane } from './control-plane';
import type { IGatewayService } from './gateway-service';

/** Both kinds of links have one id: an API has one link, and a change of its kind replaces it. */
const ID = 'Implementation';

/** Links an API to a gateway service, where Konnect enforces its strategy. @throws ValidationError */
export function linkToService(api: IApi & Construct, service: IGatewayService): ApiImplementation {
  validateArgument(api, 'gatewayService', service, construct('serviceId'));
  requireUnlinked(api, 'gatewayService', service);
  const { serviceId, controlPlane } = service;
  addServiceLink(api, controlPlane);
  Registry.of(api).rules.addRegionGroup(api, { gatewayService: service });
  const config = escapeTemplates<ApiImplementationConfig>({
    apiId: api.apiId,
    serviceReference: { service: { controlPlaneId: controlPlane.controlPlaneId, id: serviceId } },
    provider: api.provider,
  });
  return new ApiImplementation(api, ID, config);
}

/**
 * Links an API to a control plane, whose plugin `ace` enforces its strategy.
 *
 * @param specification resource with the operations that the plugin protects
 * @throws ValidationError
 */
export function linkToControlPlane(
  api: IApi & Construct,
  controlPlane: IControlPlane,
  specification: TerraformResource | undefined,
): ApiImplementation {
  validateArgument(api, 'controlPlane', controlPlane, construct('controlPlaneId'));
  requireUnlinked(api, 'controlPlane', controlPlane);
  addControlPlaneLink(api, controlPlane);
  Registry.of(api).rules.addRegionGroup(api, { controlPlane });
  const config = escapeTemplates<ApiImplementationConfig>({
    apiId: api.apiId,
    controlPlaneReference: { controlPlane: { id: controlPlane.controlPlaneId } },
    provider: api.provider,
  });
  const link = new ApiImplementation(api, ID, config);
  // The gateway must not take requests before it knows plugin and operations. Both may be added later.
  createAfter(link, () => [findEnforcement(controlPlane)?.resource, specification]);
  addLazyWarning(api, () =>
    isOwned(controlPlane) && findEnforcement(controlPlane) === undefined
      ? `API ${api.node.path} is linked to control plane ${controlPlane.node.path}, which does not enforce access control, so the API is open. Call enforceAccess of the control plane.`
      : undefined,
  );
  addLazyWarning(api, () =>
    specification === undefined
      ? `API ${api.node.path} is linked to a control plane, but has no specification. Access control enforcement protects the operations of the specification, so its strategy is not enforced. Set version and specification.`
      : undefined,
  );
  return link;
}

function requireUnlinked(api: IApi, prop: string, value: IConstruct): void {
  requireValid(api, {
    prop,
    value,
    isValid: api.node.tryFindChild(ID) === undefined,
    rule: 'must not be set twice: an API is linked to one gateway service or one control plane (Konnect)',
    remedy: 'Use one Api for each link',
  });
}
