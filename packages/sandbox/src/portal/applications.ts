import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body, Entity } from '../entity';
import { nullable, object, STRINGS, text, UUID } from '../http/json-schema';
import { createApplication, deleteApplication } from '../konnect/applications';
import { KonnectError } from '../konnect/errors';
import { listQuery, page } from '../konnect/lists';
import { bodyOf, type KonnectModel, paramsOf } from '../konnect/model';
import { teamsOf } from '../konnect/teams';
import { strategiesOf, strategyAnswer } from './catalog';
import { type DeveloperVisit, developerVisitOf, ROOT } from './visit';

export const APPLICATION = `${ROOT}/applications/:application`;
const CREATE = object(
  {
    name: text(255),
    client_id: text(255),
    description: text(255),
    redirect_uri: { type: 'string', format: 'uri' },
    auth_strategy_id: nullable(UUID),
    scopes: STRINGS,
    team_id: nullable(UUID),
  },
  'name',
);
const LIST = listQuery({
  filters: {
    name: ['', 'eq', 'contains'],
    auth_strategy_id: ['', 'eq'],
    team_id: ['', 'eq', 'neq', 'oeq'],
  },
  isSorted: false,
});

interface Owner {
  readonly type: string;
  readonly id: string;
}

/** The applications of a developer and of the developer's teams. */
export function addApplicationRoutes(http: FastifyInstance, model: KonnectModel): void {
  const all = `${ROOT}/applications`;
  http.get(all, { schema: { querystring: LIST } }, async (request) => {
    const visit = developerVisitOf(model, request);
    const mine = model.applications.all().filter((each) => owns(model, visit, each));
    return page(
      request,
      mine.map((each) => answer(model, each)),
      { auth_strategy_id: ({ auth_strategy: strategy }) => (strategy as Body | null)?.id },
    );
  });
  http.post(all, { schema: { body: CREATE } }, async (request, reply) => {
    const visit = developerVisitOf(model, request);
    const { team_id: team = null, ...body } = bodyOf(request);
    const { portal, developer } = visit;
    const strategy = body.auth_strategy_id ?? portal.default_application_auth_strategy_id;
    if (!strategiesOf(model, portal).some(({ id }) => id === strategy)) {
      throw KonnectError.invalid('auth_strategy_id', 'names no auth strategy of the portal');
    }
    const owner = { type: team === null ? 'developer' : 'team', id: team ?? developer.id } as Owner;
    if (!isOwner(model, visit, owner)) {
      throw new KonnectError(403, `You are not in team ${owner.id}`);
    }
    const created = createApplication(model, portal.id, { ...body, owner });
    return reply.code(201).send(answer(model, created));
  });
  http.get(APPLICATION, async (request) => answer(model, applicationOf(model, request)));
  http.delete(APPLICATION, async (request, reply) => {
    deleteApplication(model, applicationOf(model, request).id);
    return reply.code(204).send();
  });
}

/**
 * The application in the path.
 *
 * @throws KonnectError with status 404, also for an application of another owner
 */
export function applicationOf(model: KonnectModel, request: FastifyRequest): Entity {
  const { application: id } = paramsOf(request);
  const visit = developerVisitOf(model, request);
  const application = model.applications.find(id);
  if (!application || !owns(model, visit, application)) {
    throw KonnectError.notFound(model.applications.type, id);
  }
  return application;
}

function owns(model: KonnectModel, visit: DeveloperVisit, { portal_id, owner }: Entity): boolean {
  return portal_id === visit.portal.id && isOwner(model, visit, owner as Owner);
}

function isOwner(model: KonnectModel, { developer }: DeveloperVisit, { type, id }: Owner): boolean {
  return type === 'team' ? teamsOf(model, developer.id).some((team) => team.id === id) : id === developer.id;
}

function answer(model: KonnectModel, application: Entity): Body {
  const { id, name, client_id, description = null, redirect_uri = null, scopes, owner } = application;
  const { created_at, updated_at, auth_strategy_id } = application;
  const strategy = model.strategies.find(String(auth_strategy_id));
  const { type, id: ownerId } = owner as Owner;
  return {
    ...{ id, name, client_id, description, redirect_uri, scopes },
    auth_strategy: strategy ? strategyAnswer(strategy) : null,
    team_id: type === 'team' ? ownerId : null,
    ...{ created_at, updated_at },
  };
}
