import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import {
  BOOLEAN,
  integer,
  nullable,
  object,
  oneOf,
  openObject,
  type Schema,
  STRINGS,
  text,
} from '../http/json-schema';
import { addCoreEntityRoutes } from './core-entities';
import { KonnectError } from './errors';
import type { KonnectModel } from './model';
import { PROTOCOLS, serviceId } from './routes';

const TIMEOUT = nullable(integer(1, 2_147_483_646));
const DEFAULTS = {
  enabled: true,
  protocol: 'http',
  port: 80,
  retries: 5,
  connect_timeout: 60_000,
  read_timeout: 60_000,
  write_timeout: 60_000,
};
const SERVICE: Schema = {
  ...object({
    id: nullable(text(undefined, 1)),
    name: nullable(text()),
    host: text(),
    path: nullable(text()),
    port: nullable(integer(0, 65_535)),
    protocol: nullable(oneOf(...PROTOCOLS)),
    url: nullable(text()),
    enabled: nullable(BOOLEAN),
    retries: nullable(integer(0, 32_767)),
    connect_timeout: TIMEOUT,
    read_timeout: TIMEOUT,
    write_timeout: TIMEOUT,
    tags: nullable(STRINGS),
    ca_certificates: nullable(STRINGS),
    client_certificate: nullable(openObject({ id: text() })),
    tls_sans: nullable(openObject({ dnsnames: STRINGS, uris: STRINGS })),
    tls_verify: nullable(BOOLEAN),
    tls_verify_depth: nullable(integer(0, 64)),
    created_at: nullable(integer()),
    updated_at: nullable(integer()),
  }),
  anyOf: [{ required: ['host'] }, { required: ['url'] }],
};
/** A valid host: a name or an address, without scheme, port, path or space. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?)$/i;

/** Gateway services. */
export function addServiceRoutes(http: FastifyInstance, model: KonnectModel): void {
  addCoreEntityRoutes(http, model, {
    path: 'services',
    nameField: 'name',
    schema: SERVICE,
    defaults: DEFAULTS,
    normalize: withUrl,
    check: (_controlPlaneId, body) => check(body),
    checkUnused: (id) => {
      if (model.routes.all().some((route) => serviceId(route) === id)) {
        throw new KonnectError(400, `an existing 'routes' entity references this 'services' entity`);
      }
    },
  });
}

/** `url` is a shorthand for protocol, host, port and path. */
function withUrl({ url: shorthand = null, ...body }: Body): Body {
  if (shorthand === null) {
    return body;
  }
  const url = String(shorthand);
  if (!URL.canParse(url)) {
    throw KonnectError.invalid('url', 'must be a URL');
  }
  const { protocol, hostname, port, pathname } = new URL(url);
  const scheme = protocol.slice(0, -1);
  const hasPath = pathname !== '/' || url.endsWith('/');
  return {
    ...body,
    protocol: scheme,
    host: hostname,
    port: port === '' ? (scheme === 'https' ? 443 : 80) : Number(port),
    path: hasPath ? pathname : null,
  };
}

function check({ host, path = null, protocol }: Body): void {
  if (!HOST.test(String(host))) {
    throw KonnectError.invalid('host', 'must be a host name, without scheme, port, path or space');
  }
  if (path !== null && !/^\/(?!.*\/\/)/.test(String(path))) {
    throw KonnectError.invalid('path', 'must begin with / and must not have empty segments');
  }
  if (path !== null && !['http', 'https', 'ws', 'wss'].includes(String(protocol))) {
    throw KonnectError.invalid('path', `must not be set for the protocol ${String(protocol)}`);
  }
}
