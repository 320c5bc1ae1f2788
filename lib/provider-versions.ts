import type { TerraformStack } from 'cdktf';
import { shapeChecks } from './private/kinds';
import { setKonnectVersions } from './private/required-versions';
import { PROVIDER_VERSIONS } from './private/shapes/oidc';
import { rules } from './rules';
import { check, validate } from './validation';

/** Which versions of the two providers a stack accepts, as Terraform version constraints. */
export interface ProviderVersionsProps {
  /**
   * Versions of okta/okta.
   *
   * @default >= 4.20.0, < 7.0.0
   */
  readonly okta?: string;

  /**
   * Versions of kong/konnect. Developers, applications and registrations of a portal need
   * `>= 3.21.0, < 4.0.0`, or another range that begins at 3.21.0 or later; roles of portal teams one that begins at
   * 3.20.0 or later.
   *
   * @default ~> 3.19
   */
  readonly konnect?: string;
}

/** Version constraints of the providers in a stack. */
export class ProviderVersions {
  /**
   * Lets a stack take every provider version in the ranges that the library is tested with. Without it
   * the stack takes exactly the versions that the bindings were generated from.
   *
   * @throws ValidationError when a constraint is none
   */
  public static require(stack: TerraformStack, versions: ProviderVersionsProps = {}): void {
    validate(stack, shapeChecks(versions, PROVIDER_VERSIONS));
    const { okta = '>= 4.20.0, < 7.0.0', konnect = '~> 3.19' } = versions;
    validate(stack, [
      check('okta', okta, rules.versionConstraint),
      check('konnect', konnect, rules.versionConstraint),
    ]);
    stack.addOverride('terraform.required_providers.okta', { source: 'okta/okta', version: okta });
    stack.addOverride('terraform.required_providers.konnect', { source: 'kong/konnect', version: konnect });
    setKonnectVersions(stack, konnect);
  }

  private constructor() {}
}
