import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import { object, oneOf, text, UUID } from '../http/json-schema';
import { KonnectError } from './errors';
import { CHANGED_LABELS } from './labels';
import { listQuery, page } from './lists';
import { bodyOf, inPortal, type KonnectModel, type OfPortal, paramsOf } from './model';

const APPLICATIONS = '/v3/portals/:portal/applications';
const APPLICATION = `${APPLICATIONS}/:application`;
const OWNER = object({ type: oneOf('developer', 'team'), id: UUID }, 'type', 'id');
const CREATE = object(
  {
    name: text(255),
    description: text(255),
    client_id: text(255),
    dcr_client_id: text(255),
    auth_strategy_id: UUID,
    owner: OWNER,
    labels: CHANGED_LABELS,
  },
  'name',
  'owner',
);
/** The strategy of an application never changes. */
const UPDATE = object({ owner: OWNER });
const LIST = listQuery({ filters: { name: 'text', developer_id: 'id', team_id: 'id' } });

interface Owner {
  readonly type: 'developer' | 'team';
  readonly id: string;
}

/** Applications of a portal, as an administrator sees them. */
export function addApplicationRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { portals, applications } = model;
  const answer = applicationAnswer(model);
  http.get(APPLICATIONS, { schema: { querystring: LIST } }, async (request) => {
    const { id } = portals.get(paramsOf(request).portal);
    const mine = applications.all().filter(({ portal_id }) => portal_id === id);
    const ownerIf = (type: Owner['type']) => (application: Body) => {
      const owner = application.owner as Owner;
      return owner.type === type ? owner.id : null;
    };
    return page(request, mine.map(answer), { developer_id: ownerIf('developer'), team_id: ownerIf('team') });
  });
  http.post(APPLICATIONS, { schema: { body: CREATE } }, async (request, reply) =>
    reply.code(201).send(answer(createApplication(model, paramsOf(request).portal, bodyOf(request)))),
  );
  http.get(APPLICATION, async (request) => {
    const { portal, application } = paramsOf(request);
    return answer(inPortal(applications, portal, application));
  });
  http.patch(APPLICATION, { schema: { body: UPDATE } }, async (request) => {
    const { portal, application } = paramsOf(request);
    const found = inPortal(applications, portal, application);
    const body = bodyOf(request);
    if (body.owner !== undefined) {
      checkOwner(model, portal, body.owner as Owner);
    }
    return answer(applications.put(model.update(found, body)));
  });
  http.delete(APPLICATION, async (request, reply) => {
    const { portal, application } = paramsOf(request);
    deleteApplication(model, inPortal(applications, portal, application).id);
    return reply.code(204).send();
  });
}

/** Adds an application with a client id of the identity provider. */
export function createApplication(model: KonnectModel, portalId: string, body: Body): OfPortal {
  const portal = model.portals.get(portalId);
  const { name, client_id: clientId } = body;
  const strategy = model.strategies.find(
    String(body.auth_strategy_id ?? portal.default_application_auth_strategy_id),
  );
  if (!strategy) {
    throw KonnectError.invalid('auth_strategy_id', 'names no strategy');
  }
  if (strategy.strategy_type === 'openid_connect' && !clientId) {
    throw KonnectError.invalid('client_id', 'is required for a strategy of type openid_connect');
  }
  const owner = body.owner as Owner;
  checkOwner(model, portalId, owner);
  const all = model.applications.all().filter((each) => each.portal_id === portalId);
  if (clientId && all.some((each) => each.client_id === clientId && each.auth_strategy_id === strategy.id)) {
    throw KonnectError.conflict(`An application with the client id ${clientId} already exists`);
  }
  if (all.some((each) => each.name === name && (each.owner as Owner).id === owner.id)) {
    throw KonnectError.conflict(`Application ${name} already exists`);
  }
  const application = model.create({ ...body, auth_strategy_id: strategy.id });
  return model.applications.put({ ...application, portal_id: portalId });
}

/** Deletes an application with its registrations. */
export function deleteApplication(model: KonnectModel, id: string): void {
  model.applications.delete(id);
  model.registrations.removeWhere((each) => each.application_id === id);
}

function checkOwner(model: KonnectModel, portalId: string, { type, id }: Owner): void {
  const owner = (type === 'team' ? model.teams : model.developers).find(id);
  if (owner?.portal_id !== portalId || (type === 'team' && owner.can_own_applications !== true)) {
    throw KonnectError.invalid(
      'owner',
      'names no developer of the portal, nor a team that can own applications',
    );
  }
}

/** An application in responses, with references to strategy and portal. */
function applicationAnswer(model: KonnectModel): (application: Body) => Body {
  return ({ portal_id: portal, auth_strategy_id: strategyId, labels: _, ...application }) => {
    const strategy = model.strategies.find(String(strategyId)) ?? {};
    const common = {
      ...{ description: null, dcr_provider: null, granted_scopes: null },
      ...application,
      portal: { id: portal },
      registration_count: model.registrations.all().filter((each) => each.application_id === application.id)
        .length,
    };
    return { ...common, auth_strategy: strategyReference(String(strategyId), strategy) };
  };
}

function strategyReference(id: string, { name, strategy_type, configs = {} }: Body): Body {
  const config = configs as { 'openid-connect'?: Body; 'key-auth'?: Body };
  return strategy_type === 'key_auth'
    ? { id, name, credential_type: 'key_auth', key_names: config['key-auth']?.key_names ?? [] }
    : {
        ...{ id, name, credential_type: 'self_managed_client_credentials' },
        auth_methods: config['openid-connect']?.auth_methods ?? [],
      };
}
