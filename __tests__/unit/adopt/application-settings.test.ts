import { settingsAtRisk } from '../../../cli/adopt/application-settings';

/** An application as Okta answers it, with every setting at its default. */
const APPLICATION = {
  id: '0oa1',
  orn: 'orn:okta:idp:00o1:apps:oidc_client:0oa1',
  name: 'oidc_client',
  label: 'App',
  status: 'ACTIVE',
  created: '2026-11-23T00:00:00.000Z',
  lastUpdated: '2026-11-23T00:00:00.000Z',
  signOnMode: 'OPENID_CONNECT',
  features: [],
  licensing: { seatCount: 0 },
  accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
  visibility: { autoLaunch: false, autoSubmitToolbar: false, hide: { iOS: true, web: true }, appLinks: {} },
  credentials: {
    userNameTemplate: { template: '${source.login}', type: 'BUILT_IN' },
    signing: { kid: 'key', rotationMode: 'AUTO' },
    oauthClient: {
      client_id: '0oa1',
      autoKeyRotation: true,
      token_endpoint_auth_method: 'client_secret_basic',
    },
  },
  settings: {
    app: {},
    emOptInStatus: 'NONE',
    implicitAssignment: false,
    inlineHookId: null,
    manualProvisioning: false,
    notes: { admin: null, enduser: null },
    notifications: { vpn: { network: { connection: 'DISABLED' }, message: null, helpUrl: null } },
    oauthClient: {
      application_type: 'web',
      dpop_bound_access_tokens: false,
      grant_types: ['authorization_code', 'client_credentials'],
      issuer_mode: 'DYNAMIC',
      network: { connection: 'ANYWHERE' },
      participate_slo: false,
      redirect_uris: ['https://localhost/callback'],
      subject_type: 'public',
    },
  },
  universalLogout: { status: 'DISABLED', supportType: 'GENERIC', identityStack: 'SHARED' },
  _links: { self: { href: 'https://dev-1.okta.com/api/v1/apps/0oa1' } },
};

test('nothing is at risk where every setting has its default', () => {
  expect(settingsAtRisk(APPLICATION)).toEqual([]);
});

const client = (settings: object) => ({
  settings: { ...APPLICATION.settings, oauthClient: { ...APPLICATION.settings.oauthClient, ...settings } },
});

test.each<[string, object]>([
  ['settings.oauthClient.network', client({ network: { connection: 'ZONE', include: ['nzo1'] } })],
  [
    'settings.oauthClient.frontchannel_logout_uri',
    client({ frontchannel_logout_uri: 'https://localhost/bye' }),
  ],
  ['settings.oauthClient.participate_slo', client({ participate_slo: true })],
  ['settings.oauthClient.sector_identifier_uri', client({ sector_identifier_uri: 'https://localhost/ids' })],
  ['settings.oauthClient.subject_type', client({ subject_type: 'pairwise' })],
  ['settings.oauthClient.request_object_signing_alg', client({ request_object_signing_alg: 'RS512' })],
  ['settings.oauthClient.dpop_bound_access_tokens', client({ dpop_bound_access_tokens: true })],
  ['settings.inlineHookId', { settings: { ...APPLICATION.settings, inlineHookId: 'cal1' } }],
  [
    'settings.notifications',
    {
      settings: { ...APPLICATION.settings, notifications: { vpn: { network: { connection: 'ANYWHERE' } } } },
    },
  ],
  ['visibility.autoLaunch', { visibility: { ...APPLICATION.visibility, autoLaunch: true } }],
  ['licensing', { licensing: { seatCount: 5 } }],
  ['universalLogout.status', { universalLogout: { status: 'ENABLED', supportType: 'GENERIC' } }],
  ['settings.oauthClient.a_setting_of_tomorrow', client({ a_setting_of_tomorrow: ['one'] })],
  ['anything', { anything: { else: 1 } }],
])('%s is at risk', (setting, changes) => {
  expect(settingsAtRisk({ ...APPLICATION, ...changes })).toEqual([
    { setting, value: expect.any(String) as string },
  ]);
});

test('a setting that the code has is not at risk', () => {
  const application = { ...APPLICATION, ...client({ network: { connection: 'ZONE' } }) };
  expect(settingsAtRisk(application, (argument) => argument === 'network')).toEqual([]);
});

test('secrets are redacted', () => {
  const [setting] = settingsAtRisk({ ...APPLICATION, webhook: { api_key: 'of somebody' } });
  expect(setting).toEqual({ setting: 'webhook', value: '{"api_key":"********"}' });
});
