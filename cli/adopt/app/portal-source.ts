import type { Entity } from '../../konnect-client';
import { nameOf, textOf } from '../entity';
import type { FoundPortal } from '../how-to/how-to';
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
  const home = pages.find(({ slug, parent_page_id: parent }) => slug === '/' && !parent);
  source.call(
    `const ${variable} = new ${source.use('DevPortal')}(stack, '${constructId(ids, name, 'portal')}', `,
    portalProps(source, portal, home),
  );
  source.keep(`Portal ${name}`, `${variable}.resource`, portalDeviations(portal, strategyId));
  if (home) {
    const resource = `${variable}.homePage.resource`;
    source.keepIf('Page /', `${variable}.homePage`, resource, homePageDeviations(portal, home));
  }
  pagesSource(
    source,
    portal,
    pages.filter((each) => each !== home),
    variable,
  );
  return variable;
}

/** The pages besides the home page. Parents come first. */
function pagesSource(
  source: StackSource,
  portal: Entity,
  pages: readonly Entity[],
  portalVariable: string,
): void {
  const ids = new Set(['Resource', 'HomePage']);
  const variables = new Map<unknown, string>();
  const parents = pages.map(({ parent_page_id: parent }) => parent);
  for (const page of pages) {
    const id = constructId(ids, textOf(page, 'slug'), 'page');
    const parent = variables.get(page.parent_page_id);
    const isReferenced = parent !== undefined || parents.includes(page.id);
    const variable = isReferenced ? source.variable(textOf(page, 'slug'), 'page') : '';
    const declaration = isReferenced ? `const ${variable} = ` : '';
    source.call(`${declaration}${portalVariable}.addPage('${id}', `, pageProps(source, portal, page));
    if (isReferenced) {
      variables.set(page.id, variable);
    }
    if (parent !== undefined) {
      source.line(`${variable}.resource.parentPageId = ${parent}.resource.id;`);
    }
  }
}

/** Whether roles decide who sees what. */
function hasRbac(portal: Entity): boolean {
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
      apiVisibility === (hasRbac(portal) ? 'private' : 'public')
        ? undefined
        : visibilityCode(source, apiVisibility),
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
    ...fromWritten([
      'authentication_enabled',
      portal.authentication_enabled ?? true,
      isAuthenticated(portal),
    ]),
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

/** Visibility of APIs that are published without one. */
export function apiVisibilityOf(portal: Entity): string {
  return textOf(portal, 'default_api_visibility') || (hasRbac(portal) ? 'private' : 'public');
}

function pageVisibilityOf(portal: Entity): string {
  return textOf(portal, 'default_page_visibility') || 'public';
}
