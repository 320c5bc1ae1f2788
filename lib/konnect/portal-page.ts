import {
  type PortalPageConfig,
  PortalPage as PortalPageResource,
} from '@kong/konnect-cdktf-bindings/lib/portal-page';
import { Construct } from 'constructs';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments } from '../private/meta-arguments';
import { replacedWithParent } from '../private/replacement';
import { PORTAL_PAGE } from '../private/shapes/konnect';
import type { ResourceProps } from '../resource-props';
import { rules } from '../rules';
import { check, validate } from '../validation';
import type { IDevPortal } from './dev-portal';
import type { Visibility } from './visibility';

/** What a page of a portal shows. */
export interface PortalPageOptions extends ResourceProps {
  /** Markdown with Konnect's components, for example `::apis-list`; at most 1,000,000 characters. */
  readonly content: string;

  /** Path of the page: `/` for the home page, otherwise one segment such as `guides`; at most 512 characters. */
  readonly slug: string;

  /**
   * Title, at most 512 characters.
   *
   * @default - none, or what was deployed
   */
  readonly title?: string;

  /**
   * What search engines show, at most 160 characters.
   *
   * @default - none, or what was deployed
   */
  readonly description?: string;

  /**
   * Who sees the page.
   *
   * @default - the portal's default page visibility, or what was deployed
   */
  readonly visibility?: Visibility;

  /**
   * Whether the page is shown; an unpublished one is seen by administrators only.
   *
   * @default true
   */
  readonly published?: boolean;
}

/** Properties of `PortalPage`. */
export interface PortalPageProps extends PortalPageOptions {
  /** The portal that shows the page. */
  readonly portal: IDevPortal;
}

/**
 * A page of a Dev Portal.
 *
 * @throws ValidationError when Konnect would refuse the page
 */
export class PortalPage extends Construct {
  /** The resource, for whatever this construct does not offer. */
  public readonly resource: PortalPageResource;

  public constructor(scope: Construct, id: string, props: PortalPageProps) {
    super(scope, id);
    validate(this, shapeChecks(props, PORTAL_PAGE));
    validate(this, [
      check('slug', props.slug, rules.notEmpty),
      check('slug', props.slug, rules.text512),
      check('title', props.title, rules.text512),
      check('description', props.description, rules.text160),
      check('content', props.content, rules.pageContent),
    ]);
    const config = literal<PortalPageConfig>({
      portalId: props.portal.portalId,
      slug: props.slug,
      title: props.title,
      description: props.description,
      content: props.content,
      visibility: props.visibility,
      status: props.published === false ? 'unpublished' : 'published',
      ...konnectArguments(this, props, {
        replaceTriggeredBy: replacedWithParent(this, props.portal, props.portal.portalId),
      }),
    });
    this.resource = new PortalPageResource(this, 'Resource', config);
  }
}
