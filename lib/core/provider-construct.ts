import type {
  ITerraformDependable,
  TerraformMetaArguments,
  TerraformProvider,
  TerraformResource,
  TerraformResourceLifecycle,
} from 'cdktf';
import { Annotations, Aspects } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { escapeTemplates } from './escape-templates';
import type { ProviderName } from './providers';
import { Registry } from './registry';
import type { ProviderOptions, ResourceProps } from './resource-props';
import { type Check, Failures } from './validation';

/** A construct with resources of one provider. */
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
    const { provider, dependsOn, preventDestroy }: Partial<ResourceProps> = Object(props);
    this.provider = provider;
    this.dependencies = dependsOn;
    this.isProtected = preventDestroy === true;
  }

  /** Completes the configuration of the main resource: meta-arguments, and every text escaped. */
  protected resourceConfig<T extends TerraformMetaArguments>(
    attributes: Omit<T, keyof TerraformMetaArguments>,
    lifecycle: TerraformResourceLifecycle = {},
  ): T {
    this.requireProvider();
    const merged = { ...lifecycle, ...(this.isProtected ? { preventDestroy: true } : {}) };
    const isUsed = Object.values(merged).some((value) => value !== undefined);
    return escapeTemplates({
      ...attributes,
      provider: this.provider,
      dependsOn: this.dependencies,
      lifecycle: isUsed ? merged : undefined,
    }) as unknown as T;
  }

  /** Requires at synthesis that the stack has the provider. */
  protected requireProvider(): void {
    Registry.of(this).rules.addProviderUse(this, {
      name: this.providerName,
      provider: this.provider,
      prop: 'provider',
    });
  }
}

/** A construct with resources in Okta. */
export abstract class OktaConstruct extends ProviderConstruct {
  protected constructor(scope: Construct, id: string, props: ResourceProps) {
    super(scope, id, 'okta', props);
  }
}

/** A construct with resources in Konnect. */
export abstract class KonnectConstruct extends ProviderConstruct {
  /** Ids that the construct had before, oldest first, if its id derives from the path of another construct. */
  public formerIds?: () => readonly string[];

  protected constructor(scope: Construct, id: string, props: ResourceProps) {
    super(scope, id, 'konnect', props);
  }
}

/** Whether the app creates what the construct stands for. Otherwise it references something that exists. */
export function isOwned<T extends IConstruct>(
  construct: T,
): construct is T & { readonly resource: TerraformResource } {
  return 'resource' in construct;
}

/** Options that inherit a provider if they have none. `provider: undefined` is the same as no provider. */
export function inheritProvider<T extends ProviderOptions>(
  options: T,
  provider: TerraformProvider | undefined,
): T {
  // The options are validated later, so they may be anything.
  return options?.provider === undefined ? { ...options, provider } : options;
}

/** Checks a construct at synthesis, for what may change until then. */
export function addSynthesisCheck(construct: IConstruct, checks: () => readonly Check[]): void {
  construct.node.addValidation({
    validate: () => {
      const failures = new Failures(construct);
      failures.addChecks(checks());
      const all = failures.all();
      return all.length > 0 ? [Registry.of(construct).formatError(construct, all)] : [];
    },
  });
}

/** Adds a warning at synthesis. `undefined` for no warning. */
export function addLazyWarning(construct: IConstruct, warning: () => string | undefined): void {
  Aspects.of(construct).add({
    // An aspect visits the children too.
    visit: (node) => {
      const message = node === construct ? warning() : undefined;
      if (message !== undefined) {
        Annotations.of(construct).addWarning(message);
      }
    },
  });
}
