import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import { object, UUID } from '../http/json-schema';
import { KonnectError } from './errors';
import { listQuery, page } from './lists';
import { bodyOf, inApi, type KonnectModel, paramsOf, withoutParents } from './model';
import { accessControlPlugin } from './plugins';

const IMPLEMENTATIONS = '/v3/apis/:api/implementations';
/** A gateway service, or a control plane whose routes are protected by its plugin for access control. */
const CREATE = {
  ...object({
    service: object({ control_plane_id: UUID, id: UUID }, 'control_plane_id', 'id'),
    control_plane: object({ control_plane_id: UUID }, 'control_plane_id'),
  }),
  minProperties: 1,
  maxProperties: 1,
};
const LIST = listQuery({
  filters: {
    id: 'id',
    api_id: 'id',
    service_id: 'id',
    control_plane_id: 'id',
    created_at: 'date',
    updated_at: 'date',
  },
});

interface Implementation extends Body {
  readonly service?: { readonly id: string; readonly control_plane_id: string };
  readonly control_plane?: { readonly control_plane_id: string };
}

/** Implementations of APIs. */
export function addImplementationRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { apis, implementations } = model;
  // Whether the plugin is there can change at any time.
  const answer = (implementation: Body): Body => {
    const { control_plane: plane, ...body } = implementation as Implementation;
    const access_control_enforcement_enabled =
      plane && accessControlPlugin(model, plane.control_plane_id) !== undefined;
    return { ...body, ...(plane && { control_plane: { ...plane, access_control_enforcement_enabled } }) };
  };
  http.get('/v3/api-implementations', { schema: { querystring: LIST } }, async (request) =>
    page(request, implementations.all().map(answer), {
      service_id: ({ service }: Implementation) => service?.id,
      control_plane_id: ({ service, control_plane: plane }: Implementation) =>
        (service ?? plane)?.control_plane_id,
    }),
  );
  http.post(IMPLEMENTATIONS, { schema: { body: CREATE } }, async (request, reply) => {
    const { id: api_id } = apis.get(paramsOf(request).api);
    const body: Implementation = bodyOf(request);
    check(model, body);
    if (implementations.all().some((each) => each.api_id === api_id)) {
      throw KonnectError.conflict(`API ${api_id} has an implementation`);
    }
    const created = implementations.put({ ...model.create(body), api_id });
    return reply.code(201).send(withoutParents(answer(created)));
  });
  http.get(`${IMPLEMENTATIONS}/:id`, async (request) => {
    const { api, id } = paramsOf(request);
    return withoutParents(answer(inApi(implementations, api, id)));
  });
  http.delete(`${IMPLEMENTATIONS}/:id`, async (request, reply) => {
    const { api, id } = paramsOf(request);
    implementations.delete(inApi(implementations, api, id).id);
    return reply.code(204).send();
  });
}

function check(model: KonnectModel, { service, control_plane: plane }: Implementation): void {
  if (service && model.services.find(service.id)?.control_plane_id !== service.control_plane_id) {
    throw KonnectError.invalid('service', 'names no service of the control plane');
  }
  if (plane && !model.controlPlanes.find(plane.control_plane_id)) {
    throw KonnectError.invalid('control_plane', 'names no control plane');
  }
}
