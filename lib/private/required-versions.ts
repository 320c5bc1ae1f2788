import type { TerraformStack } from 'cdktf';

/** Versions of kong/konnect that stacks accept, where `ProviderVersions.require` said so. */
const konnect = new WeakMap<TerraformStack, string>();

/** Remembers which versions of kong/konnect the stack accepts. */
export function setKonnectVersions(stack: TerraformStack, constraint: string): void {
  konnect.set(stack, constraint);
}

/** Which versions of kong/konnect the stack accepts; undefined where nobody said. */
export function konnectVersionsOf(stack: TerraformStack): string | undefined {
  return konnect.get(stack);
}
