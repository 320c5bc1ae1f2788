import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import { BOOLEAN, nullable, object, oneOf, partial, text, UUID } from '../http/json-schema';
import { KonnectError } from './errors';
import { CHANGED_LABELS, withoutRemovedLabels } from './labels';
import { listQuery, page } from './lists';
import { bodyOf, type KonnectModel, paramsOf } from './model';

const ROOT = '/v3/portals';
const DEFAULTS = {
  description: null,
  authentication_enabled: true,
  rbac_enabled: false,
  sipr_enabled: false,
  default_api_visibility: 'private',
  default_page_visibility: 'private',
  auto_approve_developers: false,
  auto_approve_applications: false,
  default_application_auth_strategy_id: null,
  labels: {},
  notifications_developer_pii_visibility_enabled: false,
};
const VISIBILITY = oneOf('public', 'private');
const CREATE = object(
  {
    name: text(255, 1),
    display_name: text(255, 1),
    description: nullable(text(512)),
    authentication_enabled: BOOLEAN,
    rbac_enabled: BOOLEAN,
    sipr_enabled: BOOLEAN,
    default_api_visibility: VISIBILITY,
    default_page_visibility: VISIBILITY,
    default_application_auth_strategy_id: nullable(UUID),
    auto_approve_applications: BOOLEAN,
    auto_approve_developers: BOOLEAN,
    notifications_developer_pii_visibility_enabled: BOOLEAN,
    labels: CHANGED_LABELS,
  },
  'name',
);
const UPDATE = partial(CREATE);
const LIST = listQuery({
  filters: {
    id: 'id',
    name: 'text',
    description: 'text',
    authentication_enabled: 'boolean',
    rbac_enabled: 'boolean',
    auto_approve_applications: 'boolean',
    auto_approve_developers: 'boolean',
    default_domain: 'text',
    canonical_domain: 'text',
    default_api_visibility: 'text',
    default_page_visibility: 'text',
    default_application_auth_strategy_id: 'id',
  },
});
const DELETE = object({ force: oneOf('true', 'false') });

/** Dev Portals. */
export function addPortalRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { portals, publications } = model;
  http.get(ROOT, { schema: { querystring: LIST } }, async (request) => page(request, portals.all()));
  http.post(ROOT, { schema: { body: CREATE } }, async (request, reply) => {
    const body = withoutRemovedLabels(bodyOf(request));
    check(model, body);
    const portal = model.create({ display_name: body.name, ...DEFAULTS, ...body });
    const domain = `${portal.id.slice(0, 8)}.us.kongportals.com`;
    return reply.code(201).send(portals.put({ ...portal, default_domain: domain, canonical_domain: domain }));
  });
  http.get(`${ROOT}/:portal`, async (request) => portals.get(paramsOf(request).portal));
  http.patch(`${ROOT}/:portal`, { schema: { body: UPDATE } }, async (request) => {
    const portal = portals.get(paramsOf(request).portal);
    const body = withoutRemovedLabels(bodyOf(request));
    check(model, { name: portal.name, ...body }, portal.id);
    return portals.put(model.update(portal, body));
  });
  http.delete(`${ROOT}/:portal`, { schema: { querystring: DELETE } }, async (request, reply) => {
    const { portal } = paramsOf(request);
    const { force } = request.query as { force?: string };
    const published = publications.all().filter(({ portal_id }) => portal_id === portal);
    if (published.length > 0 && force !== 'true') {
      throw KonnectError.conflict(`Portal ${portal} has ${published.length} published APIs`);
    }
    portals.delete(portal);
    deleteChildren(model, portal);
    return reply.code(204).send();
  });
}

function deleteChildren(model: KonnectModel, portal: string): void {
  const mine = ({ portal_id: id }: { readonly portal_id: string }) => id === portal;
  const applications = model.applications
    .all()
    .filter(mine)
    .map(({ id }) => id);
  model.registrations.removeWhere(({ application_id: id }) => applications.includes(id));
  for (const { id } of model.teams.all().filter(mine)) {
    model.deleteTeam(id);
  }
  model.publications.removeWhere(mine);
  model.pages.removeWhere(mine);
  model.developers.removeWhere(mine);
  model.applications.removeWhere(mine);
}

function check(model: KonnectModel, { name }: Body, self?: string): void {
  if (model.portals.all().some((portal) => portal.name === name && portal.id !== self)) {
    throw KonnectError.conflict(`Portal ${name} already exists`);
  }
}
