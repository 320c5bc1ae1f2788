import {
  GatewayPluginAce,
  type GatewayPluginAceConfig,
} from '@kong/konnect-cdktf-bindings/lib/gateway-plugin-ace';
import type { Construct, IConstruct } from 'constructs';
import { propsSpec, validateProps } from '../core/props-spec';
import { KONNECT_RESOURCE_PROPS, KonnectConstruct, type ResourceProps } from '../core/provider-construct';
import { EntryKind, identityKey, Registry } from '../core/registry';
import { construct, enumOf, text } from '../core/specs';
import { isToken } from '../core/tokens';
import { addLazyWarning, type Check, requireValid } from '../core/validation';
import type { IControlPlane } from './control-plane';
import { TAGS } from './gateway-props';

/** What happens to requests that match no operation of an API that is linked to the control plane. */
export enum MatchPolicy {
  /** They pass without authentication. For control planes with other traffic. */
  IF_PRESENT = 'if_present',

  /** They get 404. Blocks all traffic except the operations of published APIs. */
  REQUIRED = 'required',
}

/** Options of `enforceAccess`. */
export interface AccessControlEnforcementOptions extends ResourceProps {
  /**
   * What happens to requests that match no operation of an API. Has no default: one value leaves what you forget in a
   * specification open, the other blocks it.
   */
  readonly matchPolicy: MatchPolicy;

  /**
   * Consumer, by UUID or username, of requests that fail authentication. **Opens every API of the control plane**,
   * unless other plugins stop the requests of this consumer.
   *
   * @default - requests that fail authentication are rejected
   */
  readonly anonymous?: string;

  /**
   * Tags. Printable characters without `,` and `/`.
   *
   * @default - none
   */
  readonly tags?: string[];
}

/** Properties of `AccessControlEnforcement`. */
export interface AccessControlEnforcementProps extends AccessControlEnforcementOptions {
  /** Control plane whose gateways enforce access. */
  readonly controlPlane: IControlPlane;
}

export const ACCESS_CONTROL_ENFORCEMENT = propsSpec<AccessControlEnforcementProps>({
  ...KONNECT_RESOURCE_PROPS.fields,
  controlPlane: construct('controlPlaneId').required(),
  matchPolicy: enumOf(MatchPolicy).required(),
  anonymous: text().notBlank(),
  tags: TAGS,
});

const ENFORCEMENT = new EntryKind<AccessControlEnforcement>('access control enforcement');
const CONTROL_PLANE_LINK = new EntryKind<IConstruct>('API that is linked to the control plane');
const SERVICE_LINK = new EntryKind<IConstruct>('API that is linked to a service of the control plane');

/**
 * Access control enforcement: the plugin `ace` on a control plane. It enforces the strategies of the APIs that are linked
 * to the control plane, for the operations in their specifications.
 *
 * Needs Kong Gateway 3.13. Runs after all other authentication plugins. APIs must not be linked to services of the same
 * control plane: Konnect adds another plugin to such a service, and Kong forbids the two on one control plane
 * (https://developer.konghq.com/catalog/apis/#allow-developers-to-consume-your-api).
 *
 * @throws ValidationError if the control plane has it already, or an API is linked to one of its services
 */
export class AccessControlEnforcement extends KonnectConstruct {
  /** The underlying resource (escape hatch). */
  public readonly resource: GatewayPluginAce;

  /** Control plane whose gateways enforce access. */
  public readonly controlPlane: IControlPlane;

  public constructor(scope: Construct, id: string, props: AccessControlEnforcementProps) {
    super(scope, id, props);
    validateProps(this, props, ACCESS_CONTROL_ENFORCEMENT, () => [
      unenforcedCheck(props.controlPlane),
      noServiceLinkCheck(props.controlPlane),
    ]);
    const { controlPlane, matchPolicy, anonymous, tags } = props;
    this.controlPlane = controlPlane;
    const config = this._resourceConfig<GatewayPluginAceConfig>({
      controlPlaneId: controlPlane.controlPlaneId,
      config: { matchPolicy, anonymous },
      tags,
    });
    this.resource = new GatewayPluginAce(this, 'Resource', config);
    const registry = Registry.of(this);
    registry.add(ENFORCEMENT, keyOf(controlPlane), this);
    registry.rules.addRegionGroup(this, { controlPlane });
    addLazyWarning(this, () =>
      anonymous === undefined
        ? undefined
        : `Access control enforcement of ${controlPlane.node.path} lets requests without valid credentials pass as ${isToken(anonymous) ? 'a consumer' : `consumer ${anonymous}`}. Reject them with another plugin, for example request-termination, or remove anonymous.`,
    );
  }
}

/** Access control enforcement of a control plane, anywhere in the app. */
export function findEnforcement(controlPlane: IControlPlane): AccessControlEnforcement | undefined {
  return Registry.of(controlPlane).find(ENFORCEMENT, keyOf(controlPlane));
}

/** Requires that the control plane does not enforce access control yet. */
export function unenforcedCheck(controlPlane: IControlPlane): Check {
  return {
    prop: 'controlPlane',
    value: controlPlane,
    isValid: findEnforcement(controlPlane) === undefined,
    rule: 'must not enforce access control twice (Konnect)',
    remedy: 'Change the existing AccessControlEnforcement',
  };
}

/** Notes that an API is linked to the control plane. @throws ValidationError if one is linked to a service of it */
export function addControlPlaneLink(api: IConstruct, controlPlane: IControlPlane): void {
  requireValid(api, noServiceLinkCheck(controlPlane));
  Registry.of(api).add(CONTROL_PLANE_LINK, keyOf(controlPlane), api);
}

/** Notes that an API is linked to a service of the control plane. @throws ValidationError if it enforces access control */
export function addServiceLink(api: IConstruct, controlPlane: IControlPlane): void {
  const registry = Registry.of(api);
  const key = keyOf(controlPlane);
  const other = registry.find(CONTROL_PLANE_LINK, key) ?? registry.find(ENFORCEMENT, key);
  requireValid(api, {
    prop: 'gatewayService',
    value: `a service of ${controlPlane.node.path}, which ${other?.node.path} uses for access control enforcement`,
    isValid: other === undefined,
    rule: 'must not be of a control plane with access control enforcement: two plugins would interfere (Kong)',
    remedy: 'Link the API to the control plane with controlPlane, or use a service of another control plane',
  });
  registry.add(SERVICE_LINK, key, api);
}

function noServiceLinkCheck(controlPlane: IControlPlane): Check {
  const other = Registry.of(controlPlane).find(SERVICE_LINK, keyOf(controlPlane));
  return {
    prop: 'controlPlane',
    value: `${controlPlane.node.path}, and ${other?.node.path} is linked to one of its services`,
    isValid: other === undefined,
    rule: 'must not have APIs that are linked to its services: two plugins would interfere (Kong)',
    remedy: 'Link all of its APIs to the control plane with controlPlane, or use another control plane',
  };
}

function keyOf(controlPlane: IControlPlane): string {
  return identityKey(controlPlane.controlPlaneId, controlPlane);
}
