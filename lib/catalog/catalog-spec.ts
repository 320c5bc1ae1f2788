import { listOf, mapOf, text } from '../core/specs';
import { API, type ApiProps } from '../konnect/api-props';
import { API_PUBLICATION_OPTIONS, type ApiPublicationOptions } from '../konnect/api-publication';
import { VERSION_OF_SPECIFICATION } from '../konnect/api-version';
import { UPSTREAM_HOST } from '../konnect/gateway-props';
import { GATEWAY_ROUTE_OPTIONS, type GatewayRouteOptions } from '../konnect/gateway-route';
import { GATEWAY_SERVICE, type GatewayServiceProps } from '../konnect/gateway-service';
import { OIDC_AUTH_STRATEGY_OPTIONS, requiredScopesCheck } from '../konnect/oidc-auth-strategy';
import { REQUIRED_SCOPES } from '../konnect/plugin-settings';
import { CLIENT_ACCESS_POLICY_OPTIONS, type ClientAccessPolicyOptions } from '../okta/client-access-policy';
import { OIDC_CLIENT, type OidcClientProps } from '../okta/oidc-client';
import { OKTA_DEV_PORTAL_OIDC, type OktaDevPortalOidcProps } from '../okta-dev-portal-oidc';
import { field, MappingSpec, NullableMappingSpec, pick, reference, requiredIfSeveral } from './mapping-spec';

/** Entries by key. */
export interface Keyed<T> {
  readonly [key: string]: T;
}

/** Keys that a file may refer to. */
export interface CatalogKeys {
  readonly portals: readonly string[];
  readonly controlPlanes: readonly string[];
  /** Strategies of code and file. */
  readonly strategies: readonly string[];
  readonly codeStrategies: readonly string[];
}

const ACCESS_POLICY_FIELDS = pick(CLIENT_ACCESS_POLICY_OPTIONS, {
  name: 'Name, unique on the authorization server. Default: the name of the strategy.',
  description: 'Purpose of the policy. Default: Clients of the Dev Portal.',
  priority: 'Position among the policies of the authorization server, from 1.',
  ruleName: 'Name of the rule. Default: Client credentials.',
  groups: 'Groups of the rule, EVERYONE or none. Default: none.',
  accessTokenLifetimeMinutes: 'Lifetime of an access token in minutes. Default: 60.',
});

const STRATEGY_FIELDS = {
  ...pick(OKTA_DEV_PORTAL_OIDC, {
    name: 'Name in Konnect, unique in the region. Default: Okta OIDC and the key.',
    displayName: 'Name that developers see. Default: the name.',
    scopesRequired:
      'Scopes that a token must have. One item has to match, with every scope in it. Default: any scope.',
    scopesClaim: 'Path to the claim with the scopes, outermost name first. Default: scp.',
    audienceRequired: 'Audiences that a token must have, one of them. Default: any.',
    audienceClaim: 'Path to the claim with the audience, outermost name first. Default: aud.',
    authMethods: 'How clients authenticate. Default: client_credentials.',
    labels: 'Labels of the strategy in Konnect.',
  }),
  scopes: field(
    OKTA_DEV_PORTAL_OIDC.fields.scopes.required(),
    'Scopes that the gateway requests. They are added to the authorization server.',
  ),
  accessPolicy: field(
    new MappingSpec<ClientAccessPolicyOptions>(ACCESS_POLICY_FIELDS),
    'Access policy of the clients in Okta.',
  ),
};

export type CatalogStrategy = Pick<OktaDevPortalOidcProps, keyof typeof STRATEGY_FIELDS>;

const STRATEGY = new MappingSpec<CatalogStrategy>(STRATEGY_FIELDS, [
  ...OIDC_AUTH_STRATEGY_OPTIONS.rules,
  {
    ...REQUIRED_SCOPES,
    prop: 'scopesRequired',
    isValid: (strategy) => requiredScopesCheck(strategy, strategy.scopes ?? []).isValid,
  },
]);

const ROUTE_FIELDS = pick(GATEWAY_ROUTE_OPTIONS, {
  name: 'Name, unique in the control plane. Default: the key.',
  paths: 'Path prefixes that start with /, or regular expressions that start with ~/.',
  hosts: 'Host names.',
  methods: 'HTTP methods in upper case.',
  protocols: 'Default: http and https.',
  stripPath: 'Whether the matched prefix is removed from the upstream path. Default: true.',
});

type CatalogRoute = Pick<GatewayRouteOptions, keyof typeof ROUTE_FIELDS>;

const ROUTE = new MappingSpec<CatalogRoute>(ROUTE_FIELDS, GATEWAY_ROUTE_OPTIONS.rules);

/** Settings that an existing service already has in Konnect. */
const SERVICE_SETTINGS = pick(GATEWAY_SERVICE, {
  name: 'Name, unique in the control plane. Default: the key of the API.',
  protocol: 'Protocol of the upstream. Default: http.',
  port: 'Port of the upstream. Default: 80.',
  path: 'Path in front of the path of every upstream request.',
  retries: 'How often a request that failed to reach the upstream is retried. Default: 5.',
  tags: 'Tags of printable characters without , and /.',
});

export interface CatalogService extends Pick<GatewayServiceProps, keyof typeof SERVICE_SETTINGS> {
  readonly controlPlane?: string;
  readonly id?: string;
  readonly host?: string;
  readonly routes?: Keyed<CatalogRoute>;
}

const PUBLICATION_FIELDS = pick(API_PUBLICATION_OPTIONS, {
  visibility: 'Who sees the API. Default: the setting of the portal.',
  autoApproveRegistrations:
    'Whether registrations for the API are approved automatically. Default: the setting of the portal.',
});

type CatalogPublication = Pick<ApiPublicationOptions, keyof typeof PUBLICATION_FIELDS>;

const PUBLICATION = new NullableMappingSpec<CatalogPublication>(PUBLICATION_FIELDS);

const API_FIELDS = pick(API, {
  name: 'Name, unique in the region together with the version.',
  version: 'Version, in quotes: "1.0".',
  description: 'Description of the API.',
  slug: 'Name of the API in URLs.',
  labels: 'Labels of the API in Konnect.',
});

export interface CatalogApi extends Pick<ApiProps, keyof typeof API_FIELDS> {
  readonly specification?: string;
  readonly service?: CatalogService;
  readonly controlPlane?: string;
  readonly strategy?: string;
  readonly portals?: Keyed<CatalogPublication | null>;
}

const CLIENT_FIELDS = pick(OIDC_CLIENT, {
  label: 'Name of the application in Okta.',
  type: 'Web application, or service application with client credentials only. Default: web.',
  redirectUris: 'Where Okta sends users after they sign in. Required for web, not allowed for service.',
});

export interface CatalogClient extends Pick<OidcClientProps, keyof typeof CLIENT_FIELDS> {
  readonly strategies?: string[];
}

/** Content of a valid catalog file. */
export interface CatalogData {
  readonly $schema?: string;
  readonly strategies?: Keyed<CatalogStrategy>;
  readonly apis?: Keyed<CatalogApi>;
  readonly clients?: Keyed<CatalogClient>;
}

const KEY = text().check({
  rule: 'must be a key of letters, digits, _ and -, starting with a letter or digit: it becomes a construct id',
  remedy: 'Rename it',
  isValid: (key) => /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(key),
  schema: { pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$' },
});

/** Spec of a catalog file, for the keys of the code. The JSON Schema does not depend on the keys. */
export function catalogSpec(keys: CatalogKeys): MappingSpec<CatalogData> {
  const strategyKey = KEY.check({
    rule: 'must not be the key of a strategy in the code',
    remedy: 'Rename it, or remove one of the two',
    isValid: (key) => !keys.codeStrategies.includes(key),
  });
  return new MappingSpec<CatalogData>({
    $schema: field(text(), 'Location of this schema, for editors.'),
    strategies: field(
      mapOf(STRATEGY, strategyKey, { minItems: 1 }),
      'Auth strategies by key. Default: those of the code, or one with the scope api.access.',
    ),
    apis: field(mapOf(apiSpec(keys), KEY), 'APIs by key.'),
    clients: field(mapOf(clientSpec(keys), KEY), 'Okta applications by key.'),
  });
}

function apiSpec(keys: CatalogKeys): MappingSpec<CatalogApi> {
  return new MappingSpec<CatalogApi>(
    {
      ...API_FIELDS,
      specification: field(
        text().notBlank(),
        'Path of the OpenAPI or AsyncAPI document, in the folder of this file or below. Needs version.',
      ),
      service: field(
        serviceSpec(keys),
        'Gateway service of the API: an existing one by id, or a new one by host.',
      ),
      controlPlane: field(
        reference(keys.controlPlanes),
        'Key of a control plane that enforces access control, in place of service. Needs specification.',
      ),
      strategy: field(reference(keys.strategies), 'Key of the strategy. Optional if there is one only.'),
      portals: field(
        mapOf(PUBLICATION, reference(keys.portals), { minItems: 1 }),
        'Portals that show the API, by the keys of the code.',
      ),
    },
    [
      VERSION_OF_SPECIFICATION,
      {
        prop: 'controlPlane',
        rule: 'must not be set with service: an API is linked to one of the two (Konnect)',
        remedy: 'Remove one of them',
        isValid: ({ controlPlane, service }) => controlPlane === undefined || service === undefined,
      },
      requiredIfSeveral(
        'strategy',
        keys.strategies,
        (api) => api.strategy === undefined && api.portals !== undefined,
      ),
    ],
  );
}

function serviceSpec({ controlPlanes }: CatalogKeys): MappingSpec<CatalogService> {
  const settings = Object.keys(SERVICE_SETTINGS) as (keyof typeof SERVICE_SETTINGS)[];
  return new MappingSpec<CatalogService>(
    {
      controlPlane: field(
        reference(controlPlanes),
        'Key of the control plane. Optional if there is one only.',
      ),
      id: field(GATEWAY_SERVICE.fields.serviceId, 'Id of an existing gateway service.'),
      host: field(UPSTREAM_HOST, 'Host name or address of the upstream.'),
      ...SERVICE_SETTINGS,
      routes: field(mapOf(ROUTE, KEY), 'Routes by key.'),
    },
    [
      {
        prop: 'id, host',
        rule: 'must have either id, for an existing gateway service, or host, for a new one',
        remedy: 'Set one of the two',
        value: ({ id, host }) => ({ id, host }),
        isValid: ({ id, host }) => (id === undefined) !== (host === undefined),
      },
      ...settings.map((prop) => ({
        prop,
        rule: 'must not be set with id: the existing gateway service has its own settings',
        remedy: 'Remove it, or set host instead of id',
        isValid: (service: CatalogService) => service.id === undefined || service[prop] === undefined,
      })),
      requiredIfSeveral('controlPlane', controlPlanes, ({ controlPlane }) => controlPlane === undefined),
    ],
  );
}

function clientSpec({ strategies }: CatalogKeys): MappingSpec<CatalogClient> {
  return new MappingSpec<CatalogClient>(
    {
      ...CLIENT_FIELDS,
      strategies: field(
        listOf(reference(strategies), { minItems: 1, unique: true }),
        'Keys of the strategies whose scopes it may request. Optional if there is one only.',
      ),
    },
    [
      ...OIDC_CLIENT.rules,
      requiredIfSeveral('strategies', strategies, (client) => client.strategies === undefined),
    ],
  );
}
