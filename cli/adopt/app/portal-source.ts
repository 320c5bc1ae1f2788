import type { Entity } from '../../konnect-client';
import { nameOf, textOf } from '../entity';
import type { FoundPortal } from '../how-to/how-to';
import { type AppSource, constructId } from './app-source';
import { type Code, valueCode } from './code';
import { type Deviation, differencesFromConstruct, differencesFromDefaults } from './deviations';
import { codeUnlessDefault, labels, visibilityCode } from './props';

/** Content of the home page in the construct. */
const API_LIST = '::apis-list';

/**
 * Adds the portal with its pages.
 *
 * @returns its variable
 */
export function addPortal(
  source: AppSource,
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
  addPages(
    source,
    portal,
    pages.filter((each) => each !== home),
    variable,
  );
  return variable;
}

/** Adds the pages other than the home page, parents first. */
function addPages(source: AppSource, portal: Entity, pages: readonly Entity[], portalVariable: string): void {
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

/** Whether roles decide which APIs a developer sees. */
function hasRbac(portal: Entity): boolean {
  return portal.rbac_enabled === true;
}

function portalProps(source: AppSource, portal: Entity, home: Entity | undefined): Code {
  const apiVisibility = apiVisibilityOf(portal);
  const pageVisibility = pageVisibilityOf(portal);
  const flag = (field: string) => (portal[field] === true ? 'true' : undefined);
  return {
    name: valueCode(nameOf(portal)),
    displayName: codeUnlessDefault(portal.display_name, nameOf(portal)),
    description: codeUnlessDefault(portal.description),
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

/** An empty text means no home page, so an empty content is set on the resource. */
function homePage(source: AppSource, content: string): Code | undefined {
  return content === API_LIST || content === '' ? undefined : source.text(content, 'home.md');
}

function portalDeviations(portal: Entity, strategyId: string): Deviation[] {
  const strategy = portal.default_application_auth_strategy_id;
  return [
    ...differencesFromConstruct([
      'authentication_enabled',
      portal.authentication_enabled ?? true,
      isAuthenticated(portal),
    ]),
    ...differencesFromDefaults(
      // The strategy of the how-to is set later, by reference.
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
    ...differencesFromConstruct(
      ['title', page.title, 'Home'],
      ['visibility', page.visibility ?? visibility, visibility],
      ['status', page.status ?? 'published', 'published'],
    ),
    ...(textOf(page, 'content') === '' ? [{ attribute: 'content', value: '' }] : []),
  ];
}

function pageProps(source: AppSource, portal: Entity, page: Entity): Code {
  const visibility = textOf(page, 'visibility') || pageVisibilityOf(portal);
  return {
    slug: valueCode(page.slug),
    title: codeUnlessDefault(page.title),
    description: codeUnlessDefault(page.description),
    content: source.text(textOf(page, 'content'), `${textOf(page, 'slug')}.md`),
    visibility: visibility === pageVisibilityOf(portal) ? undefined : visibilityCode(source, visibility),
    published: page.status === 'unpublished' ? 'false' : undefined,
  };
}

/** The construct requires sign-in with RBAC. */
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
