import type { Attributes } from '../../providers/definition';
import { pick, pickNullable, unlessEmpty } from '../api/json';
import { jsonId, restResource, sameNames, withPrior } from './rest-resource';

const PORTAL_NULLABLE = ['description', 'default_application_auth_strategy_id'];
const PORTAL = [
  'name',
  'display_name',
  'authentication_enabled',
  'auto_approve_applications',
  'auto_approve_developers',
  'default_api_visibility',
  'default_page_visibility',
  'notifications_developer_pii_visibility_enabled',
  'rbac_enabled',
  'sipr_enabled',
];

const portalBody = (planned: Attributes) => ({
  ...pickNullable(planned, PORTAL_NULLABLE),
  ...pick(planned, PORTAL),
  ...(unlessEmpty(planned.labels) !== null && pick(planned, ['labels'])),
});

/** `konnect_portal` */
export const portal = restResource({
  path: () => '/v3/portals',
  defaults: {
    authentication_enabled: true,
    auto_approve_applications: false,
    auto_approve_developers: false,
    force_destroy: 'false',
    notifications_developer_pii_visibility_enabled: false,
    rbac_enabled: false,
    sipr_enabled: false,
  },
  unknownAfterUpdate: ['default_api_visibility', 'default_page_visibility', 'display_name', 'labels'],
  createBody: portalBody,
  update: { method: 'PATCH', body: withPrior(portalBody) },
  deleteQuery: ({ force_destroy: force }) => `?force=${force === 'true'}`,
  kept: ['force_destroy'],
  state: (body) =>
    sameNames(body, [
      'id',
      ...PORTAL,
      ...PORTAL_NULLABLE,
      ...['labels', 'canonical_domain', 'default_domain', 'created_at', 'updated_at'],
    ]),
  import: (id) => ({ id }),
});

const PAGE = ['slug', 'content', 'title', 'description', 'status', 'visibility'];

const pageBody = (planned: Attributes) => ({
  ...pickNullable(planned, ['parent_page_id']),
  ...pick(planned, PAGE),
});

/** `konnect_portal_page` */
export const portalPage = restResource({
  path: ({ portal_id: id }) => `/v3/portals/${String(id)}/pages`,
  unknownAfterUpdate: ['description', 'status', 'title', 'visibility'],
  createBody: pageBody,
  update: { method: 'PATCH', body: withPrior(pageBody) },
  kept: ['portal_id'],
  state: (body) => sameNames(body, ['id', ...PAGE, 'parent_page_id', 'created_at', 'updated_at']),
  import: (id) => jsonId(id, 'id', 'portal_id'),
});

const teamBody = (planned: Attributes) => ({
  ...pickNullable(planned, ['description']),
  ...pick(planned, ['name', 'can_own_applications']),
});

/** `konnect_portal_team` */
export const portalTeam = restResource({
  path: ({ portal_id: id }) => `/v3/portals/${String(id)}/teams`,
  unknownAfterUpdate: ['can_own_applications'],
  createBody: teamBody,
  update: { method: 'PATCH', body: withPrior(teamBody) },
  kept: ['portal_id'],
  state: (body) =>
    sameNames(body, ['id', 'name', 'description', 'can_own_applications', 'created_at', 'updated_at']),
  import: (id) => jsonId(id, 'id', 'portal_id'),
});
