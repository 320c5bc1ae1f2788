import { Fn, Token } from 'cdktf';
import type { TokenRequirements } from '../konnect/token-requirements';
import { rules } from '../rules';
import { ClaimUse, requirementRules, ScopesOfToken } from '../rules-requirements';
import { type Check, check, checkEach } from '../validation';
import { jsonText } from './json-text';

/** Where Okta puts the scopes of an access token; the plugin looks for `scope`. */
const OKTA_SCOPES_CLAIM = ['scp'];

/**
 * What is written for no settings: the plugin's own default, which changes nothing. Left out, the provider keeps
 * the settings that there were; and an empty object it never reads back, so it would write it at every deployment.
 */
const NO_SETTINGS = jsonText({ audience_claim: ['aud'] });

type Settings = { readonly [setting: string]: unknown };

/** Everything that decides the settings of the plugin that Konnect has no field for. */
interface PluginProps extends TokenRequirements {
  readonly additionalProperties?: Settings;
}

/** The rules for what a gateway asks of a token, and for the settings beside. */
export function pluginSettingsChecks(props: PluginProps): Check[] {
  const { scopesRequired, scopesClaim, audienceRequired, audienceClaim, additionalProperties } = props;
  const requires = (required: string[] | undefined) =>
    required !== undefined || Token.isUnresolved(additionalProperties);
  return [
    check('scopesRequired', scopesRequired, requirementRules.requiredPresent),
    ...checkEach('scopesRequired', scopesRequired, requirementRules.requiredScopes),
    check('scopesClaim', scopesClaim, requirementRules.claimPathPresent),
    ...checkEach('scopesClaim', scopesClaim, rules.notEmpty),
    check(
      'scopesClaim',
      scopesClaim && new ClaimUse(scopesClaim, requires(scopesRequired)),
      requirementRules.scopesClaimUsed,
    ),
    check('audienceRequired', audienceRequired, requirementRules.requiredPresent),
    ...checkEach('audienceRequired', audienceRequired, requirementRules.requiredAudience),
    check('audienceClaim', audienceClaim, requirementRules.claimPathPresent),
    ...checkEach('audienceClaim', audienceClaim, rules.notEmpty),
    check(
      'audienceClaim',
      audienceClaim && new ClaimUse(audienceClaim, requires(audienceRequired)),
      requirementRules.audienceClaimUsed,
    ),
    ...Object.keys(settingsOf(additionalProperties)).map((setting) =>
      check(`additionalProperties.${setting}`, setting, requirementRules.settingOnce),
    ),
  ];
}

/** The rule that a gateway does not refuse every token that it gets itself. */
export function requiredScopesChecks(
  props: PluginProps,
  authMethods: readonly string[],
  scopes: readonly string[],
): Check[] {
  const token = authMethods.includes('client_credentials') ? scopesInQuestion(props, scopes) : undefined;
  return [check('scopesRequired', token, requirementRules.requiredScopesAsked)];
}

/**
 * What to say of scopes that no token has, where the access policy allows the strategy's scopes and no others.
 * Where the gateway gets the tokens itself, a rule refuses them.
 */
export function requiredScopesWarning(props: PluginProps, scopes: readonly string[]): string | undefined {
  const token = scopesInQuestion(props, scopes);
  return token === undefined || requirementRules.requiredScopesAsked.holds(token)
    ? undefined
    : 'scopesRequired has no entry whose scopes are all in scopes, and the access policy allows clients those only: unless another policy of the authorization server allows more, the gateway refuses every token. Add the missing scopes to scopes, or require fewer.';
}

/** The scopes that a token of the strategy's scopes is to have; undefined where nothing can be said of them. */
function scopesInQuestion(
  { scopesRequired, scopesClaim, additionalProperties }: PluginProps,
  scopes: readonly string[],
): ScopesOfToken | undefined {
  const known =
    [scopesRequired, scopesClaim, scopes].every(isKnown) && !Token.isUnresolved(additionalProperties);
  // Another claim may hold anything.
  const inScopesClaim = String(scopesClaim ?? OKTA_SCOPES_CLAIM) === String(OKTA_SCOPES_CLAIM);
  return known && inScopesClaim && scopesRequired && scopesRequired.length > 0
    ? new ScopesOfToken(scopes, scopesRequired)
    : undefined;
}

/** The settings as the JSON text that the provider takes; undefined when nobody spoke of them. */
export function pluginSettings(props: PluginProps): string | undefined {
  const own = requirements(props);
  const { additionalProperties: more } = props;
  if (Token.isUnresolved(more)) {
    // What a map holds that is not known here wins, also over the default of a claim.
    return Object.keys(own).length === 0 ? jsonText(more) : Fn.jsonencode(Fn.merge([own, more]));
  }
  const settings = { ...own, ...more };
  const given = Object.values(settings).some((value) => value !== undefined);
  return given ? jsonText(settings) : more && NO_SETTINGS;
}

function requirements(props: PluginProps): { readonly [setting: string]: string[] } {
  const { scopesRequired, scopesClaim, audienceRequired, audienceClaim } = props;
  const settings = {
    scopes_required: scopesRequired,
    scopes_claim: scopesClaim ?? (scopesRequired && OKTA_SCOPES_CLAIM),
    audience_required: audienceRequired,
    audience_claim: audienceClaim,
  };
  return Object.fromEntries(
    Object.entries(settings).flatMap(([setting, value]) => (value === undefined ? [] : [[setting, value]])),
  );
}

/** What is known of the settings at synthesis. */
function settingsOf(additionalProperties: Settings | undefined): Settings {
  return Token.isUnresolved(additionalProperties) ? {} : (additionalProperties ?? {});
}

function isKnown(list: readonly string[] | undefined): boolean {
  return list === undefined || !(Token.isUnresolved(list) || list.some((each) => Token.isUnresolved(each)));
}
