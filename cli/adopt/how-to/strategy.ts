import { type Entity, fieldOf, nameOf, textsOf } from '../../entity';
import type { Findings } from '../findings';

/** Auth methods that the construct supports. */
const AUTH_METHODS = [
  'client_credentials',
  'bearer',
  'authorization_code',
  'introspection',
  'kong_oauth2',
  'password',
  'refresh_token',
  'session',
  'userinfo',
];

/** Settings that Konnect has fields for. The provider takes the others as one JSON text. */
const FIELDS = ['id', 'issuer', 'credential_claim', 'auth_methods', 'scopes'];

/** Settings that require claims of a token. */
const REQUIREMENTS = ['scopes_required', 'scopes_claim', 'audience_required', 'audience_claim'];

/** Scopes that Okta reserves for people. */
const RESERVED_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'];

/** The settings of a strategy, named as in Konnect. */
export function settingsOf(strategy: Entity): Entity {
  return { ...(fieldOf(strategy, 'configs', 'openid-connect') as object), id: strategy.id };
}

/** Adds errors for settings that the construct rejects or would change. */
export function checkStrategy(strategy: Entity, findings: Findings): void {
  const addError = (detail: string, remedy: string) =>
    findings.addError(`Auth strategy ${nameOf(strategy)}`, detail, remedy);
  const settings = settingsOf(strategy);
  const claim = textsOf(settings, 'credential_claim');
  if (claim.length !== 1) {
    addError(
      `its credential claim is the path ${claim.join(' > ')}, and the construct takes a top-level claim`,
      'Use a top-level claim with the client id in Konnect.',
    );
  }
  if (strategy.dcr_provider || strategy.dcr_provider_id) {
    addError(
      'it has a DCR provider, so the portal creates the applications in Okta',
      'Choose a strategy for self-managed authentication with --strategy.',
    );
  }
  for (const field of ['auth_methods', 'scopes']) {
    if (textsOf(settings, field).length === 0) {
      addError(`it has no ${field}, and the construct takes at least one`, `Set ${field} in Konnect.`);
    }
  }
  checkAuthMethods(textsOf(settings, 'auth_methods'), addError);
  const reserved = textsOf(settings, 'scopes').filter((each) => RESERVED_SCOPES.includes(each));
  if (reserved.length > 0) {
    addError(
      `it requests ${reserved.join(', ')}, which Okta refuses for client credentials`,
      'Remove it from the scopes of the strategy in Konnect.',
    );
  }
  checkRequirements(settings, addError);
}

function checkAuthMethods(
  methods: readonly string[],
  addError: (detail: string, remedy: string) => void,
): void {
  const unknown = methods.filter((each) => !AUTH_METHODS.includes(each));
  if (unknown.length > 0) {
    addError(
      `the construct has no auth method ${unknown.join(', ')}`,
      'Remove it from the strategy in Konnect.',
    );
  }
  if (methods.includes('password') && methods.includes('client_credentials')) {
    addError(
      'it has the auth methods password and client_credentials, which break the token cache of the gateway',
      'Remove password from the strategy in Konnect.',
    );
  }
}

function checkRequirements(settings: Entity, addError: (detail: string, remedy: string) => void): void {
  const empty = REQUIREMENTS.filter((each) => each in settings && textsOf(settings, each).length === 0);
  // Without other settings the provider does not write the JSON text.
  if (Object.keys(settings).some((each) => ![...FIELDS, ...empty].includes(each))) {
    for (const each of empty) {
      addError(
        `its ${each} is empty, which the construct would remove, and that may replace the strategy`,
        `Remove ${each} from it in Konnect, or set a value.`,
      );
    }
  }
  for (const what of ['scopes', 'audience']) {
    const [claim, required] = [`${what}_claim`, `${what}_required`];
    if (textsOf(settings, claim).length > 0 && textsOf(settings, required).length === 0) {
      addError(
        `its ${claim} has no effect without ${required}, and the construct rejects it`,
        `Remove ${claim} from it in Konnect, or set ${required}.`,
      );
    }
  }
}
