import { type TerraformProvider, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Terraform's name of a provider. */
export type ProviderName = 'okta' | 'konnect';

/** Finds the providers of stacks. Caches them: a stack may have thousands of constructs. */
export class ProviderLookup {
  private readonly providers = new Map<TerraformStack, readonly TerraformProvider[]>();

  /** The explicit provider, or the default one of the construct's stack. */
  public find(
    construct: IConstruct,
    name: ProviderName,
    explicit: TerraformProvider | undefined,
  ): TerraformProvider | undefined {
    return explicit ?? this.all(TerraformStack.of(construct), name).find(({ alias }) => alias === undefined);
  }

  public all(stack: TerraformStack, name: ProviderName): readonly TerraformProvider[] {
    const providers = this.providers.get(stack) ?? stack.allProviders();
    this.providers.set(stack, providers);
    return providers.filter(({ terraformResourceType }) => terraformResourceType === name);
  }
}

/** The explicit provider, or the default one of the construct's stack. */
export function findProvider(
  construct: IConstruct,
  name: ProviderName,
  explicit: TerraformProvider | undefined,
): TerraformProvider | undefined {
  return new ProviderLookup().find(construct, name, explicit);
}

/** `serverUrl` of a konnect provider. Read without its class, so that an app without one does not load the bindings. */
export function serverUrlOf(provider: TerraformProvider | undefined): string | undefined {
  const url: unknown = provider && Reflect.get(provider, 'serverUrl');
  return typeof url === 'string' ? url : undefined;
}

/** The region that a konnect provider serves, for example `eu`. `undefined` if its URL does not name one. */
export function regionOf(provider: TerraformProvider | undefined): string | undefined {
  const [, region] = /^https:\/\/([a-z]+)\.api\.konghq\.com\/?$/.exec(serverUrlOf(provider) ?? '') ?? [];
  return region === 'global' ? undefined : region;
}
