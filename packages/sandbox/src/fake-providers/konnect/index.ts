import { join } from 'node:path';
import type { ProviderDefinition } from '../../providers/definition';
import { JsonApiClient } from '../api/json-api-client';
import { KONNECT_RETRIES } from '../api/retries';
import { added } from './additions';
import { api, apiDocument, apiImplementation, apiPublication, apiVersion } from './api';
import { authStrategy, authStrategyInPlace } from './auth-strategy';
import { acePlugin, controlPlane, route, service } from './gateway';
import { portal, portalPage, portalTeam } from './portal';
import { portalApplication } from './portal-application';
import { portalDeveloper } from './portal-developer';
import { portalRegistration } from './portal-registration';
import { portalTeamDeveloper } from './portal-team-developer';
import { portalTeamRole } from './portal-team-role';

interface KonnectProviderOptions {
  /** Base URL of the tenant's region. */
  readonly url: string;
  readonly token: string;
}

/** Behaviour of later versions. */
interface KonnectProviderBehaviour {
  /**
   * Whether strategies change in place, as they do from 3.22 on.
   *
   * @default false
   */
  readonly strategiesInPlace?: boolean;
}

/** Arguments that hold a token. */
const TOKENS = [
  'personal_access_token',
  'system_account_access_token',
  'konnect_access_token',
  'service_access_token',
];

/**
 * The fake provider kong/konnect 3.19.0, with roles of portal teams as in 3.20, the portal's developers, applications
 * and registrations as in 3.21, and developers in teams as in 3.24. It always calls the sandbox's tenant, even if a
 * stack names another server.
 */
export function konnectProvider(
  { url, token }: KonnectProviderOptions,
  { strategiesInPlace = false }: KonnectProviderBehaviour = {},
): ProviderDefinition {
  return {
    name: 'konnect',
    source: 'kong/konnect',
    schemaFile: join(__dirname, '..', '..', '..', 'schema', 'konnect@3.19.0.json'),
    resources: {
      konnect_api: api,
      konnect_api_document: apiDocument,
      konnect_api_implementation: apiImplementation,
      konnect_api_publication: apiPublication,
      konnect_api_version: apiVersion,
      konnect_application_auth_strategy: strategiesInPlace ? authStrategyInPlace : authStrategy,
      konnect_gateway_control_plane: controlPlane,
      konnect_gateway_plugin_ace: acePlugin,
      konnect_gateway_route: route,
      konnect_gateway_service: service,
      konnect_portal: portal,
      konnect_portal_application: added('konnect_portal_application', portalApplication),
      konnect_portal_application_registration: added(
        'konnect_portal_application_registration',
        portalRegistration,
      ),
      konnect_portal_developer: added('konnect_portal_developer', portalDeveloper),
      konnect_portal_page: portalPage,
      konnect_portal_team: portalTeam,
      konnect_portal_team_developer: portalTeamDeveloper,
      konnect_portal_team_role: portalTeamRole,
    },
    dataSources: {},
    stopsAtOnce: true,
    connect: (configuration) => {
      const given = TOKENS.map((name) => configuration[name]).find(
        (value) => typeof value === 'string' && value,
      );
      const authorization = `Bearer ${String(given ?? token)}`;
      const tenant = { url, authorization, describe, retries: KONNECT_RETRIES };
      return (signal) => new JsonApiClient(tenant, signal);
    },
  };
}

function describe(body: unknown): string {
  const { detail = '', invalid_parameters: invalid = [] } = (body ?? {}) as {
    detail?: string;
    invalid_parameters?: { field: string; reason: string }[];
  };
  const reasons = invalid.map(({ field, reason }) => `${field}: ${reason}`).join(', ');
  return reasons ? `${detail} (${reasons})` : detail;
}
