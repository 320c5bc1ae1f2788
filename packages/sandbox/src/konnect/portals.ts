import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import { KonnectError } from './errors';
import { bodyOf, checkLabels, type KonnectModel, page, paramsOf, requireText } from './model';

const ROOT = '/v3/portals';
const PORTAL_DEFAULTS = {
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
const VISIBILITIES = ['public', 'private'];

/** Dev Portals and their pages. */
export function addPortalRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { portals, pages, publications } = model;
  http.get(ROOT, async (request) => page(request, portals.all()));
  http.post(ROOT, async (request, reply) => {
    const body = bodyOf(request);
    checkPortal(model, body);
    const portal = model.create({ display_name: body.name, ...PORTAL_DEFAULTS, ...body });
    const domain = `${portal.id.slice(0, 8)}.us.kongportals.com`;
    return reply.code(201).send(portals.put({ ...portal, default_domain: domain, canonical_domain: domain }));
  });
  http.get(`${ROOT}/:portal`, async (request) => portals.get(paramsOf(request).portal));
  http.patch(`${ROOT}/:portal`, async (request) => {
    const portal = portals.get(paramsOf(request).portal);
    const body = bodyOf(request);
    checkPortal(model, { name: portal.name, ...body }, portal.id);
    return portals.put(model.update(portal, body));
  });
  http.delete(`${ROOT}/:portal`, async (request, reply) => {
    const { portal } = paramsOf(request);
    const { force } = request.query as { force?: string };
    const published = publications.all().filter(({ portal_id }) => portal_id === portal);
    if (published.length > 0 && force !== 'true') {
      throw KonnectError.conflict(`Portal ${portal} has ${published.length} published APIs`);
    }
    portals.delete(portal);
    const mine = ({ portal_id: id }: { readonly portal_id: string }) => id === portal;
    const applications = model.applications
      .all()
      .filter(mine)
      .map(({ id }) => id);
    model.registrations.removeWhere(({ application_id: id }) => applications.includes(id));
    for (const { id } of model.teams.all().filter(mine)) {
      model.deleteTeam(id);
    }
    for (const collection of [publications, pages, model.developers, model.applications]) {
      (collection as typeof pages).removeWhere(mine);
    }
    return reply.code(204).send();
  });

  const answer = ({ portal_id: _, ...entity }: Body) => entity;
  const pageOf = (params: { readonly [name: string]: string }) => {
    portals.get(params.portal);
    const found = pages.get(params.id);
    if (found.portal_id !== params.portal) {
      throw KonnectError.notFound('Page', params.id);
    }
    return found;
  };
  http.get(`${ROOT}/:portal/pages`, async (request) => {
    const { portal } = paramsOf(request);
    portals.get(portal);
    return page(
      request,
      pages
        .all()
        .filter(({ portal_id }) => portal_id === portal)
        .map(answer),
    );
  });
  http.post(`${ROOT}/:portal/pages`, async (request, reply) => {
    const { portal } = paramsOf(request);
    portals.get(portal);
    const body = bodyOf(request);
    checkPage(model, portal, body);
    const defaults = {
      title: null,
      description: null,
      visibility: 'private',
      status: 'unpublished',
      parent_page_id: null,
    };
    const created = { ...model.create({ ...defaults, ...body }), portal_id: portal };
    return reply.code(201).send(answer(pages.put(created)));
  });
  http.get(`${ROOT}/:portal/pages/:id`, async (request) => answer(pageOf(paramsOf(request))));
  http.patch(`${ROOT}/:portal/pages/:id`, async (request) => {
    const found = pageOf(paramsOf(request));
    const body = bodyOf(request);
    checkPage(model, found.portal_id, { ...found, ...body }, found.id);
    return answer(pages.put(model.update(found, body)));
  });
  http.delete(`${ROOT}/:portal/pages/:id`, async (request, reply) => {
    const { id } = pageOf(paramsOf(request));
    pages.delete(id);
    pages.removeWhere((each) => each.parent_page_id === id);
    return reply.code(204).send();
  });
}

function checkPortal(model: KonnectModel, body: Body, self?: string): void {
  const name = requireText(body, 'name', 255);
  if (model.portals.all().some((portal) => portal.name === name && portal.id !== self)) {
    throw KonnectError.conflict(`Portal ${name} already exists`);
  }
  checkLabels(body);
  for (const field of ['default_api_visibility', 'default_page_visibility']) {
    checkVisibility(body, field);
  }
}

/** @throws KonnectError for anything but public and private */
export function checkVisibility(body: Body, field: string): void {
  const value = body[field];
  if (value !== undefined && value !== null && !VISIBILITIES.includes(value as string)) {
    throw KonnectError.invalid(field, `must be one of ${VISIBILITIES.join(', ')}`);
  }
}

function checkPage(model: KonnectModel, portalId: string, body: Body, self?: string): void {
  const slug = requireText(body, 'slug', 512);
  if (typeof body.content !== 'string') {
    throw KonnectError.invalid('content', 'is required');
  }
  checkVisibility(body, 'visibility');
  const parent = body.parent_page_id ?? null;
  if (parent !== null && model.pages.find(String(parent))?.portal_id !== portalId) {
    throw KonnectError.invalid('parent_page_id', 'names no page of the portal');
  }
  const siblings = model.pages.all().filter((each) => each.portal_id === portalId && each.id !== self);
  if (siblings.some((each) => each.slug === slug && (each.parent_page_id ?? null) === parent)) {
    throw KonnectError.conflict(`Page ${slug} already exists`);
  }
}
