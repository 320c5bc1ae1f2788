import type { Body } from '../entity';
import { objectIn } from './bodies';

/** Okta's defaults for omitted fields of an OIDC application. */
export function withApplicationDefaults(body: Body): Body {
  const credentials = objectIn(body, 'credentials');
  const settings = objectIn(body, 'settings');
  const visibility = objectIn(body, 'visibility');
  return {
    ...body,
    accessibility: { selfService: false, ...objectIn(body, 'accessibility') },
    visibility: {
      autoSubmitToolbar: false,
      ...visibility,
      hide: { iOS: true, web: true, ...objectIn(visibility, 'hide') },
    },
    credentials: {
      ...credentials,
      userNameTemplate: {
        template: '${source.login}',
        type: 'BUILT_IN',
        ...objectIn(credentials, 'userNameTemplate'),
      },
      oauthClient: { autoKeyRotation: true, ...objectIn(credentials, 'oauthClient') },
    },
    settings: {
      app: {},
      implicitAssignment: false,
      notes: {},
      ...settings,
      oauthClient: {
        consent_method: 'TRUSTED',
        issuer_mode: 'ORG_URL',
        wildcard_redirect: 'DISABLED',
        idp_initiated_login: { mode: 'DISABLED', default_scope: [] },
        ...objectIn(settings, 'oauthClient'),
      },
    },
  };
}
