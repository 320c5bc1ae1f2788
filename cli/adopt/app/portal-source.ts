import { type Entity, nameOf, textOf } from '../../entity';
import type { FoundPortal } from '../how-to/how-to';
import { type AppSource, constructId } from './app-source';
import { type Code, valueCode } from './code';
import { type Deviation, differencesFromConstruct, differencesFromDefaults } from './deviations';
import { codeUnlessDefault, labels, visibilityCode } from './props';
import { addTree } from './tree-source';

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
    {
      ...portalProps(source, portal, home),
      defaultStrategy: defaultStrategy(source, ids, portal, strategyId),
    },
  );
  source.keep(`Portal ${name}`, `${variable}.resource`, portalDeviations(portal));
  if (home) {
    const resource = `${variable}.homePage.resource`;
    source.keepIf('Page /', `${variable}.homePage`, resource, homePageDeviations(portal, home));
  }
  addTree(source, {
    kind: 'page',
    method: 'addPage',
    owner: variable,
    entities: pages.filter((each) => each !== home),
    parentField: 'parent_page_id',
    root: home && { id: home.id, code: `${variable}.homePage?` },
    ids: new Set(['Resource', 'HomePage', 'Id', 'ParentId']),
    props: (page) => pageProps(source, portal, page),
  });
  return variable;
}

/** A default strategy other than that of the how-to, which is set later by reference. */
function defaultStrategy(
  source: AppSource,
  ids: Set<string>,
  portal: Entity,
  strategyId: string,
): Code | undefined {
  const id = textOf(portal, 'default_application_auth_strategy_id');
  if (id === '' || id === strategyId) {
    return undefined;
  }
  const strategy = source.use('OidcAuthStrategy');
  return `${strategy}.fromStrategyId(stack, '${constructId(ids, 'default-strategy', 'strategy')}', '${id}')`;
}

/** Whether roles decide which APIs a developer sees. */
function hasRbac(portal: Entity): boolean {
  return portal.rbac_enabled === true;
}

function portalProps(
  source: AppSource,
  portal: Entity,
  home: Entity | undefined,
): { readonly [prop: string]: Code | undefined } {
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

function portalDeviations(portal: Entity): Deviation[] {
  return [
    ...differencesFromConstruct([
      'authentication_enabled',
      portal.authentication_enabled ?? true,
      isAuthenticated(portal),
    ]),
    ...differencesFromDefaults(
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
