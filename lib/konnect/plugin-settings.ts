import { Fn, Token } from 'cdktf';
import type { PropsRule } from '../core/props-spec';
import { json, listOf, text } from '../core/specs';
import { toJson } from '../core/terraform-text';
import type { Rule } from '../core/validation';
import { SETTINGS_WITH_PROP } from './settings-with-prop';

const PLUGIN = 'Kong openid-connect plugin';

/** Claim with the scopes of an Okta access token. The plugin's default is `scope`. */
const OKTA_SCOPES_CLAIM = ['scp'];

/**
 * Written for `additionalProperties: {}`: the plugin's own default. The provider keeps the deployed settings if they
 * are left out, and writes an empty object at every deployment because it never reads it back.
 */
const NO_SETTINGS = toJson({ audience_claim: ['aud'] });

/**
 * What a gateway requires of an access token in addition to being valid, both of tokens that clients send and of tokens
 * that the gateway requests with client credentials. Other tokens get 403.
 *
 * To remove the last of these and `additionalProperties`, set `additionalProperties: {}`. Otherwise the provider keeps
 * the deployed settings, and the plan is empty.
 */
export interface TokenRequirements {
  /**
   * Scopes that a token must have (`scopes_required` of Kong's openid-connect plugin). One item has to match, and an
   * item matches if the token has every scope in it: `['read write']` requires both, `['read', 'write']` one of them.
   *
   * @default - any scope
   */
  readonly scopesRequired?: string[];

  /**
   * Claim with the scopes. Several names are the path to one nested claim, outermost first.
   *
   * @default - ['scp'], Okta's claim, if scopesRequired is set
   */
  readonly scopesClaim?: string[];

  /**
   * Audiences that a token must have, one of them.
   *
   * @default - any audience
   */
  readonly audienceRequired?: string[];

  /**
   * Claim with the audience. Several names are the path to one nested claim, outermost first.
   *
   * @default - ['aud']
   */
  readonly audienceClaim?: string[];
}

/** Token requirements and other settings of the plugin. */
interface PluginProps extends TokenRequirements {
  readonly additionalProperties?: { readonly [setting: string]: unknown };
}

const CLAIM_PATH = listOf(text().notBlank(), { minItems: 1, source: PLUGIN });

export const TOKEN_REQUIREMENTS = {
  scopesRequired: listOf(
    text().check({
      rule: `must be scopes separated by one space (${PLUGIN})`,
      remedy: 'Write scopes that a token must have together as one item, alternatives as several items',
      isValid: (item) => /^\S+( \S+)*$/.test(item),
      schema: { pattern: '^\\S+( \\S+)*$' },
    }),
    { minItems: 1, source: PLUGIN },
  ),
  scopesClaim: CLAIM_PATH,
  audienceRequired: listOf(
    text().check({
      rule: `must be one audience without white space (${PLUGIN}, Okta)`,
      remedy: 'Use the audience of the authorization server, alternatives as several items',
      isValid: (item) => /^\S+$/.test(item),
      schema: { pattern: '^\\S+$' },
    }),
    { minItems: 1, source: PLUGIN },
  ),
  audienceClaim: CLAIM_PATH,
};

const OWN_SETTING: Rule = {
  rule: `must not contain a setting that has a prop (${SETTINGS_WITH_PROP.join(', ')})`,
  remedy: 'Use the prop of that name, in camel case',
  isValid: (settings) =>
    !Object.keys(Object(settings)).some((setting) => SETTINGS_WITH_PROP.includes(setting)),
};

export const ADDITIONAL_PROPERTIES = json().check(OWN_SETTING);

/** Rules about several settings. */
export const PLUGIN_RULES: readonly PropsRule<PluginProps>[] = [
  claimRule('scopesClaim', 'scopesRequired'),
  claimRule('audienceClaim', 'audienceRequired'),
];

/** Rule that the gateway accepts the tokens that it requests itself. */
export const REQUIRED_SCOPES = {
  rule: `must have an item whose scopes are all in scopes: with client_credentials the gateway requests a token with those only, and would reject it (${PLUGIN})`,
  remedy: 'Add the missing scopes to scopes, or require fewer',
};

/**
 * Whether a token with all scopes of the strategy meets `scopesRequired`, as far as is known at synthesis.
 */
export function meetsRequiredScopes(props: PluginProps, scopes: readonly string[]): boolean {
  const { scopesRequired, scopesClaim = OKTA_SCOPES_CLAIM, additionalProperties } = props;
  const isKnown =
    [scopesRequired, scopesClaim, scopes].every(isKnownList) && !Token.isUnresolved(additionalProperties);
  // Another claim may contain anything. An empty list breaks another rule.
  if (!isKnown || !scopesRequired?.length || String(scopesClaim) !== String(OKTA_SCOPES_CLAIM)) {
    return true;
  }
  return scopesRequired.some((item) => item.split(' ').every((scope) => scopes.includes(scope)));
}

/** The settings as the JSON text that the provider takes. `undefined` if none are set. */
export function pluginSettings(props: PluginProps): string | undefined {
  const requirements = definedRequirements(props);
  const { additionalProperties: others } = props;
  if (Token.isUnresolved(others)) {
    // A map that is known at apply may overrule the default of a claim.
    return Object.keys(requirements).length === 0
      ? toJson(others)
      : Fn.jsonencode(Fn.merge([requirements, others]));
  }
  const settings = { ...requirements, ...others };
  const isSet = Object.values(settings).some((value) => value !== undefined);
  return isSet ? toJson(settings) : others && NO_SETTINGS;
}

function definedRequirements(props: TokenRequirements): { readonly [setting: string]: string[] } {
  const settings = {
    scopes_required: props.scopesRequired,
    scopes_claim: props.scopesClaim ?? (props.scopesRequired && OKTA_SCOPES_CLAIM),
    audience_required: props.audienceRequired,
    audience_claim: props.audienceClaim,
  };
  return Object.fromEntries(
    Object.entries(settings).flatMap(([setting, value]) => (value === undefined ? [] : [[setting, value]])),
  );
}

function claimRule(
  claim: 'scopesClaim' | 'audienceClaim',
  required: 'scopesRequired' | 'audienceRequired',
): PropsRule<PluginProps> {
  return {
    prop: claim,
    rule: `needs ${required}: the gateway reads the claim only for those (${PLUGIN})`,
    remedy: `Set ${required}, or remove the claim`,
    isValid: (props) =>
      props[claim] === undefined ||
      props[required] !== undefined ||
      Token.isUnresolved(props.additionalProperties),
  };
}

function isKnownList(list: readonly string[] | undefined): boolean {
  return list === undefined || !(Token.isUnresolved(list) || list.some((each) => Token.isUnresolved(each)));
}
