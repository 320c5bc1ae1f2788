import {
  type ApiPublicationConfig,
  ApiPublication as ApiPublicationResource,
} from '@kong/konnect-cdktf-bindings/lib/api-publication';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { warnAboutForgottenMove } from '../core/forgotten-moves';
import { propsSpec, validateProps } from '../core/props-spec';
import {
  isOwned,
  KONNECT_RESOURCE_PROPS,
  KONNECT_RESOURCE_PROPS_OF_ANY_STACK,
  KonnectConstruct,
  type ResourceProps,
} from '../core/provider-construct';
import { EntryKind, identityKey, Registry } from '../core/registry';
import { replaceTriggersOfIds } from '../core/replacement';
import { construct, flag } from '../core/specs';
import { addLazyWarning } from '../core/validation';
import type { IApi } from './api';
import { type IDevPortal, PRIVATE_WITHOUT_RBAC } from './dev-portal';
import type { IOidcAuthStrategy } from './oidc-auth-strategy';
import { VISIBILITY, Visibility } from './shared-props';

/** Options of `publish`. */
export interface ApiPublicationOptions extends ResourceProps {
  /** API to publish. */
  readonly api: IApi;

  /** Portal to publish to. */
  readonly portal: IDevPortal;

  /**
   * Who sees the API on the portal.
   *
   * @default - the portal's default API visibility if it is known, otherwise private
   */
  readonly visibility?: Visibility;

  /**
   * Whether registrations of applications for the API are approved automatically. `false` uses the portal's setting, so
   * it cannot overrule a portal that approves. Removing it leaves the deployed value unchanged (provider behaviour).
   *
   * @default - the portal's setting (autoApproveApplications), or the deployed value
   */
  readonly autoApproveRegistrations?: boolean;
}

/** Properties of `ApiPublication`. */
export interface ApiPublicationProps extends ApiPublicationOptions {
  /** Strategy that the gateway enforces for the API. */
  readonly strategy: IOidcAuthStrategy;
}

export const API_PUBLICATION_OPTIONS = propsSpec<ApiPublicationOptions>({
  ...KONNECT_RESOURCE_PROPS_OF_ANY_STACK.fields,
  api: construct('apiId').required(),
  portal: construct('portalId').required(),
  visibility: VISIBILITY,
  autoApproveRegistrations: flag(),
});

export const API_PUBLICATION = propsSpec<ApiPublicationProps>({
  ...API_PUBLICATION_OPTIONS.fields,
  ...KONNECT_RESOURCE_PROPS.fields,
  strategy: construct('strategyId').required(),
});

const PUBLICATION = new EntryKind<ApiPublication>('publication');

/**
 * An API on a portal, with the strategy that its clients authenticate with.
 *
 * Always sets strategy and visibility. The provider's default disables authentication. A change of API or portal
 * replaces the publication: the provider would leave the old one behind.
 *
 * @throws ValidationError if the API is published to the portal already
 */
export class ApiPublication extends KonnectConstruct {
  /** The underlying resource (escape hatch). */
  public readonly resource: ApiPublicationResource;

  /** The published API. */
  public readonly api: IApi;

  /** Portal of the publication. */
  public readonly portal: IDevPortal;

  /** Strategy that the gateway enforces for the API. */
  public readonly strategy: IOidcAuthStrategy;

  /** Who sees the API on the portal. */
  public readonly visibility: Visibility;

  public constructor(scope: Construct, id: string, props: ApiPublicationProps) {
    super(scope, id, props);
    validateProps(this, props, API_PUBLICATION, () => [
      {
        prop: 'api, portal',
        value: `${props.api.node.path} on ${props.portal.node.path}`,
        isValid: findPublication(props.api, props.portal) === undefined,
        rule: 'must not be published twice: a publication is identified by API and portal (Konnect)',
        remedy: 'Change the existing publication, or publish to another portal',
      },
    ]);
    const { api, portal, strategy, autoApproveRegistrations } = props;
    this.api = api;
    this.portal = portal;
    this.strategy = strategy;
    this.visibility = props.visibility ?? portal.defaultApiVisibility ?? Visibility.PRIVATE;
    const ids = { apiId: api.apiId, portalId: portal.portalId };
    const config = this._resourceConfig<ApiPublicationConfig>(
      {
        ...ids,
        authStrategyIds: [strategy.strategyId],
        visibility: this.visibility,
        autoApproveRegistrations,
      },
      { replaceTriggeredBy: replaceTriggersOfIds(this, 'Published', ids) },
    );
    this.resource = new ApiPublicationResource(this, 'Resource', config);
    warnAboutForgottenMove(this, this.resource);
    const registry = Registry.of(this);
    registry.rules.addRegionGroup(this, { api, portal, strategy });
    registry.add(PUBLICATION, publicationKey(api, portal), this);
    for (const warning of this.warnings(props)) {
      addLazyWarning(this, warning);
    }
  }

  private warnings({
    visibility,
    autoApproveRegistrations,
  }: ApiPublicationProps): (() => string | undefined)[] {
    const { api, portal } = this;
    // The portal warns about its own default.
    const isDefault = visibility === undefined && portal.defaultApiVisibility !== undefined;
    return [
      // The API may be linked after it is published.
      () =>
        api.linkedToGateway === false
          ? `API ${api.node.path} is linked to no gateway service and no control plane, so its strategy is not enforced. Set gatewayService or controlPlane.`
          : undefined,
      () =>
        !isDefault && this.visibility === Visibility.PRIVATE && portal.rbacEnabled === false
          ? `API ${api.node.path} is private on portal ${portal.node.path}, which has no RBAC. ${PRIVATE_WITHOUT_RBAC}`
          : undefined,
      () =>
        autoApproveRegistrations === false && portal.autoApproveApplications === true
          ? `Registrations for API ${api.node.path} are approved automatically although autoApproveRegistrations is false: portal ${portal.node.path} approves them. Set autoApproveApplications: false on the portal, and autoApproveRegistrations: true for the other APIs.`
          : undefined,
    ];
  }
}

/** The publication of the API to the portal, anywhere in the app. */
export function findPublication(api: IApi, portal: IDevPortal): ApiPublication | undefined {
  return Registry.of(portal).find(PUBLICATION, publicationKey(api, portal));
}

/** Calls back with the publication of the API to the portal, now or when it is created. */
export function onPublished(
  api: IApi,
  portal: IDevPortal,
  callback: (publication: ApiPublication) => void,
): void {
  Registry.of(portal).onAdded(PUBLICATION, publicationKey(api, portal), callback);
}

/** Whether a publication of another stack references what `stack` creates, so that `stack` cannot reference it. */
export function needsStack(publication: ApiPublication, stack: TerraformStack): boolean {
  return (
    TerraformStack.of(publication) !== stack &&
    [publication.strategy, publication.portal].some(
      (part) => isOwned(part) && TerraformStack.of(part) === stack,
    )
  );
}

function publicationKey(api: IApi, portal: IDevPortal): string {
  return `${identityKey(api.apiId, api)}\n${identityKey(portal.portalId, portal)}`;
}
