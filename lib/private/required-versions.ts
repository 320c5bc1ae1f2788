import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { VersionsOfStack } from '../rules-registration';
import { check, type Rule } from '../validation';
import { providerUsedBy } from './providers';
import { checkAtSynthesis } from './synthesis-checks';

/** Versions of kong/konnect that stacks accept, where `ProviderVersions.require` said so. */
const konnect = new WeakMap<TerraformStack, string>();

/** Remembers which versions of kong/konnect the stack accepts. */
export function setKonnectVersions(stack: TerraformStack, constraint: string): void {
  konnect.set(stack, constraint);
}

/**
 * Refuses a construct that exists from some version of kong/konnect on in a stack that accepts an older one.
 *
 * It is checked when the app is synthesized: the stack may ask for its versions, or get its provider, after the
 * construct.
 */
export function requiresKonnect(construct: Construct, rule: Rule<VersionsOfStack>): void {
  checkAtSynthesis(construct, () => {
    const pinned = providerUsedBy('konnect', construct)?.terraformGeneratorMetadata;
    const versions = new VersionsOfStack(
      konnect.get(TerraformStack.of(construct)),
      pinned?.providerVersion ?? pinned?.providerVersionConstraint,
    );
    return [check('versions of kong/konnect', versions, rule)];
  });
}
