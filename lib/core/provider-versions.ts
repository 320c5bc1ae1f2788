import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { propsSpec, validateProps } from './props-spec';
import { addSynthesisCheck } from './provider-construct';
import { Registry } from './registry';
import { text } from './specs';
import type { Rule } from './validation';

/** Default version constraints: the ranges that this library is tested with. */
const OKTA_VERSIONS = '>= 4.20.0, != 6.6.0, < 8.0.0';
const KONNECT_VERSIONS = '~> 3.19';

/** Version constraints of the two providers, as Terraform writes them. */
export interface ProviderVersionsProps {
  /**
   * Versions of okta/okta.
   *
   * @default >= 4.20.0, != 6.6.0, < 8.0.0. okta 6.6.0 cannot create applications with OAuth access
   */
  readonly okta?: string;

  /**
   * Versions of kong/konnect. Developers, applications and registrations of a portal need a range that starts at
   * 3.21.0 or later, for example `~> 3.21`. Roles of portal teams need one that starts at 3.20.0 or later, developers of
   * teams 3.24.0.
   *
   * @default ~> 3.19
   */
  readonly konnect?: string;
}

const VERSION_CONSTRAINT: Rule<string> = {
  rule: 'must be a version constraint (Terraform)',
  remedy: 'Write it like ~> 3.19 or >= 4.20.0, < 8.0.0',
  isValid: (constraint) =>
    constraint
      .split(',')
      .every((part) => /^\s*(=|!=|>|>=|<|<=|~>)?\s*\d+(\.\d+){0,2}(-[0-9A-Za-z.-]+)?\s*$/.test(part)),
};

export const PROVIDER_VERSIONS = propsSpec<ProviderVersionsProps>({
  okta: text().check(VERSION_CONSTRAINT),
  konnect: text().check(VERSION_CONSTRAINT),
});

/** Version constraints of the providers of a stack. */
export class ProviderVersions {
  /**
   * Lets a stack use every provider version that the library is tested with. Without it the stack uses exactly the
   * versions that the bindings were generated from.
   *
   * @param scope the stack, or a construct in it
   * @throws ValidationError if a constraint is invalid
   */
  public static require(scope: Construct, versions: ProviderVersionsProps = {}): void {
    const registry = Registry.of(scope);
    const stack = TerraformStack.of(scope);
    validateProps(stack, versions, PROVIDER_VERSIONS);
    const { okta = OKTA_VERSIONS, konnect = KONNECT_VERSIONS } = versions;
    stack.addOverride('terraform.required_providers.okta', { source: 'okta/okta', version: okta });
    stack.addOverride('terraform.required_providers.konnect', { source: 'kong/konnect', version: konnect });
    registry.konnectVersions.set(stack, konnect);
  }

  private constructor() {}
}

/**
 * Requires at synthesis that the stack accepts no version of kong/konnect before `minimum`. The stack may set its
 * versions, or get its provider, after the construct.
 *
 * @param minimum the first version with the resource, for example `3.21.0`
 * @param what the resources that the version brought
 */
export function requireKonnectVersion(construct: Construct, minimum: string, what: string): void {
  addSynthesisCheck(construct, () => {
    const registry = Registry.of(construct);
    const constraint = registry.konnectVersions.get(TerraformStack.of(construct));
    const bindings = registry.rules.providerOf(construct)?.terraformGeneratorMetadata;
    const pinned = bindings?.providerVersion ?? bindings?.providerVersionConstraint;
    return [
      {
        prop: 'versions of kong/konnect',
        value: constraint ?? (pinned ? `exactly ${pinned}, the version of the bindings` : 'any version'),
        isValid: startsAt(constraint ?? pinned ?? '', minimum),
        rule: `must start at ${minimum} or later: older versions have no ${what}`,
        remedy: `Call ProviderVersions.require(stack, { konnect: '>= ${minimum}, < 4.0.0' })`,
      },
    ];
  });
}

/** Whether one part of the constraint excludes all versions before `minimum`. */
function startsAt(constraint: string, minimum: string): boolean {
  const least = minimum.split('.').map(Number);
  return constraint.split(',').some((part) => {
    const [, lower, major, minor = '0', patch = '0', prerelease] =
      /^\s*(=|>=|>|~>|)\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?(-.+)?\s*$/.exec(part) ?? [];
    if (lower === undefined) {
      return false;
    }
    const version = [major, minor, patch].map(Number);
    const place = version.findIndex((number, index) => number !== least[index]);
    // 3.21.0-beta is before 3.21.0.
    return place < 0 ? prerelease === undefined : version[place] > least[place];
  });
}
