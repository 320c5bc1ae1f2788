import {
  type PortalPageConfig,
  PortalPage as PortalPageResource,
} from '@kong/konnect-cdktf-bindings/lib/portal-page';
import type { Construct, IConstruct } from 'constructs';
import { propsSpec, validateProps } from '../core/props-spec';
import {
  areDifferent,
  inheritProvider,
  KONNECT_RESOURCE_PROPS,
  KonnectConstruct,
  type ResourceProps,
} from '../core/provider-construct';
import { replaceTriggersInTree } from '../core/replacement';
import { construct, flag, text } from '../core/specs';
import type { IDevPortal } from './dev-portal';
import { VISIBILITY, type Visibility } from './shared-props';

/** A page of a Dev Portal that other pages can be below. */
export interface IPortalPage extends IConstruct {
  /** Portal of the page. */
  readonly portal: IDevPortal;

  /** Id in Konnect, a UUID. */
  readonly pageId: string;
}

/** Options of `addPage`. */
export interface PortalPageOptions extends ResourceProps {
  /** Markdown with Konnect's components, for example `::apis-list`. At most 1,000,000 characters. */
  readonly content: string;

  /** Path of the page: `/` for the home page, otherwise one segment such as `guides`. At most 512 characters. */
  readonly slug: string;

  /**
   * Title, at most 512 characters.
   *
   * @default - none, or the deployed one
   */
  readonly title?: string;

  /**
   * Description for search engines, at most 160 characters.
   *
   * @default - none, or the deployed one
   */
  readonly description?: string;

  /**
   * Who sees the page.
   *
   * @default - the portal's default page visibility, or the deployed one
   */
  readonly visibility?: Visibility;

  /**
   * Whether the page is published. Only administrators see an unpublished page.
   *
   * @default true
   */
  readonly published?: boolean;
}

/** Properties of `PortalPage`. */
export interface PortalPageProps extends PortalPageOptions {
  /** Portal of the page. */
  readonly portal: IDevPortal;

  /**
   * Page of the same portal that this page is below. The URL of the page starts with that of its parent.
   *
   * @default - none: the page is at the top
   */
  readonly parent?: IPortalPage;
}

export const PORTAL_PAGE = propsSpec<PortalPageProps>(
  {
    ...KONNECT_RESOURCE_PROPS.fields,
    portal: construct('portalId').required(),
    parent: construct('pageId'),
    slug: text({ maxLength: 512, source: 'Konnect' }).notBlank().required(),
    title: text({ maxLength: 512, source: 'Konnect' }),
    description: text({ maxLength: 160, source: 'Konnect' }),
    content: text({ maxLength: 1_000_000, source: 'Konnect' }).required(),
    visibility: VISIBILITY,
    published: flag().known(),
  },
  [
    {
      prop: 'parent',
      rule: 'must be a page of the same portal (Konnect)',
      remedy: 'Add the page with addPage of its parent',
      isValid: ({ parent, portal }) =>
        parent === undefined || !areDifferent(parent.portal, portal, ({ portalId }) => portalId),
    },
  ],
);

/**
 * A page of a Dev Portal.
 *
 * @throws ValidationError if Konnect would reject the page
 */
export class PortalPage extends KonnectConstruct implements IPortalPage {
  /** The underlying resource (escape hatch). */
  public readonly resource: PortalPageResource;
  public readonly portal: IDevPortal;
  public readonly pageId: string;

  public constructor(scope: Construct, id: string, props: PortalPageProps) {
    super(scope, id, props);
    validateProps(this, props, PORTAL_PAGE);
    const { portal, parent } = props;
    this.portal = portal;
    const config = this._resourceConfig<PortalPageConfig>(
      {
        portalId: portal.portalId,
        parentPageId: parent?.pageId,
        slug: props.slug,
        title: props.title,
        description: props.description,
        content: props.content,
        visibility: props.visibility,
        status: props.published === false ? 'unpublished' : 'published',
      },
      {
        replaceTriggeredBy: replaceTriggersInTree(
          this,
          portal,
          portal.portalId,
          parent && { parentPageId: parent.pageId },
        ),
      },
    );
    this.resource = new PortalPageResource(this, 'Resource', config);
    this.pageId = this.resource.id;
  }

  /**
   * Adds a page below this one.
   *
   * @throws ValidationError if Konnect would reject the page
   */
  public addPage(id: string, options: PortalPageOptions): PortalPage {
    const { portal } = this;
    return new PortalPage(this, id, { ...inheritProvider(options, this.provider), portal, parent: this });
  }
}
