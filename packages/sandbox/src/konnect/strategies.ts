import type { FastifyInstance } from 'fastify';
import type { Body, Entity } from '../entity';
import { KonnectError } from './errors';
import { bodyOf, checkLabels, type KonnectModel, page, paramsOf, requireText } from './model';

const ROOT = '/v2/application-auth-strategies';
/** Items, and characters of each: Konnect's limits. */
const LISTS = [
  ['credential_claim', 10, 128],
  ['scopes', 50, 128],
  ['auth_methods', 10, 64],
] as const;

/**
 * Application auth strategies. Their names need not be unique.
 *
 * Konnect refuses to delete one that is published with, and says so of nothing else: applications, and the portal
 * whose default it is, keep its id.
 */
export function addStrategyRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { strategies } = model;
  http.get(ROOT, async (request) =>
    page(
      request,
      strategies.all().map((strategy) => answer(model, strategy)),
    ),
  );
  http.post(ROOT, async (request, reply) => {
    const body = bodyOf(request);
    check(body);
    const defaults = { dcr_provider: null, supports_multiple_credentials: true, labels: {} };
    return reply
      .code(201)
      .send(answer(model, strategies.put(model.create({ ...body, ...defaults, labels: body.labels ?? {} }))));
  });
  http.get(`${ROOT}/:id`, async (request) => answer(model, strategies.get(paramsOf(request).id)));
  for (const method of ['PATCH', 'PUT'] as const) {
    http.route({
      method,
      url: `${ROOT}/:id`,
      handler: async (request) => {
        const strategy = strategies.get(paramsOf(request).id);
        const body = bodyOf(request);
        check({ ...strategy, ...body });
        return answer(model, strategies.put(model.update(strategy, body)));
      },
    });
  }
  http.delete(`${ROOT}/:id`, async (request, reply) => {
    const { id } = strategies.get(paramsOf(request).id);
    if (isPublished(model, id)) {
      throw KonnectError.conflict(`Auth strategy ${id} is used by a publication`);
    }
    strategies.delete(id);
    return reply.code(204).send();
  });
}

function answer(model: KonnectModel, strategy: Entity): Body {
  return { ...strategy, active: isPublished(model, strategy.id) };
}

function isPublished(model: KonnectModel, id: string): boolean {
  return model.publications
    .all()
    .some(({ auth_strategy_ids: ids }) => ((ids ?? []) as string[]).includes(id));
}

function check(body: Body): void {
  requireText(body, 'name', 256);
  requireText(body, 'display_name', 256);
  checkLabels(body);
  if (body.strategy_type === 'key_auth') {
    return;
  }
  if (body.strategy_type !== 'openid_connect') {
    throw KonnectError.invalid('strategy_type', 'must be one of key_auth, openid_connect');
  }
  const { configs } = body as { configs?: { 'openid-connect'?: Body } };
  const config = configs?.['openid-connect'];
  if (!config) {
    throw KonnectError.invalid('configs.openid-connect', 'is required');
  }
  const issuer = requireText(config, 'issuer', 256);
  if (!/^https?:$/.test(URL.canParse(issuer) ? new URL(issuer).protocol : '')) {
    throw KonnectError.invalid('configs.openid-connect.issuer', 'must be a URL');
  }
  for (const [field, items, characters] of LISTS) {
    const values = config[field] ?? [];
    if (!Array.isArray(values) || values.length > items) {
      throw KonnectError.invalid(
        `configs.openid-connect.${field}`,
        `must be a list of at most ${items} items`,
      );
    }
    if (values.some((value) => typeof value !== 'string' || value.length > characters)) {
      throw KonnectError.invalid(
        `configs.openid-connect.${field}`,
        `must have items of at most ${characters} characters`,
      );
    }
  }
}
