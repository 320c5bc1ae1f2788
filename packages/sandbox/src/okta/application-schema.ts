import { BOOLEAN, integer, list, nullable, oneOf, openObject, STRINGS, text } from '../http/json-schema';

const URI = text(1024);
const SIGNING_ALGORITHM = oneOf(
  ...['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'],
);
/** Grant types that Okta knows. */
export const GRANT_TYPES = [
  'authorization_code',
  'client_credentials',
  'implicit',
  'interaction_code',
  'password',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:openid:params:grant-type:ciba',
  'urn:okta:params:oauth:grant-type:otp',
  'urn:okta:params:oauth:grant-type:oob',
  'http://auth0.com/oauth/grant-type/mfa-otp',
  'http://auth0.com/oauth/grant-type/mfa-oob',
];
const NETWORK = { include: STRINGS, exclude: STRINGS };
const JWK = openObject({ kty: oneOf('RSA', 'EC'), kid: nullable(text()) }, 'kty');

const CREDENTIALS = openObject({
  signing: openObject({ kid: text(), rotationMode: text(), use: oneOf('sig') }),
  userNameTemplate: openObject({
    pushStatus: oneOf('PUSH', 'DONT_PUSH', 'NOT_CONFIGURED'),
    template: text(),
    type: oneOf('NONE', 'BUILT_IN', 'CUSTOM'),
    userSuffix: text(),
  }),
  oauthClient: openObject({
    autoKeyRotation: BOOLEAN,
    client_id: text(100, 6),
    client_secret: text(100, 14),
    pkce_required: BOOLEAN,
    token_endpoint_auth_method: oneOf(
      ...['client_secret_basic', 'client_secret_jwt', 'client_secret_post', 'none', 'private_key_jwt'],
    ),
  }),
});

const CLIENT = openObject(
  {
    application_type: oneOf('browser', 'native', 'service', 'web'),
    grant_types: list(oneOf(...GRANT_TYPES)),
    response_types: list(oneOf('code', 'id_token', 'token')),
    redirect_uris: STRINGS,
    post_logout_redirect_uris: STRINGS,
    client_uri: URI,
    logo_uri: URI,
    policy_uri: text(),
    tos_uri: text(),
    initiate_login_uri: text(),
    jwks_uri: text(),
    jwks: openObject({ keys: list(JWK) }),
    sector_identifier_uri: URI,
    subject_type: oneOf('public', 'pairwise'),
    consent_method: oneOf('REQUIRED', 'TRUSTED'),
    issuer_mode: oneOf('CUSTOM_URL', 'DYNAMIC', 'ORG_URL'),
    wildcard_redirect: oneOf('DISABLED', 'SUBDOMAIN'),
    dpop_bound_access_tokens: BOOLEAN,
    participate_slo: BOOLEAN,
    frontchannel_logout_uri: URI,
    frontchannel_logout_session_required: BOOLEAN,
    request_object_signing_alg: SIGNING_ALGORITHM,
    id_token_encrypted_response_alg: oneOf('RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'),
    backchannel_authentication_request_signing_alg: SIGNING_ALGORITHM,
    backchannel_custom_authenticator_id: text(20, 20),
    backchannel_token_delivery_mode: oneOf('poll', 'ping', 'push'),
    idp_initiated_login: openObject(
      { mode: oneOf('DISABLED', 'SPEC', 'OKTA'), default_scope: STRINGS },
      'mode',
    ),
    refresh_token: openObject(
      { leeway: integer(0, 60), rotation_type: oneOf('ROTATE', 'STATIC') },
      'rotation_type',
    ),
    network: openObject({ connection: oneOf('ANYWHERE', 'ZONE'), ...NETWORK }, 'connection'),
  },
  'grant_types',
);

const VPN = openObject(
  {
    helpUrl: text(),
    message: text(),
    network: openObject({
      connection: oneOf('DISABLED', 'ANYWHERE', 'ON_NETWORK', 'OFF_NETWORK', 'ZONE'),
      ...NETWORK,
    }),
  },
  'network',
);
const SETTINGS = openObject({
  // okta/okta sends null for omitted notes.
  notes: openObject({ admin: nullable(text()), enduser: nullable(text()) }),
  identityStoreId: text(),
  implicitAssignment: BOOLEAN,
  inlineHookId: text(),
  notifications: openObject({ vpn: VPN }),
  oauthClient: CLIENT,
});

/** An application that is created or replaced. The sandbox knows OIDC applications only. */
export const APPLICATION = openObject(
  {
    name: oneOf('oidc_client'),
    label: text(100, 1),
    signOnMode: oneOf('OPENID_CONNECT'),
    accessibility: openObject({
      errorRedirectUrl: text(),
      loginRedirectUrl: text(),
      selfService: BOOLEAN,
    }),
    credentials: CREDENTIALS,
    licensing: openObject({ seatCount: integer() }),
    profile: openObject({}),
    settings: SETTINGS,
    visibility: openObject({
      appLinks: { type: 'object', additionalProperties: BOOLEAN },
      autoLaunch: BOOLEAN,
      autoSubmitToolbar: BOOLEAN,
      hide: openObject({ iOS: BOOLEAN, web: BOOLEAN }),
    }),
  },
  ...['name', 'label', 'signOnMode', 'settings', 'credentials'],
);
