import {
  type PortalPageConfig,
  PortalPage as PortalPageResource,
} from '@kong/konnect-cdktf-bindings/lib/portal-page';
import type { Construct } from 'constructs';
import { propsSpec, validateProps } from '../core/props-spec';
import { KONNECT_RESOURCE_PROPS, KonnectConstruct, type ResourceProps } from '../core/provider-construct';
import { replaceTriggers } from '../core/replacement';
import { construct, flag, text } from '../core/specs';
import type { IDevPortal } from './dev-portal';
import { VISIBILITY, type Visibility } from './shared-props';

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
}

export const PORTAL_PAGE = propsSpec<PortalPageProps>({
  ...KONNECT_RESOURCE_PROPS.fields,
  portal: construct('portalId').required(),
  slug: text({ maxLength: 512, source: 'Konnect' }).notBlank().required(),
  title: text({ maxLength: 512, source: 'Konnect' }),
  description: text({ maxLength: 160, source: 'Konnect' }),
  content: text({ maxLength: 1_000_000, source: 'Konnect' }).required(),
  visibility: VISIBILITY,
  published: flag().known(),
});

/**
 * A page of a Dev Portal.
 *
 * @throws ValidationError if Konnect would reject the page
 */
export class PortalPage extends KonnectConstruct {
  /** The underlying resource (escape hatch). */
  public readonly resource: PortalPageResource;

  public constructor(scope: Construct, id: string, props: PortalPageProps) {
    super(scope, id, props);
    validateProps(this, props, PORTAL_PAGE);
    const { portal } = props;
    const config = this._resourceConfig<PortalPageConfig>(
      {
        portalId: portal.portalId,
        slug: props.slug,
        title: props.title,
        description: props.description,
        content: props.content,
        visibility: props.visibility,
        status: props.published === false ? 'unpublished' : 'published',
      },
      { replaceTriggeredBy: replaceTriggers(this, portal, portal.portalId) },
    );
    this.resource = new PortalPageResource(this, 'Resource', config);
  }
}
