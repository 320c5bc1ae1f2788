import type { Entity } from '../../konnect-client';
import { fieldOf, nameOf } from '../entity';
import type { FoundApi, FoundControlPlane, FoundService, KonnectHowTo } from '../how-to/how-to';
import { apiName, isExpressible } from '../how-to/konnect-how-to';
import { type Code, valueCode } from './code';
import { type Deviation, fromDefaults } from './deviations';
import { portalSource } from './portal-source';
import { labels, unless } from './props';
import { constructId, type StackSource } from './stack-source';

/** Variables of what the construct refers to, by id. */
export interface KonnectVariables {
  readonly portal: string;
  readonly apis: ReadonlyMap<string, string>;
}

const HTTP = ['http', 'https'];

/** Control planes, services, routes, the portal with its pages and the APIs as constructs. */
export function konnectSource(
  source: StackSource,
  ids: Set<string>,
  { authStrategies: [strategy], portals: [portal], apis, controlPlanes }: KonnectHowTo,
): KonnectVariables {
  const services = new Map<string, string>();
  for (const plane of controlPlanes) {
    controlPlaneSource(source, ids, plane, services);
  }
  const variable = portalSource(source, ids, portal, strategy.id);
  return {
    portal: variable,
    apis: new Map(apis.map((api) => [api.entity.id, apiSource(source, ids, api, services)])),
  };
}

function controlPlaneSource(
  source: StackSource,
  ids: Set<string>,
  { entity, services }: FoundControlPlane,
  variables: Map<string, string>,
): void {
  const variable = source.variable(nameOf(entity), 'controlPlane');
  const id = constructId(ids, nameOf(entity), 'control-plane');
  source.call(`const ${variable} = new ${source.use('ControlPlane')}(stack, '${id}', `, {
    name: valueCode(nameOf(entity)),
  });
  for (const service of services) {
    variables.set(service.entity.id, serviceSource(source, ids, service, variable));
  }
}

function serviceSource(
  source: StackSource,
  ids: Set<string>,
  { entity, routes }: FoundService,
  controlPlane: string,
): string {
  const name = nameOf(entity);
  const id = constructId(ids, name, 'service');
  const variable = source.variable(name, 'service');
  const expressible = routes.filter(isExpressible);
  const routeIds = new Set(['Resource']);
  const byId = expressible.map((route) => {
    const routeId = constructId(routeIds, nameOf(route), 'route');
    return [routeId, routeProps(route, routeId)] as const;
  });
  source.call(`const ${variable} = new ${source.use('GatewayService')}(stack, '${id}', `, {
    controlPlane,
    serviceId: valueCode(entity.id),
    name: name !== '' && name !== id ? valueCode(name) : undefined,
    host: valueCode(entity.host),
    protocol: unless(entity.protocol, 'http'),
    port: unless(entity.port, 80),
    path: unless(entity.path),
    retries: unless(entity.retries, 5),
    connectTimeoutMs: unless(entity.connect_timeout, 60_000),
    readTimeoutMs: unless(entity.read_timeout, 60_000),
    writeTimeoutMs: unless(entity.write_timeout, 60_000),
    tags: unless(entity.tags),
    routes: byId.length > 0 ? Object.fromEntries(byId) : undefined,
  });
  source.keep(`Gateway service ${name}`, `${variable}.resource`, [
    ...fromDefaults(
      ['enabled', entity.enabled, true],
      ['ca_certificates', entity.ca_certificates, undefined],
      ['tls_verify', entity.tls_verify, undefined],
      ['tls_verify_depth', entity.tls_verify_depth, undefined],
    ),
    ...nameless(entity),
  ]);
  for (const [index, route] of expressible.entries()) {
    source.keep(`Route ${nameOf(route)}`, `${variable}.routes[${index}].resource`, routeDeviations(route));
  }
  return variable;
}

function routeProps(route: Entity, id: string): Code {
  const name = nameOf(route);
  return {
    name: name !== '' && name !== id ? valueCode(name) : undefined,
    paths: unless(route.paths),
    hosts: unless(route.hosts),
    methods: unless(route.methods),
    protocols: unless(route.protocols, HTTP),
    stripPath: unless(route.strip_path, true),
    tags: unless(route.tags),
  };
}

function routeDeviations(route: Entity): Deviation[] {
  return [
    ...fromDefaults(
      ['https_redirect_status_code', route.https_redirect_status_code, 426],
      ['path_handling', route.path_handling, 'v0'],
      ['preserve_host', route.preserve_host, false],
      ['regex_priority', route.regex_priority, 0],
      ['request_buffering', route.request_buffering, true],
      ['response_buffering', route.response_buffering, true],
      ['headers', route.headers, undefined],
      ['snis', route.snis, undefined],
      ['sources', route.sources, undefined],
      ['destinations', route.destinations, undefined],
    ),
    ...(nameOf(route) === '' ? [{ attribute: 'id', value: route.id }] : []),
    ...nameless(route),
  ];
}

/** The constructs always give a name, and what has none is known by its id. */
function nameless(entity: Entity): Deviation[] {
  return nameOf(entity) === '' ? [{ attribute: 'name', value: undefined }] : [];
}

function apiSource(
  source: StackSource,
  ids: Set<string>,
  { entity: api, versions: [version], implementation }: FoundApi,
  services: ReadonlyMap<string, string>,
): string {
  const variable = source.variable(apiName(api), 'api');
  const id = constructId(ids, apiName(api), 'api');
  const specification = version && fieldOf(version, 'spec', 'content');
  source.call(`const ${variable} = new ${source.use('Api')}(stack, '${id}', `, {
    name: valueCode(nameOf(api)),
    version: unless(api.version),
    description: unless(api.description),
    labels: labels(api),
    attributes: unless(api.attributes),
    specification:
      typeof specification === 'string'
        ? source.text(specification, `${id}${extension(specification)}`)
        : undefined,
    gatewayService: services.get(implementation?.service?.id ?? ''),
  });
  return variable;
}

function extension(specification: string): string {
  return specification.trimStart().startsWith('{') ? '.json' : '.yaml';
}
