import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { Api, type ApiProps, ControlPlane, GatewayService, type IGatewayService } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures, OTHER_UUID, UUID } from '../../support/validation';

const CONTROL_PLANE_ID = OTHER_UUID;

function setUp() {
  const stack = stackWithProviders();
  const controlPlane = ControlPlane.fromControlPlaneId(stack, 'control-plane', CONTROL_PLANE_ID);
  const service: IGatewayService = GatewayService.fromAttributes(stack, 'service', {
    serviceId: UUID,
    controlPlane,
  });
  return { stack, service };
}

const create = (props: Partial<ApiProps>) => new Api(stackWithProviders(), 'api', { name: 'API', ...props });

test('writes every prop', () => {
  const stack = stackWithProviders();
  const api = new Api(stack, 'api', {
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

test('leaves optional props to the provider', () => {
  const stack = stackWithProviders();
  new Api(stack, 'api', { name: 'Orders' });
  const json = synthesize(stack);
  expect(json.only('konnect_api')).toEqual({ name: 'Orders' });
  expect(json.counts()).toEqual({ konnect_api: 1 });
});

describe('a link to a gateway service', () => {
  test('is made by the constructor or later', () => {
    const { stack, service } = setUp();
    const linked = new Api(stack, 'linked', { name: 'Linked', gatewayService: service });
    const later = new Api(stack, 'later', { name: 'Later' });
    expect(later.implementation).toBeUndefined();
    expect(later.linkTo(service)).toBe(later.implementation);
    expect([linked.linkedToGateway, later.linkedToGateway]).toEqual([true, true]);
    const links = Object.values(synthesize(stack).resources('konnect_api_implementation'));
    expect(links.map((link) => link.service_reference)).toEqual(
      Array(2).fill({ service: { control_plane_id: CONTROL_PLANE_ID, id: UUID } }),
    );
  });

  test('is made once', () => {
    const { stack, service } = setUp();
    const api = new Api(stack, 'api', { name: 'API', gatewayService: service });
    expectFailures(() => api.linkTo(service), ['gatewayService', /must not be set twice/]);
  });

  test('needs a construct', () => {
    expectFailures(
      () => create({ gatewayService: UUID as never }),
      ['gatewayService', /must be a construct with serviceId/],
    );
  });
});

describe('an existing API', () => {
  test('creates nothing', () => {
    const { stack } = setUp();
    const provider = new KonnectProvider(stack, 'eu', { alias: 'eu' });
    const api = Api.fromApiId(stack, 'existing', UUID, { linkedToGateway: true, provider });
    expect([api.apiId, api.linkedToGateway, api.provider]).toEqual([UUID, true, provider]);
    expect(Api.fromApiId(stack, 'unknown', OTHER_UUID).linkedToGateway).toBeUndefined();
    expect(synthesize(stack).counts()).toEqual({});
  });

  test('needs a UUID', () => {
    expectFailures(() => Api.fromApiId(stackWithProviders(), 'api', 'orders'), ['apiId', /must be a UUID/]);
  });
});

describe('attributes', () => {
  const value = 'v'.repeat(512);

  test.each([
    [{ domains: ['shop'] }],
    [{ 'a-b_1': Array.from({ length: 20 }, (_, index) => `value ${index}`) }],
    [{ domains: [value] }],
    [{}],
  ])('%#: are accepted', (attributes) => {
    expect(() => create({ attributes })).not.toThrow();
  });

  test.each<[string, { [key: string]: string[] }, string, RegExp]>([
    ['no value', { domains: [] }, 'attributes.domains', /must have 1 to 20 items \(Konnect\)/],
    [
      'more than 20 values',
      { domains: Array(21).fill('v') },
      'attributes.domains',
      /must have 1 to 20 items \(Konnect\)/,
    ],
    ['an empty value', { domains: [''] }, 'attributes.domains[0]', /must have 1 to 512 characters/],
    ['a long value', { domains: [`${value}v`] }, 'attributes.domains[0]', /must have 1 to 512 characters/],
    ['a comma', { domains: ['a', 'b,c'] }, 'attributes.domains[1]', /must not contain , < and >/],
    ['markup', { domains: ['<b>'] }, 'attributes.domains[0]', /must not contain , < and >/],
    [
      'upper case in a key',
      { Domains: ['a'] },
      'attributes.Domains',
      /must have a key of lower-case letters/,
    ],
    ['a space in a key', { 'a b': ['a'] }, 'attributes.a b', /must have a key of lower-case letters/],
  ])('are rejected with %s', (_case, attributes, prop, rule) => {
    expectFailures(() => create({ attributes }), [prop, rule]);
  });
});

test.each<[string, Partial<ApiProps>, string, RegExp]>([
  ['an empty name', { name: '' }, 'name', /must have 1 to 255 characters \(Konnect\)/],
  ['a long name', { name: 'n'.repeat(256) }, 'name', /must have 1 to 255 characters/],
  ['an empty version', { version: '' }, 'version', /must have 1 to 255 characters/],
  ['a slug with a slash', { slug: 'a/b' }, 'slug', /must contain only letters, digits, _ and -/],
  ['a specification without version', { specification: '{}' }, 'version', /is required with a specification/],
])('rejects %s', (_case, props, prop, rule) => {
  expectFailures(() => create(props), [prop, rule]);
});

test('accepts a name of 255 characters outside of the basic plane', () => {
  expect(() => create({ name: '😀'.repeat(255), version: '1' })).not.toThrow();
});

test('rejects an unknown prop with the nearest name', () => {
  const error = expectFailures(
    () => create({ gateway_service: 1 } as never),
    ['gateway_service', /is not a known prop/],
  );
  expect(error.failures[0].remedy).toBe('Use gatewayService');
});
