import { join } from 'node:path';
import type { ProviderDefinition } from '../../providers/definition';
import { JsonApiClient } from '../api/json-api-client';
import { api, apiImplementation, apiPublication, apiVersion } from './api';
import { authStrategy } from './auth-strategy';
import { controlPlane, route, service } from './gateway';
import { portal, portalPage } from './portal';

export interface KonnectProviderOptions {
  /** Base URL of the tenant's region. */
  readonly url: string;
  readonly token: string;
}

/** What the stand-in for kong/konnect 3.19.0 knows. It asks the sandbox's tenant, whatever server a stack names. */
export function konnectProvider({ url, token }: KonnectProviderOptions): ProviderDefinition {
  return {
    name: 'konnect',
    source: 'kong/konnect',
    schemaFile: join(__dirname, '..', '..', '..', 'schema', 'konnect@3.19.0.json'),
    resources: {
      konnect_api: api,
      konnect_api_implementation: apiImplementation,
      konnect_api_publication: apiPublication,
      konnect_api_version: apiVersion,
      konnect_application_auth_strategy: authStrategy,
      konnect_gateway_control_plane: controlPlane,
      konnect_gateway_route: route,
      konnect_gateway_service: service,
      konnect_portal: portal,
      konnect_portal_page: portalPage,
    },
    dataSources: {},
    connect: ({ personal_access_token: given }) =>
      new JsonApiClient(url, `Bearer ${typeof given === 'string' ? given : token}`, describe),
  };
}

function describe(body: unknown): string {
  return String((body as { detail?: string } | undefined)?.detail ?? '');
}
