import type { Entity } from '../../konnect-client';
import { nameOf, textOf } from '../finding';
import type { FoundPortal } from '../pieces';
import { type Code, valueCode } from './code';
import { type Deviation, fromDefaults, fromWritten } from './deviations';
import { labels, unless, visibilityCode } from './props';
import { constructId, type StackSource } from './stack-source';

/** What the construct has on its home page. */
const API_LIST = '::apis-list';

/**
 * The portal with its pages as constructs.
 *
 * @returns its variable
 */
export function portalSource(
  source: StackSource,
  ids: Set<string>,
  { entity: portal, pages }: FoundPortal,
  strategyId: string,
): string {
  const name = nameOf(portal);
  const variable = source.variable(name, 'portal');
  const home = pages.find(({ slug }) => slug === '/');
  source.call(
    `const ${variable} = new ${source.use('DevPortal')}(stack, '${constructId(ids, name, 'portal')}', `,
    portalProps(source, portal, home),
  );
  source.keep(`Portal ${name}`, `${variable}.resource`, portalDeviations(portal, strategyId));
  if (home) {
    const resource = `${variable}.homePage.resource`;
    source.keepIf('Page /', `${variable}.homePage`, resource, homePageDeviations(portal, home));
  }
  const pageIds = new Set(['Resource', 'HomePage']);
  for (const page of pages.filter((each) => each !== home)) {
    const id = constructId(pageIds, textOf(page, 'slug'), 'page');
    source.call(`${variable}.addPage('${id}', `, pageProps(source, portal, page));
  }
  return variable;
}

/** Whether roles decide who sees what. */
export function hasRbac(portal: Entity): boolean {
  return portal.rbac_enabled === true;
}

function portalProps(source: StackSource, portal: Entity, home: Entity | undefined): Code {
  const apiVisibility = apiVisibilityOf(portal);
  const pageVisibility = pageVisibilityOf(portal);
  const flag = (field: string) => (portal[field] === true ? 'true' : undefined);
  return {
    name: valueCode(nameOf(portal)),
    displayName: unless(portal.display_name, nameOf(portal)),
    description: unless(portal.description),
    authenticationEnabled: isAuthenticated(portal) ? undefined : 'false',
    rbacEnabled: flag('rbac_enabled'),
    autoApproveDevelopers: flag('auto_approve_developers'),
    autoApproveApplications: flag('auto_approve_applications'),
    defaultApiVisibility:
      hasRbac(portal) && apiVisibility !== 'private' ? visibilityCode(source, apiVisibility) : undefined,
    defaultPageVisibility: pageVisibility === 'public' ? undefined : visibilityCode(source, pageVisibility),
    labels: labels(portal),
    homePage: home ? homePage(source, textOf(home, 'content')) : "''",
  };
}

/** An empty text would say that there is no home page. */
function homePage(source: StackSource, content: string): Code | undefined {
  return content === API_LIST || content === '' ? undefined : source.text(content, 'home.md');
}

function portalDeviations(portal: Entity, strategyId: string): Deviation[] {
  const strategy = portal.default_application_auth_strategy_id;
  return [
    ...fromWritten(
      ['authentication_enabled', portal.authentication_enabled ?? true, isAuthenticated(portal)],
      // Without RBAC the construct refuses a portal that is private by default.
      [
        'default_api_visibility',
        apiVisibilityOf(portal),
        hasRbac(portal) ? apiVisibilityOf(portal) : 'public',
      ],
    ),
    ...fromDefaults(
      // That of the how-to is known later, and then by reference.
      ['default_application_auth_strategy_id', strategy === strategyId ? undefined : strategy, undefined],
      ['sipr_enabled', portal.sipr_enabled, false],
      [
        'notifications_developer_pii_visibility_enabled',
        portal.notifications_developer_pii_visibility_enabled,
        false,
      ],
    ),
  ];
}

function homePageDeviations(portal: Entity, page: Entity): Deviation[] {
  const visibility = pageVisibilityOf(portal);
  return [
    ...fromWritten(
      ['title', page.title, 'Home'],
      ['visibility', page.visibility ?? visibility, visibility],
      ['status', page.status ?? 'published', 'published'],
    ),
    ...(textOf(page, 'content') === '' ? [{ attribute: 'content', value: '' }] : []),
  ];
}

function pageProps(source: StackSource, portal: Entity, page: Entity): Code {
  const visibility = textOf(page, 'visibility') || pageVisibilityOf(portal);
  return {
    slug: valueCode(page.slug),
    title: unless(page.title),
    description: unless(page.description),
    content: source.text(textOf(page, 'content'), `${textOf(page, 'slug')}.md`),
    visibility: visibility === pageVisibilityOf(portal) ? undefined : visibilityCode(source, visibility),
    published: page.status === 'unpublished' ? 'false' : undefined,
  };
}

/** With RBAC the construct takes people to sign in. */
function isAuthenticated(portal: Entity): boolean {
  return portal.authentication_enabled !== false || hasRbac(portal);
}

function apiVisibilityOf(portal: Entity): string {
  return textOf(portal, 'default_api_visibility') || (hasRbac(portal) ? 'private' : 'public');
}

function pageVisibilityOf(portal: Entity): string {
  return textOf(portal, 'default_page_visibility') || 'public';
}
