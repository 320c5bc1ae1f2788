import { type TerraformProvider, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { ValidationError } from '../errors';
import { Occurrence } from '../rules';
import { stackRules } from '../rules-stacks';
import { type Check, check, validate } from '../validation';

/** What Terraform calls the two providers. */
export type ProviderName = 'okta' | 'konnect';

/** How a construct comes to the provider of its resources. */
export interface ProviderUse {
  readonly name: ProviderName;
  /** What the user passed; undefined for the default provider of the stack. */
  readonly provider: TerraformProvider | undefined;
  /** The prop that it was passed as. */
  readonly prop: string;
  /** What is asked of the provider at synthesis. */
  readonly checks?: (provider: TerraformProvider) => Check[];
}

/** What the constructs were told, by provider. */
const told = {
  okta: new WeakMap<IConstruct, TerraformProvider | undefined>(),
  konnect: new WeakMap<IConstruct, TerraformProvider | undefined>(),
};

/** The providers of each stack, found once for a synthesis: a stack may hold thousands of APIs. */
const found = new WeakMap<TerraformStack, readonly TerraformProvider[]>();
const forgetful = new WeakSet<TerraformStack>();

/**
 * Says which provider manages the resources of a construct, and refuses one of another stack.
 *
 * Whether there is a default provider is checked when the app is synthesized: it may be created after the construct.
 */
export function usesProvider(construct: IConstruct, use: ProviderUse): void {
  validate(construct, providerChecks(construct, use.prop, use.provider));
  told[use.name].set(construct, use.provider);
  forgetsProviders(TerraformStack.of(construct));
  construct.node.addValidation({
    validate: () => {
      const checks = synthesisChecks(construct, use);
      const failures =
        checks.length === 0 || isSaidAbove(construct, use)
          ? []
          : checks.flatMap((each) => each.failure() ?? []);
      return failures.length > 0 ? [new ValidationError(construct, failures).message] : [];
    },
  });
}

/** The rule for a provider that a construct, or what is added to it, is to have. */
export function providerChecks(
  construct: IConstruct,
  prop: string,
  provider: TerraformProvider | undefined,
): Check[] {
  if (provider === undefined) {
    return [];
  }
  const own = TerraformStack.of(provider) === TerraformStack.of(construct);
  return [check(prop, new Occurrence(provider.node.path, own), stackRules.providerOfStack)];
}

/** What the construct was told to take, undefined where nobody said. */
export function providerToldTo(name: ProviderName, construct: IConstruct): TerraformProvider | undefined {
  return told[name].get(construct);
}

/** The provider that manages the resources of a construct; undefined for a construct without any. */
export function providerUsedBy(name: ProviderName, construct: IConstruct): TerraformProvider | undefined {
  return told[name].has(construct) ? providerOf(name, construct, told[name].get(construct)) : undefined;
}

/** The given provider, or the default one of the construct's stack. */
export function providerOf(
  name: ProviderName,
  construct: IConstruct,
  provider: TerraformProvider | undefined,
): TerraformProvider | undefined {
  return provider ?? providersFor(name, construct).find(({ alias }) => alias === undefined);
}

function synthesisChecks(construct: IConstruct, { name, provider, prop, checks }: ProviderUse): Check[] {
  const used = providerOf(name, construct, provider);
  if (used) {
    return checks?.(used) ?? [];
  }
  const others = providersFor(name, construct).map(({ alias }) => `${name}.${alias}`);
  return [
    check(prop, new Occurrence(`none of ${others.join(', ')}`, others.length > 0), stackRules.providerGiven),
  ];
}

/** Whether a construct around this one takes the same provider, so that one of them is enough to tell the user. */
function isSaidAbove(construct: IConstruct, { name, provider }: ProviderUse): boolean {
  for (let { scope } = construct.node; scope; scope = scope.node.scope) {
    if (told[name].has(scope) && told[name].get(scope) === provider) {
      return true;
    }
  }
  return false;
}

function providersFor(name: ProviderName, construct: IConstruct): TerraformProvider[] {
  const stack = TerraformStack.of(construct);
  const providers = found.get(stack) ?? stack.allProviders();
  found.set(stack, providers);
  return providers.filter(({ terraformResourceType }) => terraformResourceType === name);
}

/** The stack is validated before what is in it, so each synthesis looks for the providers anew. */
function forgetsProviders(stack: TerraformStack): void {
  if (!forgetful.has(stack)) {
    forgetful.add(stack);
    stack.node.addValidation({
      validate: () => {
        found.delete(stack);
        return [];
      },
    });
  }
}
