/** Settings of Kong's openid-connect plugin that have a prop. The command reads them too, so this file imports nothing. */
export const SETTINGS_WITH_PROP = [
  'issuer',
  'credential_claim',
  'auth_methods',
  'scopes',
  'scopes_required',
  'scopes_claim',
  'audience_required',
  'audience_claim',
];
