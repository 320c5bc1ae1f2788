import { TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { ValidationError } from '../errors';
import { rules } from '../rules';
import { check } from '../validation';

/**
 * Refuses a provider that speaks to Konnect's global URL for something that lives in a region.
 *
 * It is checked when the app is synthesized: the provider may be created after the construct.
 */
export function requiresRegion(construct: Construct, provider: TerraformProvider | undefined): void {
  construct.node.addValidation({
    validate: () => {
      const serverUrl = serverUrlOf(providerOf(construct, provider));
      const failure = check(
        'serverUrl of the konnect provider',
        serverUrl,
        rules.regionalServerUrl,
      ).failure();
      return failure ? [new ValidationError(construct, [failure]).message] : [];
    },
  });
}

/** The region that a provider speaks to, for example `eu`; undefined where its URL does not say it. */
export function regionOf(construct: Construct, provider: TerraformProvider | undefined): string | undefined {
  const serverUrl = serverUrlOf(providerOf(construct, provider)) ?? '';
  const region = /^https:\/\/([a-z]+)\.api\.konghq\.com\/?$/.exec(serverUrl)?.[1];
  return region === 'global' ? undefined : region;
}

/** The given provider, or the default one of the construct's stack. */
export function providerOf(
  construct: Construct,
  provider: TerraformProvider | undefined,
): TerraformProvider | undefined {
  return provider ?? defaultProvider(construct);
}

/** Which Konnect region a construct belongs to: its provider, or its stack where the provider is Terraform's own default. */
export function konnectProviderOf(
  construct: Construct,
  provider: TerraformProvider | undefined,
): TerraformProvider | TerraformStack {
  return provider ?? defaultProvider(construct) ?? TerraformStack.of(construct);
}

/** Found once for each stack: a stack may hold thousands of APIs. */
const defaultProviders = new WeakMap<TerraformStack, TerraformProvider>();

function defaultProvider(construct: Construct): TerraformProvider | undefined {
  const stack = TerraformStack.of(construct);
  const found =
    defaultProviders.get(stack) ??
    stack.node.children.find(
      (child): child is TerraformProvider =>
        TerraformProvider.isTerraformProvider(child) &&
        child.terraformResourceType === 'konnect' &&
        child.alias === undefined,
    );
  if (found) {
    defaultProviders.set(stack, found);
  }
  return found;
}

/** Read structurally, so that an app without a provider of its own does not load the provider's bindings. */
function serverUrlOf(provider: TerraformProvider | undefined): string | undefined {
  const serverUrl = provider && 'serverUrl' in provider ? provider.serverUrl : undefined;
  return typeof serverUrl === 'string' ? serverUrl : undefined;
}
