import type { Entity } from '../../entity';
import type { ResourceType } from './resource-type';

const NAME = { name: ['name'] };

/** Okta resources that a stack may adopt, by type. */
export const OKTA_TYPES: { readonly [type: string]: ResourceType } = {
  okta_auth_server: {
    label: 'authorization server',
    names: NAME,
    parents: [],
    aliases: ['default'],
    list: (inventory) => inventory.okta('/authorizationServers'),
    importId: ({ id }) => id,
  },
  okta_auth_server_claim: serverMember('claim', 'claims', ({ claimType }) => claimType === 'RESOURCE'),
  okta_auth_server_scope: serverMember('scope', 'scopes'),
  okta_auth_server_policy: serverMember('access policy', 'policies'),
  okta_auth_server_policy_rule: {
    label: 'rule',
    names: NAME,
    parents: ['auth_server_id', 'policy_id'],
    list: (inventory, { auth_server_id: server, policy_id: policy }) =>
      inventory.okta(`/authorizationServers/${server}/policies/${policy}/rules`),
    importId: ({ id }, { auth_server_id: server, policy_id: policy }) => `${server}/${policy}/${id}`,
  },
  okta_app_oauth: {
    label: 'OIDC application',
    names: { label: ['label'] },
    parents: [],
    list: async (inventory) =>
      (await inventory.okta('/apps?limit=200')).filter(({ signOnMode }) => signOnMode === 'OPENID_CONNECT'),
    importId: ({ id }) => id,
  },
};

function serverMember(
  label: string,
  path: string,
  isOfType: (entity: Entity) => boolean = () => true,
): ResourceType {
  return {
    label,
    names: NAME,
    parents: ['auth_server_id'],
    list: async (inventory, { auth_server_id: server }) =>
      (await inventory.okta(`/authorizationServers/${server}/${path}`)).filter(isOfType),
    importId: ({ id }, { auth_server_id: server }) => `${server}/${id}`,
  };
}
