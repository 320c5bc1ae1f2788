import { Portal, type PortalConfig } from '@kong/konnect-cdktf-bindings/lib/portal';
import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { required, shapeChecks, text } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments, withProvider } from '../private/meta-arguments';
import { usesKonnect } from '../private/region';
import { managesResource } from '../private/replacement';
import { DEV_PORTAL, DEV_PORTAL_ATTRIBUTES } from '../private/shapes/konnect';
import type { ResourceProps } from '../resource-props';
import { rules } from '../rules';
import { check, validate } from '../validation';
import { labelChecks, writtenLabels } from './labels';
import { PortalPage, type PortalPageOptions } from './portal-page';
import { PortalTeam, type PortalTeamOptions } from './portal-team';
import { Visibility } from './visibility';

/** Konnect's component that lists the APIs a visitor may see. */
const API_LIST = '::apis-list';

/** A Konnect Dev Portal, created by this app or found in the region. */
export interface IDevPortal extends IConstruct {
  /** Id in Konnect, a UUID. */
  readonly portalId: string;

  /** Whether RBAC decides which developer sees what; undefined where nobody said. */
  readonly rbacEnabled?: boolean;

  /** Visibility of an API that is published without saying one; undefined where nobody said. */
  readonly defaultApiVisibility?: Visibility;

  /**
   * Adds a page.
   *
   * @throws ValidationError when Konnect would refuse the page
   */
  addPage(id: string, options: PortalPageOptions): PortalPage;

  /**
   * Adds a team of developers, whose roles say which private APIs they see and use. Needs RBAC.
   *
   * @throws ValidationError when the portal has no RBAC or another team of that name, or Konnect would refuse the team
   */
  addTeam(id: string, options: PortalTeamOptions): PortalTeam;
}

/** What is known of a portal that exists. */
export interface DevPortalAttributes {
  /**
   * Whether the portal has RBAC; without it no private API can be published there.
   *
   * @default - not known, so not checked
   */
  readonly rbacEnabled?: boolean;

  /**
   * The provider of what is added to the portal.
   *
   * @default - the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/** Properties of `DevPortal`. */
export interface DevPortalProps extends ResourceProps {
  /** Name in Konnect, 1 to 255 characters, unique in the region. */
  readonly name: string;

  /**
   * Name that visitors see, 1 to 255 characters.
   *
   * @default - the name, or what was deployed
   */
  readonly displayName?: string;

  /**
   * What the portal is for, at most 512 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether developers can sign up and register applications.
   *
   * @default true
   */
  readonly authenticationEnabled?: boolean;

  /**
   * Whether teams and roles decide which developer sees which API. Needs authentication.
   *
   * @default false
   */
  readonly rbacEnabled?: boolean;

  /**
   * Whether everyone who signs up is let in at once. The how-to has it on; on a portal that the
   * whole internet reaches it lets anybody in.
   *
   * @default false
   */
  readonly autoApproveDevelopers?: boolean;

  /**
   * Whether every registration of an application for an API is approved at once. The how-to has it
   * on; it gives every developer credentials for every API that he sees.
   *
   * @default false
   */
  readonly autoApproveApplications?: boolean;

  /**
   * Visibility of an API that is published without saying one.
   *
   * @default - private with RBAC, public without: nobody could see a private one
   */
  readonly defaultApiVisibility?: Visibility;

  /**
   * Visibility of a page that is added without saying one.
   *
   * @default Visibility.PUBLIC
   */
  readonly defaultPageVisibility?: Visibility;

  /**
   * Markdown of the home page; an empty string for a portal without one.
   *
   * @default - the list of the APIs
   */
  readonly homePage?: string;

  /**
   * Labels, at most 50. Where all are removed, the provider keeps what was deployed: take the last one out in Konnect.
   *
   * @default - none, or what was deployed
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Whether the portal may be destroyed with publications on it that this stack does not know of.
   *
   * @default false
   */
  readonly forceDestroy?: boolean;
}

/** What created and found portals have in common. */
abstract class DevPortalBase extends Construct implements IDevPortal {
  public abstract readonly portalId: string;
  public abstract readonly rbacEnabled?: boolean;
  public abstract readonly defaultApiVisibility?: Visibility;
  protected abstract readonly provider?: TerraformProvider;

  public addPage(id: string, options: PortalPageOptions): PortalPage {
    return new PortalPage(this, id, { ...withProvider(options, this.provider), portal: this });
  }

  public addTeam(id: string, options: PortalTeamOptions): PortalTeam {
    return new PortalTeam(this, id, { ...withProvider(options, this.provider), portal: this });
  }
}

class ReferencedDevPortal extends DevPortalBase {
  public readonly rbacEnabled?: boolean;
  public readonly defaultApiVisibility?: Visibility;
  protected readonly provider?: TerraformProvider;

  public constructor(
    scope: Construct,
    id: string,
    public readonly portalId: string,
    attributes: DevPortalAttributes,
  ) {
    super(scope, id);
    validate(this, [
      ...required(text)('portalId', portalId),
      ...shapeChecks(attributes, DEV_PORTAL_ATTRIBUTES),
    ]);
    validate(this, [check('portalId', portalId, rules.uuid)]);
    this.rbacEnabled = attributes.rbacEnabled;
    this.provider = attributes.provider;
    if (attributes.provider) {
      usesKonnect(this, attributes.provider);
    }
  }
}

/**
 * A Konnect Dev Portal with a home page.
 *
 * Portals live in a region: the provider's `server_url` has to be that of the region
 * (`https://eu.api.konghq.com`), a global one is refused.
 *
 * @throws ValidationError when Konnect would refuse the portal
 */
export class DevPortal extends DevPortalBase {
  /**
   * A portal that exists, by its id.
   *
   * @throws ValidationError when the id is no UUID
   */
  public static fromPortalId(
    scope: Construct,
    id: string,
    portalId: string,
    attributes: DevPortalAttributes = {},
  ): IDevPortal {
    return new ReferencedDevPortal(scope, id, portalId, attributes);
  }

  /** The resource, for whatever this construct does not offer. */
  public readonly resource: Portal;
  public readonly portalId: string;
  public readonly rbacEnabled?: boolean;
  public readonly defaultApiVisibility?: Visibility;

  /** The home page, undefined for a portal without one. */
  public readonly homePage?: PortalPage;

  /** Host name of the portal, known after the deployment. */
  public readonly domain: string;

  protected readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, props: DevPortalProps) {
    super(scope, id);
    validate(this, shapeChecks(props, DEV_PORTAL));
    const authenticationEnabled = props.authenticationEnabled ?? true;
    this.rbacEnabled = props.rbacEnabled ?? false;
    this.provider = props.provider;
    this.defaultApiVisibility =
      props.defaultApiVisibility ?? (this.rbacEnabled ? Visibility.PRIVATE : Visibility.PUBLIC);
    validate(this, [
      check('name', props.name, rules.name255),
      check('displayName', props.displayName, rules.name255),
      check('description', props.description, rules.text512),
      check(
        'authenticationEnabled',
        { authenticationEnabled, rbacEnabled: this.rbacEnabled },
        rules.rbacNeedsAuthentication,
      ),
      check(
        'defaultApiVisibility',
        { visibility: this.defaultApiVisibility, rbacEnabled: this.rbacEnabled },
        rules.privateNeedsRbac,
      ),
      ...labelChecks(props.labels),
    ]);

    const config = literal<PortalConfig>({
      name: props.name,
      displayName: props.displayName,
      description: props.description,
      authenticationEnabled,
      rbacEnabled: this.rbacEnabled,
      autoApproveDevelopers: props.autoApproveDevelopers ?? false,
      autoApproveApplications: props.autoApproveApplications ?? false,
      defaultApiVisibility: this.defaultApiVisibility,
      defaultPageVisibility: props.defaultPageVisibility ?? Visibility.PUBLIC,
      labels: writtenLabels(props.labels),
      forceDestroy: props.forceDestroy === undefined ? undefined : String(props.forceDestroy),
      ...konnectArguments(this, props),
    });
    this.resource = new Portal(this, 'Resource', config);
    managesResource(this, this.resource);
    this.portalId = this.resource.id;
    this.domain = this.resource.defaultDomain;

    const content = props.homePage ?? API_LIST;
    if (content !== '') {
      this.homePage = this.addPage('HomePage', {
        slug: '/',
        title: 'Home',
        content,
        visibility: props.defaultPageVisibility ?? Visibility.PUBLIC,
      });
    }
  }
}
