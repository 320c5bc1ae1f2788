import { type TerraformProvider, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { isDetached } from './elements';
import { ProviderLookup, type ProviderName } from './providers';
import { addLazyWarning } from './validation';

/** How many names a warning lists. */
const MAX_NAMES = 3;

/** A name that is unique in an Okta org or a Konnect region. */
interface TenantName {
  readonly construct: IConstruct;
  readonly provider: ProviderName;
  readonly explicit: TerraformProvider | undefined;
  /** The resource with the name, for example `scope api.access of authorization server default`. */
  readonly label: string;
}

/**
 * Names that are unique in an Okta org or a Konnect region. Warns about two stacks that create the same name. An error
 * would be wrong: often only the environment knows whether both deploy to one org.
 */
export class TenantNames {
  private readonly names = new Map<TerraformStack, TenantName[]>();

  public add(construct: IConstruct, name: Omit<TenantName, 'construct'>): void {
    const stack = TerraformStack.of(construct);
    const names = this.names.get(stack);
    if (names) {
      names.push({ ...name, construct });
    } else {
      this.names.set(stack, [{ ...name, construct }]);
      addLazyWarning(stack, () => this.warning(stack));
    }
  }

  /** The warning for the later of two stacks. */
  private warning(stack: TerraformStack): string | undefined {
    const stacks = [...this.names.keys()];
    const others = stacks.slice(0, stacks.indexOf(stack));
    if (others.length === 0) {
      return undefined;
    }
    const lookup = new ProviderLookup();
    const own = this.keysOf(stack, lookup);
    for (const other of others) {
      const common = [...this.keysOf(other, lookup)].filter(([key]) => own.has(key));
      if (common.length > 0) {
        const labels = common.map(([, label]) => label);
        const more = labels.length > MAX_NAMES ? ` and ${labels.length - MAX_NAMES} more` : '';
        return `Stacks ${other.node.path} and ${stack.node.path} both create ${labels.slice(0, MAX_NAMES).join(', ')}${more}, and their providers have the same settings. If they deploy to one Okta org and Konnect organization, the second deployment fails. Use other names and an authorization server for each, or set orgName and baseUrl of the okta providers and serverUrl of the konnect providers.`;
      }
    }
    return undefined;
  }

  /** Labels by tenant and label, except tenants that are known only at apply. */
  private keysOf(stack: TerraformStack, lookup: ProviderLookup): Map<string, string> {
    const created = (this.names.get(stack) ?? []).filter(({ construct }) => !isDetached(construct));
    return new Map(
      created.flatMap(({ construct, provider, explicit, label }) => {
        const tenant = settingsOf(lookup.find(construct, provider, explicit));
        return tenant === undefined ? [] : [[`${tenant}\n${label}`, label] as const];
      }),
    );
  }
}

/** The settings of a provider as text. `undefined` if one is known only at apply, and may differ. */
function settingsOf(provider: TerraformProvider | undefined): string | undefined {
  const { alias: _, ...settings } = Reflect.get(provider ?? {}, 'synthesizeAttributes')?.call(provider) ?? {};
  const text = JSON.stringify(settings);
  return text.includes('${') ? undefined : text;
}
