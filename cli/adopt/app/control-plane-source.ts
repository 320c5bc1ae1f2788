import type { AccessControlPlugin } from '../../access-control';
import { type Entity, nameOf, titleOf } from '../../entity';
import { isExpressible } from '../how-to/control-planes';
import type { FoundControlPlane, FoundService } from '../how-to/how-to';
import { type AppSource, constructId } from './app-source';
import { type Code, valueCode } from './code';
import { type Deviation, differencesFromDefaults } from './deviations';
import { codeUnlessDefault } from './props';

const HTTP = ['http', 'https'];

/**
 * Adds a control plane with its services and routes.
 *
 * @param variables variables of control planes and services by id, which it adds to
 */
export function addControlPlane(
  source: AppSource,
  ids: Set<string>,
  { entity, accessControl, services }: FoundControlPlane,
  variables: Map<string, string>,
): void {
  const variable = source.variable(nameOf(entity), 'controlPlane');
  const id = constructId(ids, nameOf(entity), 'control-plane');
  source.call(`const ${variable} = new ${source.use('ControlPlane')}(stack, '${id}', `, {
    name: valueCode(nameOf(entity)),
  });
  variables.set(entity.id, variable);
  if (accessControl) {
    addAccessControl(source, entity, accessControl, variable);
  }
  for (const service of services) {
    variables.set(service.entity.id, addService(source, ids, service, variable));
  }
}

function addAccessControl(
  source: AppSource,
  plane: Entity,
  { enabled, config, tags, protocols, instance_name }: AccessControlPlugin,
  controlPlane: string,
): void {
  const deviations = differencesFromDefaults(
    ['enabled', enabled, true],
    ['protocols', protocols, ['grpc', 'grpcs', 'http', 'https']],
    ['instance_name', instance_name, undefined],
  );
  const variable = source.variable(nameOf(plane), 'accessControl');
  const declaration = deviations.length > 0 ? `const ${variable} = ` : '';
  const policy = config?.match_policy === 'required' ? 'REQUIRED' : 'IF_PRESENT';
  source.call(`${declaration}${controlPlane}.enforceAccess(`, {
    matchPolicy: `${source.use('MatchPolicy')}.${policy}`,
    anonymous: codeUnlessDefault(config?.anonymous),
    tags: codeUnlessDefault(tags),
  });
  source.keep(`Access control enforcement of ${nameOf(plane)}`, `${variable}.resource`, deviations);
}

function addService(
  source: AppSource,
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
    protocol: codeUnlessDefault(entity.protocol, 'http'),
    port: codeUnlessDefault(entity.port, 80),
    path: codeUnlessDefault(entity.path),
    retries: codeUnlessDefault(entity.retries, 5),
    connectTimeoutMs: codeUnlessDefault(entity.connect_timeout, 60_000),
    readTimeoutMs: codeUnlessDefault(entity.read_timeout, 60_000),
    writeTimeoutMs: codeUnlessDefault(entity.write_timeout, 60_000),
    tags: codeUnlessDefault(entity.tags),
    routes: byId.length > 0 ? Object.fromEntries(byId) : undefined,
  });
  source.keep(`Gateway service ${titleOf(entity)}`, `${variable}.resource`, [
    ...differencesFromDefaults(
      ['enabled', entity.enabled, true],
      ['ca_certificates', entity.ca_certificates, undefined],
      ['tls_verify', entity.tls_verify, undefined],
      ['tls_verify_depth', entity.tls_verify_depth, undefined],
    ),
    ...nameless(entity),
  ]);
  for (const [index, route] of expressible.entries()) {
    source.keep(`Route ${titleOf(route)}`, `${variable}.routes[${index}].resource`, routeDeviations(route));
  }
  return variable;
}

function routeProps(route: Entity, id: string): Code {
  const name = nameOf(route);
  return {
    name: name !== '' && name !== id ? valueCode(name) : undefined,
    paths: codeUnlessDefault(route.paths),
    hosts: codeUnlessDefault(route.hosts),
    methods: codeUnlessDefault(route.methods),
    protocols: codeUnlessDefault(route.protocols, HTTP),
    stripPath: codeUnlessDefault(route.strip_path, true),
    tags: codeUnlessDefault(route.tags),
  };
}

function routeDeviations(route: Entity): Deviation[] {
  return [
    ...differencesFromDefaults(
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

/** The constructs always set a name. */
function nameless(entity: Entity): Deviation[] {
  return nameOf(entity) === '' ? [{ attribute: 'name', value: undefined }] : [];
}
