import { Fn, Token } from 'cdktf';
import type { TokenRequirements } from '../konnect/token-requirements';
import { rules } from '../rules';
import {
  ClaimUse,
  OWN_SETTINGS,
  requirementRules,
  ScopesOfToken,
  SettingChoice,
} from '../rules-requirements';
import { type Check, check, checkEach } from '../validation';
import { jsonText } from './json-text';

/** Where Okta puts the scopes of an access token; the plugin looks for `scope`. */
const OKTA_SCOPES_CLAIM = ['scp'];

type Settings = { readonly [setting: string]: unknown };

/** Everything that decides the settings of the plugin that Konnect has no field for. */
interface PluginProps extends TokenRequirements {
  readonly additionalProperties?: Settings;
}

/** The rules for what a gateway asks of a token, and for the settings beside. */
export function pluginSettingsChecks(props: PluginProps): Check[] {
  const { scopesRequired, scopesClaim, audienceRequired, audienceClaim, additionalProperties } = props;
  const more = settingsOf(additionalProperties);
  const own = [...OWN_SETTINGS, ...Object.keys(requirements(props))];
  const requires = (required: string[] | undefined, setting: string) =>
    required !== undefined || setting in more || Token.isUnresolved(additionalProperties);
  return [
    check('scopesRequired', scopesRequired, requirementRules.requiredPresent),
    ...checkEach('scopesRequired', scopesRequired, requirementRules.requiredScopes),
    check('scopesClaim', scopesClaim, requirementRules.claimPathPresent),
    ...checkEach('scopesClaim', scopesClaim, rules.notEmpty),
    check(
      'scopesClaim',
      scopesClaim && new ClaimUse(scopesClaim, requires(scopesRequired, 'scopes_required')),
      requirementRules.scopesClaimUsed,
    ),
    check('audienceRequired', audienceRequired, requirementRules.requiredPresent),
    ...checkEach('audienceRequired', audienceRequired, requirementRules.requiredAudience),
    check('audienceClaim', audienceClaim, requirementRules.claimPathPresent),
    ...checkEach('audienceClaim', audienceClaim, rules.notEmpty),
    check(
      'audienceClaim',
      audienceClaim && new ClaimUse(audienceClaim, requires(audienceRequired, 'audience_required')),
      requirementRules.audienceClaimUsed,
    ),
    ...Object.keys(more).map((setting) =>
      check(`additionalProperties.${setting}`, new SettingChoice(setting, own), requirementRules.settingOnce),
    ),
  ];
}

/** The rule that a gateway does not refuse every token that it gets itself. */
export function requiredScopesChecks(
  { scopesRequired, scopesClaim, additionalProperties }: PluginProps,
  authMethods: readonly string[],
  scopes: readonly string[],
): Check[] {
  const lists = [scopesRequired, scopesClaim, authMethods, scopes];
  const known = lists.every(isKnown) && !Token.isUnresolved(additionalProperties);
  // Another claim may hold anything, so nothing can be said of it here.
  const claim = scopesClaim ?? settingsOf(additionalProperties).scopes_claim ?? OKTA_SCOPES_CLAIM;
  const inQuestion =
    known && authMethods.includes('client_credentials') && String(claim) === String(OKTA_SCOPES_CLAIM);
  return inQuestion && scopesRequired && scopesRequired.length > 0
    ? [
        check(
          'scopesRequired',
          new ScopesOfToken(scopes, scopesRequired),
          requirementRules.requiredScopesAsked,
        ),
      ]
    : [];
}

/** The settings as the JSON text that the provider takes; undefined when there is none. */
export function pluginSettings(props: PluginProps): string | undefined {
  const own = requirements(props);
  const { additionalProperties: more } = props;
  if (Object.keys(own).length === 0) {
    return jsonText(more);
  }
  // What a map holds that is not known here wins, also over the default of a claim.
  return Token.isUnresolved(more) ? Fn.jsonencode(Fn.merge([own, more])) : jsonText({ ...own, ...more });
}

function requirements(props: PluginProps): { readonly [setting: string]: string[] } {
  const { scopesRequired, scopesClaim, audienceRequired, audienceClaim, additionalProperties } = props;
  const hasClaim = 'scopes_claim' in settingsOf(additionalProperties);
  const okta = scopesRequired && !hasClaim ? OKTA_SCOPES_CLAIM : undefined;
  const settings = {
    scopes_required: scopesRequired,
    scopes_claim: scopesClaim ?? okta,
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
