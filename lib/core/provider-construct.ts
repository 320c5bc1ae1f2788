import {
  type ITerraformDependable,
  type TerraformMetaArguments,
  TerraformProvider,
  type TerraformResource,
  type TerraformResourceLifecycle,
  TerraformStack,
} from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { MovedBlocks } from './former-paths';
import { propsSpec, validateArgument } from './props-spec';
import type { ProviderName } from './providers';
import { identityKey, Registry } from './registry';
import { releaseConstruct } from './release';
import { CHILD_ID, dependency, flag, listOf, Place, provider } from './specs';
import { escapeTemplates, referenceList } from './terraform-text';
import { isToken } from './tokens';
import { type Check, requireValid } from './validation';

/** The provider of a construct. */
export interface ProviderOptions {
  /**
   * Provider of the resources, in the same stack. For stacks with several Okta orgs or Konnect regions.
   *
   * @default - the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/** Terraform meta-arguments of every construct of this library. */
export interface ResourceProps extends ProviderOptions {
  /**
   * Resources of the same stack to create before the resources of the construct.
   *
   * @default - the resources that its attributes reference
   */
  readonly dependsOn?: ITerraformDependable[];

  /**
   * Whether Terraform rejects a plan that would destroy the construct's main resource. It does not if the construct is
   * removed or renamed: `Moves.from` keeps the resources of a renamed construct.
   *
   * @default false
   */
  readonly preventDestroy?: boolean;
}

const providerOptions = (name: ProviderName, place?: Place) =>
  propsSpec<ProviderOptions>({ provider: provider(name, place) });

const resourceProps = (name: ProviderName, place?: Place) =>
  propsSpec<ResourceProps>({
    ...providerOptions(name, place).fields,
    dependsOn: listOf(dependency(place)).known(),
    preventDestroy: flag().known(),
  });

export const OKTA_PROVIDER_OPTIONS = providerOptions('okta');
export const KONNECT_PROVIDER_OPTIONS = providerOptions('konnect');
export const OKTA_RESOURCE_PROPS = resourceProps('okta');
export const KONNECT_RESOURCE_PROPS = resourceProps('konnect');

/** Meta-arguments of a construct that may be created in another stack than the one that validates them. */
export const KONNECT_RESOURCE_PROPS_OF_ANY_STACK = resourceProps('konnect', Place.ANY_STACK);

/**
 * A construct with resources of one provider.
 *
 * @internal
 */
export abstract class ProviderConstruct extends Construct {
  /** Provider of the resources, `undefined` for the stack's default provider. */
  public readonly provider?: TerraformProvider;

  private readonly dependencies?: ITerraformDependable[];
  private readonly isProtected: boolean;

  protected constructor(
    scope: Construct,
    id: string,
    private readonly providerName: ProviderName,
    props: ResourceProps,
  ) {
    super(scope, id);
    // Props are validated after this constructor, so they may be anything.
    const options: Partial<ResourceProps> = Object(props);
    this.provider = options.provider;
    this.dependencies = options.dependsOn;
    this.isProtected = options.preventDestroy === true;
    if (TerraformProvider.isTerraformProvider(options.provider)) {
      this._requireProvider();
    }
  }

  /**
   * Hands the resources over: Terraform forgets them and destroys nothing. Deploy with the call, then delete the
   * construct from the code. Needs Terraform 1.7.
   *
   * @throws ValidationError if the construct references an existing resource. At synthesis, if anything still refers to
   * a resource
   */
  public release(): void {
    releaseConstruct(this);
  }

  /**
   * Completes the configuration of the main resource: meta-arguments, and every text escaped.
   *
   * @internal
   */
  protected _resourceConfig<T extends TerraformMetaArguments>(
    attributes: Omit<T, keyof TerraformMetaArguments>,
    lifecycle: TerraformResourceLifecycle = {},
  ): Omit<T, keyof TerraformMetaArguments> & TerraformMetaArguments {
    this._requireProvider();
    const { ignoreChanges } = lifecycle;
    const merged = {
      ...lifecycle,
      ...(Array.isArray(ignoreChanges) && { ignoreChanges: referenceList(() => ignoreChanges) }),
      ...(this.isProtected && { preventDestroy: true }),
    };
    const isUsed = Object.values(merged).some((value) => value !== undefined);
    return escapeTemplates({
      ...attributes,
      provider: this.provider,
      dependsOn: this.dependencies,
      lifecycle: isUsed ? merged : undefined,
    });
  }

  /**
   * Warns if another stack that may deploy to the same tenant creates something with this label.
   *
   * @internal
   */
  protected _addTenantName(label: string): void {
    if (!isToken(label)) {
      const { providerName: provider, provider: explicit } = this;
      Registry.of(this).tenantNames.add(this, { provider, explicit, label });
    }
  }

  /**
   * Requires at synthesis that no other construct of the app has the name in the tenant. Warns as `_addTenantName` does.
   *
   * @param kind what has the name, for example `portal`
   * @internal
   */
  protected _requireUniqueName(kind: string, name: string): void {
    this._addTenantName(`${kind} ${name}`);
    Registry.of(this).rules.addUniqueName(this, {
      prop: 'name',
      name: () => name,
      scopes: (lookup) => [lookup.find(this, this.providerName, this.provider) ?? TerraformStack.of(this)],
      rule: `must not be the name of another ${kind} (${this.providerName === 'okta' ? 'Okta' : 'Konnect'})`,
      remedy: 'Set another name for one of the two',
    });
  }

  /**
   * Requires at synthesis that the stack has the provider.
   *
   * @internal
   */
  protected _requireProvider(): void {
    Registry.of(this).rules.addProviderUse(this, {
      name: this.providerName,
      provider: this.provider,
      prop: 'provider',
    });
  }
}

/**
 * A construct with resources in Okta.
 *
 * @internal
 */
export abstract class OktaConstruct extends ProviderConstruct {
  protected constructor(scope: Construct, id: string, props: ResourceProps) {
    super(scope, id, 'okta', props);
  }
}

/**
 * A construct with resources in Konnect.
 *
 * @internal
 */
export abstract class KonnectConstruct extends ProviderConstruct {
  /**
   * Ids that the construct had before, oldest first, if its id derives from the path of another construct.
   *
   * @internal
   */
  protected _formerIds?: () => readonly string[];

  protected constructor(scope: Construct, id: string, props: ResourceProps) {
    super(scope, id, 'konnect', props);
  }

  /**
   * Lets the construct follow the moves of the construct that its id derives from.
   *
   * @internal
   */
  public _deriveFormerIds(formerIds: () => readonly string[]): void {
    this._formerIds = formerIds;
    // `Moves.from` makes only the stack of the other construct write blocks.
    MovedBlocks.ensure(TerraformStack.of(this));
  }
}

/** Whether the app creates the resource. Otherwise the construct references an existing one. */
export function isOwned<T extends IConstruct>(
  construct: T,
): construct is T & { readonly resource: TerraformResource } {
  return 'resource' in construct;
}

/**
 * Whether two constructs are different resources for certain: this app creates both, or both ids are known. A reference
 * whose id is known at apply may be any resource.
 */
export function areDifferent<T extends IConstruct>(one: T, other: T, idOf: (each: T) => string): boolean {
  const [id, otherId] = [idOf(one), idOf(other)];
  const isCertain = (isOwned(one) && isOwned(other)) || (!isToken(id) && !isToken(otherId));
  return isCertain && identityKey(id, one) !== identityKey(otherId, other);
}

/** Adds the provider to options without one. `provider: undefined` is the same as no provider. */
export function inheritProvider<T extends ProviderOptions>(
  options: T,
  provider: TerraformProvider | undefined,
): T {
  // The options are validated later, so they may be anything.
  return options?.provider === undefined ? { ...options, provider } : options;
}

/** Adds checks that run at synthesis, for values that may change until then. */
export function addSynthesisCheck(construct: IConstruct, checks: () => readonly Check[]): void {
  construct.node.addValidation({
    validate: () => Registry.of(construct).formatChecks(checks().map((check) => [construct, check])),
  });
}

/**
 * Creates a child, and removes it if its input is invalid. Otherwise CDK rejects a corrected child with the same id.
 *
 * @param prefix of the construct id
 * @throws ValidationError if a child has the id. CDK's own error has no remedy
 */
export function createChild<T>(
  parent: IConstruct,
  id: string,
  create: (constructId: string) => T,
  prefix = '',
): T {
  validateArgument(parent, 'id', id, CHILD_ID);
  const constructId = `${prefix}${id}`;
  requireValid(parent, {
    prop: 'id',
    value: id,
    isValid: parent.node.tryFindChild(constructId) === undefined,
    rule: 'must not be the id of another child of the construct',
    remedy: 'Use another id',
  });
  try {
    return create(constructId);
  } catch (error) {
    parent.node.tryRemoveChild(constructId);
    throw error;
  }
}
