import {
  type ApiPublicationConfig,
  ApiPublication as ApiPublicationResource,
} from '@kong/konnect-cdktf-bindings/lib/api-publication';
import { Construct } from 'constructs';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments } from '../private/meta-arguments';
import { isPublished, registerPublication } from '../private/publications';
import { requiresOneRegion } from '../private/region';
import { replacedWhenChanged } from '../private/replacement';
import { API_PUBLICATION } from '../private/shapes/konnect';
import { warnsAtSynthesis } from '../private/warnings';
import type { ResourceProps } from '../resource-props';
import { Occurrence, rules } from '../rules';
import { check, validate } from '../validation';
import type { IDevPortal } from './dev-portal';
import type { IOidcAuthStrategy } from './oidc-auth-strategy';
import type { IPortalApi } from './portal-api';
import { Visibility } from './visibility';

/** What is published where, and how. */
export interface ApiPublicationOptions extends ResourceProps {
  /** The API. */
  readonly api: IPortalApi;

  /** The portal that shows it. */
  readonly portal: IDevPortal;

  /**
   * Who sees the API on the portal. Private needs RBAC.
   *
   * @default - the portal's default API visibility where it is known, otherwise private
   */
  readonly visibility?: Visibility;

  /**
   * Whether every registration of an application for the API is approved at once. `false` takes back what was
   * deployed; where it is removed, the provider keeps that.
   *
   * @default - what the portal says (autoApproveApplications), or what was deployed
   */
  readonly autoApproveRegistrations?: boolean;
}

/** Properties of `ApiPublication`. */
export interface ApiPublicationProps extends ApiPublicationOptions {
  /** The strategy that the gateway enforces for the API. */
  readonly strategy: IOidcAuthStrategy;
}

/**
 * An API on a portal, with the strategy that its clients authenticate by.
 *
 * Strategy and visibility are always written: left out, the provider sends no strategy, which turns
 * authentication off, and `private`. Publishing another API or to another portal replaces the
 * publication: the provider would leave the old one behind.
 *
 * @throws ValidationError when the API is published to the portal already, private on a portal without RBAC, or
 * registered for in a stack that this one needs
 */
export class ApiPublication extends Construct {
  /** The resource, for whatever this construct does not offer. */
  public readonly resource: ApiPublicationResource;

  /** The API. */
  public readonly api: IPortalApi;

  /** The portal that shows it. */
  public readonly portal: IDevPortal;

  /** The strategy that the gateway enforces for the API. */
  public readonly strategy: IOidcAuthStrategy;

  /** Who sees the API on the portal. */
  public readonly visibility: Visibility;

  public constructor(scope: Construct, id: string, props: ApiPublicationProps) {
    super(scope, id);
    validate(this, shapeChecks(props, API_PUBLICATION));
    this.api = props.api;
    this.portal = props.portal;
    this.strategy = props.strategy;
    this.visibility = props.visibility ?? props.portal.defaultApiVisibility ?? Visibility.PRIVATE;
    validate(this, [
      check(
        'api, portal',
        new Occurrence(
          `${props.api.node.path} on ${props.portal.node.path}`,
          isPublished(props.api, props.portal),
        ),
        rules.publishedOnce,
      ),
      check(
        'visibility',
        { visibility: this.visibility, rbacEnabled: props.portal.rbacEnabled },
        rules.privateNeedsRbac,
      ),
    ]);
    const { apiId } = props.api;
    const { portalId } = props.portal;
    const config = literal<ApiPublicationConfig>({
      apiId,
      portalId,
      authStrategyIds: [props.strategy.strategyId],
      visibility: this.visibility,
      autoApproveRegistrations: props.autoApproveRegistrations,
      ...konnectArguments(this, props, {
        replaceTriggeredBy: replacedWhenChanged(this, 'Published', { apiId, portalId }),
      }),
    });
    this.resource = new ApiPublicationResource(this, 'Resource', config);
    registerPublication(this);
    requiresOneRegion(this, { api: props.api, portal: props.portal, strategy: props.strategy });
    // At synthesis, because the API may be linked after it is published.
    warnsAtSynthesis(this, () =>
      this.api.linkedToGateway === false
        ? `API ${this.api.node.path} is linked to no gateway service, so its strategy is not enforced. Link it with gatewayService or linkTo.`
        : undefined,
    );
  }
}
