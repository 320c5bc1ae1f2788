import { Portal, type PortalConfig } from '@kong/konnect-cdktf-bindings/lib/portal';
import type { TerraformProvider } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { warnAboutForgottenMove } from '../core/forgotten-moves';
import { validateArgument, validateProps } from '../core/props-spec';
import { inheritProvider, KonnectConstruct } from '../core/provider-construct';
import { Registry } from '../core/registry';
import { construct } from '../core/specs';
import { addLazyWarning, requireValid } from '../core/validation';
import {
  DEV_PORTAL,
  DEV_PORTAL_ATTRIBUTES,
  type DevPortalAttributes,
  type DevPortalProps,
} from './dev-portal-props';
import type { IOidcAuthStrategy } from './oidc-auth-strategy';
import { PortalPage, type PortalPageOptions } from './portal-page';
import { PortalTeam, type PortalTeamOptions } from './portal-team';
import { nonEmptyLabels, UUID, Visibility } from './shared-props';

/** Konnect's component that lists the APIs that a visitor may see. */
const API_LIST = '::apis-list';

/** A Konnect Dev Portal, created by this app or existing. */
export interface IDevPortal extends IConstruct {
  /** Id in Konnect, a UUID. */
  readonly portalId: string;

  /** Whether teams and roles decide who sees private APIs. `undefined` if unknown. */
  readonly rbacEnabled?: boolean;

  /** Whether registrations of applications are approved automatically. `undefined` if unknown. */
  readonly autoApproveApplications?: boolean;

  /** Visibility of an API that is published without one. `undefined` if unknown. */
  readonly defaultApiVisibility?: Visibility;

  /** Provider of the portal, its pages and teams, `undefined` for the stack's default provider. */
  readonly provider?: TerraformProvider;

  /**
   * Adds a page.
   *
   * @throws ValidationError if Konnect would reject the page
   */
  addPage(id: string, options: PortalPageOptions): PortalPage;

  /**
   * Adds a team of developers. Its roles decide which private APIs the developers see. Needs RBAC.
   *
   * @throws ValidationError if the portal has no RBAC or a team of that name, or Konnect would reject the team
   */
  addTeam(id: string, options: PortalTeamOptions): PortalTeam;
}

/** Warning about an API that is private on a portal without RBAC. */
export const PRIVATE_WITHOUT_RBAC =
  'Every developer who signs in sees it. Set rbacEnabled on the portal and grant roles to teams to narrow it down.';

/** Base of created and existing portals. */
abstract class DevPortalBase extends KonnectConstruct implements IDevPortal {
  public abstract readonly portalId: string;
  public abstract readonly rbacEnabled?: boolean;
  public readonly autoApproveApplications?: boolean;
  public readonly defaultApiVisibility?: Visibility;

  public addPage(id: string, options: PortalPageOptions): PortalPage {
    return new PortalPage(this, id, { ...inheritProvider(options, this.provider), portal: this });
  }

  public addTeam(id: string, options: PortalTeamOptions): PortalTeam {
    return new PortalTeam(this, id, { ...inheritProvider(options, this.provider), portal: this });
  }
}

/**
 * A Konnect Dev Portal with a home page.
 *
 * Portals are regional: the provider's `server_url` must be the URL of a region, for example
 * `https://eu.api.konghq.com`.
 *
 * @throws ValidationError if Konnect would reject the portal. At synthesis, if the stack has one of this name
 */
export class DevPortal extends DevPortalBase {
  /**
   * References an existing portal.
   *
   * @throws ValidationError if the id is not a UUID
   */
  public static fromPortalId(
    scope: Construct,
    id: string,
    portalId: string,
    attributes: DevPortalAttributes = {},
  ): IDevPortal {
    return new ImportedDevPortal(scope, id, portalId, attributes);
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: Portal;
  public readonly portalId: string;
  public readonly rbacEnabled?: boolean;
  public override readonly autoApproveApplications?: boolean;
  public override readonly defaultApiVisibility?: Visibility;

  /** The home page, `undefined` for a portal without one. */
  public readonly homePage?: PortalPage;

  /** Host name of the portal, known after the deployment. */
  public readonly domain: string;

  private strategy?: IOidcAuthStrategy;

  public constructor(scope: Construct, id: string, props: DevPortalProps) {
    super(scope, id, props);
    validateProps(this, props, DEV_PORTAL);
    const { defaultPageVisibility = Visibility.PUBLIC } = props;
    this.rbacEnabled = props.rbacEnabled ?? false;
    this.autoApproveApplications = props.autoApproveApplications ?? false;
    this.defaultApiVisibility =
      props.defaultApiVisibility ?? (this.rbacEnabled ? Visibility.PRIVATE : Visibility.PUBLIC);
    const config = this._resourceConfig<PortalConfig>({
      name: props.name,
      displayName: props.displayName,
      description: props.description,
      authenticationEnabled: props.authenticationEnabled ?? true,
      rbacEnabled: this.rbacEnabled,
      autoApproveDevelopers: props.autoApproveDevelopers ?? false,
      autoApproveApplications: this.autoApproveApplications,
      defaultApiVisibility: this.defaultApiVisibility,
      defaultPageVisibility,
      labels: nonEmptyLabels(props.labels),
      forceDestroy: props.forceDestroy === undefined ? undefined : String(props.forceDestroy),
    });
    this.resource = new Portal(this, 'Resource', config);
    warnAboutForgottenMove(this, this.resource);
    this.portalId = this.resource.id;
    this._requireUniqueName('portal', props.name);
    this.domain = this.resource.defaultDomain;
    if (props.defaultStrategy) {
      this.useDefaultStrategy(props.defaultStrategy);
    }

    const { homePage = API_LIST } = props;
    if (homePage !== '') {
      this.homePage = this.addPage('HomePage', {
        slug: '/',
        title: 'Home',
        content: homePage,
        visibility: defaultPageVisibility,
      });
    }
    if (this.defaultApiVisibility === Visibility.PRIVATE && !this.rbacEnabled) {
      addLazyWarning(
        this,
        () =>
          `APIs are private by default on portal ${this.node.path}, which has no RBAC. ${PRIVATE_WITHOUT_RBAC}`,
      );
    }
  }

  /** Strategy of an API that is published without one, `undefined` if the portal has no default. */
  public get defaultStrategy(): IOidcAuthStrategy | undefined {
    return this.strategy;
  }

  /**
   * Sets the strategy of an API that somebody publishes without one, in Konnect's UI or API. `publish` always sets its
   * own. If the strategy is of another stack, that stack must not use the portal: each of the two would need the other.
   *
   * @throws ValidationError if the portal has a default strategy already
   */
  public useDefaultStrategy(strategy: IOidcAuthStrategy): void {
    validateArgument(this, 'defaultStrategy', strategy, construct('strategyId'));
    requireValid(this, {
      prop: 'defaultStrategy',
      value: `${strategy.node.path}, after ${this.strategy?.node.path}`,
      isValid: this.strategy === undefined,
      rule: 'must not be set twice: a portal has one default strategy (Konnect)',
      remedy: 'Remove one of the two',
    });
    this.strategy = strategy;
    this.resource.defaultApplicationAuthStrategyId = strategy.strategyId;
    Registry.of(this).rules.addRegionGroup(this, { defaultStrategy: strategy });
  }
}

class ImportedDevPortal extends DevPortalBase {
  public readonly rbacEnabled?: boolean;

  public constructor(
    scope: Construct,
    id: string,
    public readonly portalId: string,
    attributes: DevPortalAttributes,
  ) {
    super(scope, id, attributes);
    validateArgument(this, 'portalId', portalId, UUID);
    validateProps(this, attributes, DEV_PORTAL_ATTRIBUTES);
    this.rbacEnabled = attributes.rbacEnabled;
  }
}
