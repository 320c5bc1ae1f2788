import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { ValidationError } from '../errors';
import { ConstraintOfStack, registrationRules } from '../rules-registration';
import { check } from '../validation';
import { konnectVersionsOf } from './required-versions';

/**
 * Refuses a construct that exists from kong/konnect 3.21 on in a stack that accepts an older one.
 *
 * It is checked when the app is synthesized: the stack may ask for its versions after the construct.
 */
export function requiresKonnect321(construct: Construct): void {
  construct.node.addValidation({
    validate: () => {
      const asked = new ConstraintOfStack(konnectVersionsOf(TerraformStack.of(construct)));
      const failure = check('versions of kong/konnect', asked, registrationRules.konnect321).failure();
      return failure ? [new ValidationError(construct, [failure]).message] : [];
    },
  });
}
