import { KONNECT_TYPES } from './konnect-types';
import { OKTA_TYPES } from './okta-types';
import type { ResourceType } from './resource-type';

/** Resources that a stack may adopt, by type. */
export const RESOURCE_TYPES: { readonly [type: string]: ResourceType } = { ...OKTA_TYPES, ...KONNECT_TYPES };

/** Types of parents whose ids may be literals in the code, by argument. */
export const PARENT_TYPES: { readonly [argument: string]: ResourceType } = {
  auth_server_id: RESOURCE_TYPES.okta_auth_server,
  portal_id: RESOURCE_TYPES.konnect_portal,
  api_id: RESOURCE_TYPES.konnect_api,
  control_plane_id: RESOURCE_TYPES.konnect_gateway_control_plane,
};
