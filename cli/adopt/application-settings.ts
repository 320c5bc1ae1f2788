import type { Entity } from '../entity';
import { formatValue } from './secrets';

/** A setting of an Okta application that an update by the Okta provider may reset. */
interface SettingAtRisk {
  /** Path of the setting in Okta's API. */
  readonly setting: string;
  readonly value: string;
}

/** Settings that okta 4.20.0 sends in an update, with all settings below them. */
const SENT = [
  'accessibility',
  'credentials.oauthClient',
  'credentials.userNameTemplate',
  'label',
  'name',
  'profile',
  'settings.app',
  'settings.implicitAssignment',
  'settings.notes',
  'settings.oauthClient.application_type',
  'settings.oauthClient.client_uri',
  'settings.oauthClient.consent_method',
  'settings.oauthClient.grant_types',
  'settings.oauthClient.idp_initiated_login',
  'settings.oauthClient.initiate_login_uri',
  'settings.oauthClient.issuer_mode',
  'settings.oauthClient.jwks',
  'settings.oauthClient.jwks_uri',
  'settings.oauthClient.logo_uri',
  'settings.oauthClient.policy_uri',
  'settings.oauthClient.post_logout_redirect_uris',
  'settings.oauthClient.redirect_uris',
  'settings.oauthClient.refresh_token',
  'settings.oauthClient.response_types',
  'settings.oauthClient.tos_uri',
  'settings.oauthClient.wildcard_redirect',
  'signOnMode',
  'status',
  'visibility.appLinks',
  'visibility.autoSubmitToolbar',
  'visibility.hide',
];

/** Settings that Okta manages. Updates do not change them. */
const READ_ONLY = [
  '_embedded',
  '_links',
  'created',
  'credentials.signing.kid',
  'credentials.signing.lastRotated',
  'credentials.signing.nextRotation',
  'expressConfiguration.supportedCapabilities',
  'features',
  'id',
  'lastUpdated',
  'orn',
  'settings.emOptInStatus',
  'universalLogout.identityStack',
  'universalLogout.protocol',
  'universalLogout.supportType',
];

const SAFE = [...SENT, ...READ_ONLY];

/** Values of settings after an update that omits them. Other settings become empty, `false` or 0. */
const DEFAULTS: { readonly [setting: string]: unknown } = {
  'credentials.signing.rotationMode': 'AUTO',
  'credentials.signing.use': 'sig',
  'settings.notifications.vpn.network.connection': 'DISABLED',
  'settings.oauthClient.network.connection': 'ANYWHERE',
  'settings.oauthClient.subject_type': 'public',
  'universalLogout.status': 'DISABLED',
};

/**
 * Settings that the Okta provider's update of an application may reset: the update replaces the application, and omits
 * settings that the resource does not have.
 *
 * @param isInCode whether the stack sets the argument, which newer versions of the provider have
 */
export function settingsAtRisk(
  application: Entity,
  isInCode: (argument: string) => boolean = () => false,
): SettingAtRisk[] {
  return find('', application).filter(({ setting }) => !isInCode(setting.split('.').at(-1) ?? ''));
}

function find(setting: string, value: unknown): SettingAtRisk[] {
  if (SAFE.includes(setting) || isDefault(setting, value)) {
    return [];
  }
  const hasSafeParts = setting === '' || SAFE.some((each) => each.startsWith(`${setting}.`));
  return hasSafeParts && isObject(value)
    ? Object.entries(value).flatMap(([name, each]) => find(join(setting, name), each))
    : [{ setting, value: formatValue(setting, value) }];
}

function isDefault(setting: string, value: unknown): boolean {
  if (isObject(value)) {
    return Object.entries(value).every(([name, each]) => isDefault(join(setting, name), each));
  }
  const isEmpty = !value || (Array.isArray(value) && value.length === 0);
  return isEmpty || DEFAULTS[setting] === value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(setting: string, name: string): string {
  return setting === '' ? name : `${setting}.${name}`;
}
