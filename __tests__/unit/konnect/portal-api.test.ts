import { GatewayService, PortalApi } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';

const SERVICE = {
  serviceId: '55555555-5555-4555-8555-555555555555',
  controlPlaneId: '11111111-1111-4111-8111-111111111111',
};

test('every prop reaches the API', () => {
  const stack = stackWithProviders();
  const api = new PortalApi(stack, 'api', {
    name: 'Orders',
    version: '1.0.0',
    description: 'Orders of customers',
    slug: 'orders-1',
    labels: { team: 'orders' },
    attributes: { domains: ['shop'] },
    specification: 'openapi: 3.1.0',
  });
  const json = synthesize(stack);
  expect(json.only('konnect_api')).toEqual({
    name: 'Orders',
    version: '1.0.0',
    description: 'Orders of customers',
    slug: 'orders-1',
    labels: { team: 'orders' },
    attributes: '{"domains":["shop"]}',
  });
  const [name] = Object.keys(json.resources('konnect_api'));
  expect(json.only('konnect_api_version')).toEqual({
    api_id: `\${konnect_api.${name}.id}`,
    version: '1.0.0',
    spec: { content: 'openapi: 3.1.0' },
    lifecycle: { replace_triggered_by: [`konnect_api.${name}.id`] },
  });
  expect(api.linkedToGateway).toBe(false);
});

test('is linked to a gateway service, at once or later', () => {
  const stack = stackWithProviders();
  const gatewayService = GatewayService.fromAttributes(stack, 'service', SERVICE);
  const linked = new PortalApi(stack, 'linked', { name: 'Linked', gatewayService });
  const later = new PortalApi(stack, 'later', { name: 'Later' });
  expect(later.implementation).toBeUndefined();
  later.linkTo(gatewayService);
  expect([linked.linkedToGateway, later.linkedToGateway]).toEqual([true, true]);
  const links = Object.values(synthesize(stack).resources('konnect_api_implementation'));
  expect(links.map((link) => link.service_reference)).toEqual(
    Array(2).fill({ service: { control_plane_id: SERVICE.controlPlaneId, id: SERVICE.serviceId } }),
  );
});
