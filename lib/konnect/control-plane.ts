import {
  GatewayControlPlane,
  type GatewayControlPlaneConfig,
} from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import type { TerraformProvider } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { propsSpec, validateArgument, validateProps } from '../core/props-spec';
import {
  createChild,
  inheritProvider,
  KONNECT_PROVIDER_OPTIONS,
  KONNECT_RESOURCE_PROPS,
  KonnectConstruct,
  type ProviderOptions,
  type ResourceProps,
} from '../core/provider-construct';
import { text } from '../core/specs';
import { requireValid } from '../core/validation';
import {
  AccessControlEnforcement,
  type AccessControlEnforcementOptions,
  unenforcedCheck,
} from './access-control-enforcement';
import { LABELS, nonEmptyLabels, UUID } from './shared-props';

/** A Konnect control plane, created by this app or existing. */
export interface IControlPlane extends IConstruct {
  /** Id in Konnect, a UUID. */
  readonly controlPlaneId: string;

  /** Provider of the control plane, `undefined` for the stack's default provider. */
  readonly provider?: TerraformProvider;

  /**
   * Enforces the strategies of the APIs that are linked to the control plane, with the plugin `ace`.
   *
   * @throws ValidationError if the control plane does so already, or an API is linked to one of its services
   */
  enforceAccess(options: AccessControlEnforcementOptions): AccessControlEnforcement;
}

/** Attributes of an existing control plane. */
export interface ControlPlaneAttributes extends ProviderOptions {}

/** Properties of `ControlPlane`. */
export interface ControlPlaneProps extends ResourceProps {
  /** Name, 2 to 256 characters, unique in the region. */
  readonly name: string;

  /**
   * Purpose of the control plane, at most 2048 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Labels, at most 50. Removing the last label leaves the deployed ones unchanged (provider behaviour).
   *
   * @default - none
   */
  readonly labels?: { readonly [key: string]: string };
}

export const CONTROL_PLANE = propsSpec<ControlPlaneProps>({
  ...KONNECT_RESOURCE_PROPS.fields,
  name: text({ minLength: 2, maxLength: 256, source: 'Konnect' }).required(),
  description: text({ maxLength: 2048, source: 'Konnect' }),
  labels: LABELS,
});

/** Base of created and existing control planes. */
abstract class ControlPlaneBase extends KonnectConstruct implements IControlPlane {
  public abstract readonly controlPlaneId: string;

  public enforceAccess(options: AccessControlEnforcementOptions): AccessControlEnforcement {
    requireValid(this, unenforcedCheck(this));
    return createChild(
      this,
      'AccessControlEnforcement',
      (id) =>
        new AccessControlEnforcement(this, id, {
          ...inheritProvider(options, this.provider),
          controlPlane: this,
        }),
    );
  }
}

/**
 * A Konnect control plane: the configuration of one or more gateways.
 *
 * @throws ValidationError if Konnect would reject the control plane. At synthesis, if the stack has one of this name
 */
export class ControlPlane extends ControlPlaneBase {
  /**
   * References an existing control plane.
   *
   * @throws ValidationError if the id is not a UUID
   */
  public static fromControlPlaneId(
    scope: Construct,
    id: string,
    controlPlaneId: string,
    attributes: ControlPlaneAttributes = {},
  ): IControlPlane {
    return new ImportedControlPlane(scope, id, controlPlaneId, attributes);
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: GatewayControlPlane;
  public readonly controlPlaneId: string;

  public constructor(scope: Construct, id: string, props: ControlPlaneProps) {
    super(scope, id, props);
    validateProps(this, props, CONTROL_PLANE);
    const config = this._resourceConfig<GatewayControlPlaneConfig>({
      name: props.name,
      description: props.description,
      labels: nonEmptyLabels(props.labels),
    });
    // A child called Default has the address of its parent, so this construct can replace the raw resource.
    this.resource = new GatewayControlPlane(this, 'Default', config);
    this.controlPlaneId = this.resource.id;
    this._requireUniqueName('control plane', props.name);
  }
}

class ImportedControlPlane extends ControlPlaneBase {
  public constructor(
    scope: Construct,
    id: string,
    public readonly controlPlaneId: string,
    attributes: ControlPlaneAttributes,
  ) {
    super(scope, id, attributes);
    validateArgument(this, 'controlPlaneId', controlPlaneId, UUID);
    validateProps(this, attributes, KONNECT_PROVIDER_OPTIONS);
  }
}
