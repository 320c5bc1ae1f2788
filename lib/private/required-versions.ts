import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { ValidationError } from '../errors';
import { VersionsOfStack } from '../rules-registration';
import { check, type Rule } from '../validation';
import { providerUsedBy } from './providers';

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
  construct.node.addValidation({
    validate: () => {
      const pinned = providerUsedBy('konnect', construct)?.terraformGeneratorMetadata;
      const versions = new VersionsOfStack(
        konnect.get(TerraformStack.of(construct)),
        pinned?.providerVersion ?? pinned?.providerVersionConstraint,
      );
      const failure = check('versions of kong/konnect', versions, rule).failure();
      return failure ? [new ValidationError(construct, [failure]).message] : [];
    },
  });
}
