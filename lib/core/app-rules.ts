import { type TerraformProvider, TerraformStack, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { isDetached } from './elements';
import { requireBindingsOfFramework } from './framework';
import { findProvider, ProviderLookup, type ProviderName, serverUrlOf } from './providers';
import { isToken } from './tokens';
import type { Check, ConstructCheck, RuleText } from './validation';

/** The provider that manages the resources of a construct. */
interface ProviderUse {
  readonly name: ProviderName;
  /** `undefined` for the default provider of the stack. */
  readonly provider: TerraformProvider | undefined;
  /** The prop that sets it. */
  readonly prop: string;
}

/** A name that must be unique in its scopes. */
interface UniqueName extends RuleText {
  readonly prop: string;
  /** Evaluated at synthesis, because a default name follows `Moves.from`. */
  readonly name: () => string;
  /** Where the name is unique. Evaluated at synthesis, because a provider may be created after the construct. */
  readonly scopes: (lookup: ProviderLookup) => readonly (IConstruct | string)[];
}

/** Constructs that must be in one region, by the prop of `construct` that they came from. */
interface RegionGroup {
  readonly construct: IConstruct;
  readonly parts: { readonly [prop: string]: IConstruct };
}

/**
 * Rules about the whole app: each construct has a provider, related constructs are in one region, names are unique.
 * They run at synthesis, because constructs may be created in any order.
 */
export class AppRules {
  private readonly uses = new Map<IConstruct, ProviderUse>();
  private readonly regionGroups: RegionGroup[] = [];
  private readonly names: (UniqueName & { readonly construct: IConstruct })[] = [];
  private readonly stacks = new Set<TerraformStack>();

  public constructor(private readonly formatChecks: (checks: readonly ConstructCheck[]) => string[]) {}

  /** Requires that the construct has a provider, and that it serves a region. */
  public addProviderUse(construct: IConstruct, use: ProviderUse): void {
    this.uses.set(construct, use);
    this.validateWith(construct);
  }

  /** Requires that the parts of a construct are in its region. */
  public addRegionGroup(construct: IConstruct, parts: RegionGroup['parts']): void {
    this.regionGroups.push({ construct, parts });
    this.validateWith(construct);
  }

  /** Requires that no other construct uses the name in one of the scopes. */
  public addUniqueName(construct: IConstruct, name: UniqueName): void {
    this.names.push({ ...name, construct });
    this.validateWith(construct);
  }

  /** The provider of the construct's resources, `undefined` if it has none in this app. */
  public providerOf(construct: IConstruct): TerraformProvider | undefined {
    const use = this.uses.get(construct);
    return use && findProvider(construct, use.name, use.provider);
  }

  private validateWith(construct: IConstruct): void {
    const stack = TerraformStack.of(construct);
    if (!this.stacks.has(stack)) {
      requireBindingsOfFramework(stack);
      this.stacks.add(stack);
      stack.node.addValidation({ validate: () => this.validate(stack) });
    }
  }

  private validate(stack: TerraformStack): string[] {
    const isHere = (construct: IConstruct) =>
      TerraformStack.of(construct) === stack && !isDetached(construct);
    const lookup = new ProviderLookup();
    const checks: ConstructCheck[] = [];
    const add = (construct: IConstruct, check: Check) => checks.push([construct, check]);
    this.checkProviders(stack, lookup, add);
    for (const { construct, parts } of this.regionGroups) {
      if (isHere(construct)) {
        this.checkRegion(construct, parts, lookup, add);
      }
    }
    this.checkNames(isHere, lookup, add);
    return this.formatChecks(checks);
  }

  private checkProviders(stack: TerraformStack, lookup: ProviderLookup, add: AddCheck): void {
    const isWithout = new Set<IConstruct>();
    const regional = new Set<TerraformProvider>();
    for (const [construct, use] of this.uses) {
      if (TerraformStack.of(construct) !== stack) {
        continue;
      }
      const used = lookup.find(construct, use.name, use.provider);
      if (!used) {
        isWithout.add(construct);
      } else if (use.name === 'konnect') {
        regional.add(used);
      }
    }
    for (const construct of isWithout) {
      const { name, prop } = this.uses.get(construct) as ProviderUse;
      const others = lookup.all(stack, name).map(({ alias }) => `${name}.${alias}`);
      const isReported = construct.node.scopes.some((each) => each !== construct && isWithout.has(each));
      add(construct, {
        prop,
        value: `only ${others.join(', ')}`,
        isValid: others.length === 0 || isReported,
        rule: 'is required: the stack has only aliased providers',
        remedy:
          'Pass one of them as provider, to OktaDevPortalOidc and PortalCatalog as konnectProvider or oktaProvider',
      });
    }
    for (const each of regional) {
      add(each, {
        prop: 'serverUrl',
        value: serverUrlOf(each),
        isValid: !isGlobalUrl(serverUrlOf(each)),
        rule: 'must be the URL of a region: portals, APIs, strategies and control planes are regional (Konnect)',
        remedy:
          'Use https://<region>.api.konghq.com with the region of the organization, for example eu or us',
      });
    }
  }

  private checkRegion(
    construct: IConstruct,
    parts: RegionGroup['parts'],
    lookup: ProviderLookup,
    add: AddCheck,
  ): void {
    const urls = [['provider', construct] as const, ...Object.entries(parts)].flatMap(([prop, part]) => {
      const use = this.uses.get(part);
      const url = comparableUrl(use && lookup.find(part, use.name, use.provider));
      return url === undefined ? [] : [{ prop, url }];
    });
    for (const { prop, url } of urls) {
      add(construct, {
        prop,
        value: `${url} and ${urls[0].url}`,
        isValid: url === urls[0].url,
        rule: 'must be in the same region (Konnect)',
        remedy: 'Pass providers of one region',
      });
    }
  }

  private checkNames(
    isHere: (construct: IConstruct) => boolean,
    lookup: ProviderLookup,
    add: AddCheck,
  ): void {
    const firsts = new Map<IConstruct | string, Map<string, IConstruct>>();
    // What a stack released may be in another stack of the app.
    for (const { construct, prop, name, scopes, rule, remedy } of this.names) {
      const value = name();
      if (isDetached(construct) || isToken(value)) {
        continue;
      }
      let earlier: IConstruct | undefined;
      for (const scope of scopes(lookup)) {
        const names = firsts.get(scope) ?? new Map<string, IConstruct>();
        firsts.set(scope, names);
        const key = `${rule}\n${value}`;
        earlier ??= names.get(key);
        names.set(key, names.get(key) ?? construct);
      }
      if (isHere(construct)) {
        add(construct, {
          prop,
          value,
          isValid: earlier === undefined,
          rule,
          remedy: `It is also the name of ${earlier?.node.path}. ${remedy}`,
        });
      }
    }
  }
}

type AddCheck = (construct: IConstruct, check: Check) => unknown;

/** Whether a URL is Konnect's global one, which has no portals, APIs, strategies and control planes. */
function isGlobalUrl(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && new URL(url).hostname === 'global.api.konghq.com';
}

/** A URL to compare with others, `undefined` if only the environment or Terraform knows it. */
function comparableUrl(provider: TerraformProvider | undefined): string | undefined {
  const url = serverUrlOf(provider);
  return Token.isUnresolved(url) ? undefined : url?.toLowerCase().replace(/\/+$/, '');
}
