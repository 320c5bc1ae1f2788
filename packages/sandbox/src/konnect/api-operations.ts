import type { FastifyInstance } from 'fastify';
import { matchRoute } from '../gateway/routing';
import { KonnectError } from './errors';
import { GatewayView } from './gateway-view';
import { listQuery, page } from './lists';
import { type KonnectModel, paramsOf } from './model';
import { currentOperations, linkedControlPlane } from './operations';

const LIST = listQuery({ filters: { method: 'text', path: 'text' }, isSorted: false });

/** Operations of APIs that are linked to a control plane. */
export function addOperationRoutes(http: FastifyInstance, model: KonnectModel): void {
  const view = new GatewayView(model);
  http.get('/v3/apis/:api/operations', { schema: { querystring: LIST } }, async (request) => {
    const { id } = model.apis.get(paramsOf(request).api);
    const controlPlaneId = linkedControlPlane(model, id);
    if (controlPlaneId === undefined) {
      throw KonnectError.notFound('Access control enforcement of API', id);
    }
    const routes = view.routes().filter((each) => each.controlPlaneId === controlPlaneId);
    const operations = currentOperations(model, id).map((operation) => {
      // Hosts and headers are not part of an operation.
      const anyHost = routes.map((each) => ({ ...each, hosts: [], headers: {} }));
      const { route } = matchRoute(anyHost, { ...operation, host: '', headers: {} }) ?? {};
      return {
        ...operation,
        implementation_status: {
          matched: route !== undefined,
          route: route ? { id: route.id, name: route.name ?? '' } : null,
          service: route ? { id: route.service.id, name: route.service.name ?? '' } : null,
        },
      };
    });
    return page(request, operations);
  });
}
