import { type TerraformProvider, TerraformStack, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { ValidationError } from '../errors';
import { Occurrence, rules } from '../rules';
import { stackRules } from '../rules-stacks';
import { check } from '../validation';
import { providerOf, providerUsedBy, usesProvider } from './providers';

/**
 * Says which provider manages what a construct has in Konnect, and refuses one that speaks to Konnect's global URL:
 * portals, APIs, strategies and control planes live in a region.
 */
export function usesKonnect(
  construct: IConstruct,
  provider: TerraformProvider | undefined,
  prop = 'provider',
): void {
  usesProvider(construct, {
    name: 'konnect',
    provider,
    prop,
    checks: (used) => [
      check('serverUrl of the konnect provider', serverUrlOf(used), rules.regionalServerUrl),
    ],
  });
}

/**
 * Refuses parts that are in another region than the construct that puts them together.
 *
 * It is checked when the app is synthesized: a default provider may be created after the construct.
 */
export function requiresOneRegion(
  construct: IConstruct,
  parts: { readonly [prop: string]: IConstruct },
): void {
  construct.node.addValidation({
    validate: () => {
      const providers = [['provider', construct] as const, ...Object.entries(parts)].flatMap(
        ([prop, part]) => {
          const provider = providerUsedBy('konnect', part);
          return provider ? [{ prop, provider }] : [];
        },
      );
      // The usual case, and there may be thousands of publications.
      if (providers.every(({ provider }) => provider === providers[0].provider)) {
        return [];
      }
      const places = providers.flatMap(({ prop, provider }) => {
        const url = knownUrlOf(provider);
        return url === undefined ? [] : [{ prop, url }];
      });
      const failures = places.flatMap(({ prop, url }) => {
        const what = new Occurrence(`${url} beside ${places[0].url}`, url !== places[0].url);
        return check(prop, what, stackRules.oneRegion).failure() ?? [];
      });
      return failures.length > 0 ? [new ValidationError(construct, failures).message] : [];
    },
  });
}

/** The region that a provider speaks to, for example `eu`; undefined where its URL does not say it. */
export function regionOf(construct: IConstruct, provider: TerraformProvider | undefined): string | undefined {
  const serverUrl = serverUrlOf(providerOf('konnect', construct, provider)) ?? '';
  const region = /^https:\/\/([a-z]+)\.api\.konghq\.com\/?$/.exec(serverUrl)?.[1];
  return region === 'global' ? undefined : region;
}

/** Which Konnect region a construct belongs to: its provider, or its stack where the provider is Terraform's own default. */
export function konnectProviderOf(
  construct: IConstruct,
  provider: TerraformProvider | undefined,
): TerraformProvider | TerraformStack {
  return providerOf('konnect', construct, provider) ?? TerraformStack.of(construct);
}

/** The URL as it is compared; undefined where only the environment or Terraform knows it. */
function knownUrlOf(provider: TerraformProvider | undefined): string | undefined {
  const serverUrl = serverUrlOf(provider);
  return Token.isUnresolved(serverUrl) ? undefined : serverUrl?.toLowerCase().replace(/\/+$/, '');
}

/** Read structurally, so that an app without a provider of its own does not load the provider's bindings. */
function serverUrlOf(provider: TerraformProvider | undefined): string | undefined {
  const serverUrl = provider && 'serverUrl' in provider ? provider.serverUrl : undefined;
  return typeof serverUrl === 'string' ? serverUrl : undefined;
}
