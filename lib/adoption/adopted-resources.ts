import { TerraformResource, type TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { type AdoptionFile, adoptionsOf, createsResources } from '../private/adoptions';
import { literal } from '../private/literal';
import { adoptionRules } from '../rules-adoption';
import { type Check, demand, type Rule } from '../validation';
import { ADOPTED_TYPES, type AdoptedThing, type AdoptedType, thingsOf } from './adopted-things';
import { Configuration, Configurations } from './configuration';

/** A resource, and what it takes over. */
export interface AdoptedResource {
  readonly resource: TerraformResource;
  readonly thing: AdoptedThing;
}

/** What stands in the place of an id where there is none. */
enum Reference {
  /** It names something that is not taken over. */
  ABSENT = 'absent',
  /** Only Terraform knows what it names. */
  UNKNOWN = 'unknown',
}

const SERVER = 'okta_auth_server';

/** The resources of a stack, and what each of them takes over: found by its names and by what it belongs to. */
export class AdoptedResources {
  private readonly things = new Map<string, AdoptedThing[]>();
  private readonly configurations: Configurations;
  private readonly files: string;
  private readonly partial: boolean;
  private readonly found = new Map<TerraformResource, AdoptedThing | undefined>();
  private readonly problems = new Map<IConstruct, Check>();

  public constructor(stack: TerraformStack) {
    const files = adoptionsOf(stack);
    for (const thing of distinct(files)) {
      const ofType = this.things.get(thing.type) ?? [];
      ofType.push(thing);
      this.things.set(thing.type, ofType);
    }
    this.configurations = new Configurations(stack);
    this.files = [...new Set(files.map(({ path }) => path))].join(' or ');
    this.partial = createsResources(stack);
  }

  /** Every resource that takes something over; those that somebody imports by hand are left out. */
  public all(): AdoptedResource[] {
    return this.configurations.resources().flatMap((resource) => {
      const thing = this.isOurs(resource) ? this.thingOf(resource) : undefined;
      return thing ? [{ resource, thing }] : [];
    });
  }

  /** What is wrong with the resources, to be asked after `all`. */
  public checks(): Check[] {
    return [...this.problems.values()];
  }

  /** What a resource takes over; undefined when nothing, for which there may be a problem. */
  private thingOf(resource: TerraformResource): AdoptedThing | undefined {
    if (!this.found.has(resource)) {
      this.found.set(resource, this.look(resource));
    }
    return this.found.get(resource);
  }

  private look(resource: TerraformResource): AdoptedThing | undefined {
    const type = ADOPTED_TYPES[resource.terraformResourceType];
    if (!type) {
      const rule = adoptionRules.knownType(this.files);
      this.refuseUnlessPartial(resource, 'type', resource.terraformResourceType, rule);
      return undefined;
    }
    const parents = type.parents.map((each) => [each, this.referenceAt(resource, each)] as const);
    if (parents.some(([, reference]) => reference === Reference.ABSENT)) {
      // What it belongs to is created, or has a problem of its own.
      return undefined;
    }
    const siblings = this.ofType(resource.terraformResourceType).filter((thing) =>
      parents.every(
        ([argument, reference]) => reference === Reference.UNKNOWN || reference === thing.parents[argument],
      ),
    );
    const named = siblings.filter((thing) => this.isNamed(resource, thing));
    const id = this.argument(resource, 'id');
    const [thing, ...others] = named.filter((each) => id === undefined || id === literal(each.id));
    if (thing && others.length === 0) {
      this.checkClients(resource, thing);
      return thing;
    }
    const [prop, name] = this.nameOf(resource, type);
    if (thing) {
      const ids = [thing, ...others].map((each) => each.importId);
      this.refuse(resource, prop, name, adoptionRules.oneInFile(this.files, ids));
    } else if (named.length > 0) {
      this.refuse(resource, 'id', id, adoptionRules.sameId(this.files, named[0].id));
    } else if (resource.terraformResourceType === 'konnect_portal_page' && name === '/') {
      this.refuseUnlessPartial(resource, prop, name, adoptionRules.homePageInFile(this.files));
    } else {
      const known = siblings.map(described).filter(Boolean);
      this.refuseUnlessPartial(resource, prop, name, adoptionRules.inFile(this.files, prop, known));
    }
    return undefined;
  }

  /** Whether the names in the configuration are those of the thing; one without a name is known by its id. */
  private isNamed(resource: TerraformResource, thing: AdoptedThing): boolean {
    return Object.entries(thing.names).every(
      ([argument, name]) =>
        (this.argument(resource, argument) ?? null) === (name === null ? null : literal(name)),
    );
  }

  /** The arguments that tell a resource from others, and what they say. */
  private nameOf(resource: TerraformResource, { names, parents }: AdoptedType): [string, unknown] {
    const [first, ...others] = names.length > 0 ? names : parents;
    const given = [first, ...others.filter((each) => this.argument(resource, each) !== undefined)];
    const values = given.map((each) =>
      names.length > 0 ? this.argument(resource, each) : this.referenceAt(resource, each),
    );
    return [given.map((each) => each.split('.').at(-1)).join(', '), values.length > 1 ? values : values[0]];
  }

  /** The id of what an argument names. */
  private referenceAt(resource: TerraformResource, argument: string): string {
    const value = this.argument(resource, argument);
    if (typeof value !== 'string') {
      return Reference.UNKNOWN;
    }
    const referenced = this.configurations.referenced(value);
    if (!referenced) {
      return value.includes('${') ? Reference.UNKNOWN : this.literalId(resource, argument, value);
    }
    if (!TerraformResource.isTerraformResource(referenced)) {
      return this.lookedUp(referenced);
    }
    return this.isOurs(referenced) ? (this.thingOf(referenced)?.id ?? Reference.ABSENT) : Reference.UNKNOWN;
  }

  /** An id in the code. That of an authorization server has to be in a file: all of them may have claims and scopes of one name. */
  private literalId(resource: TerraformResource, argument: string, id: string): string {
    if (argument !== 'auth_server_id' || this.ofType(SERVER).some((server) => server.id === id)) {
      return id;
    }
    this.refuseServer(resource, argument, id);
    return Reference.ABSENT;
  }

  /** The id of an authorization server that Terraform looks up by its name. */
  private lookedUp(data: TerraformResource): string {
    const name = this.argument(data, 'name');
    const isKnown = typeof name === 'string' && !/(?<!\$)\$\{/.test(name);
    if (data.terraformResourceType !== SERVER || !isKnown) {
      return Reference.UNKNOWN;
    }
    const server = this.ofType(SERVER).find((each) => this.isNamed(data, each));
    if (!server) {
      this.refuseServer(data, 'name', name);
    }
    return server?.id ?? Reference.ABSENT;
  }

  private refuseServer(at: IConstruct, prop: string, value: unknown): void {
    const known = this.ofType(SERVER).map(described);
    this.refuseUnlessPartial(at, prop, value, adoptionRules.serverInFile(this.files, known));
  }

  /** A policy that loses a client takes its access away. */
  private checkClients(resource: TerraformResource, { clients = [] }: AdoptedThing): void {
    const listed = this.argument(resource, 'client_whitelist');
    const ids = Array.isArray(listed) ? listed.map((each) => this.clientIdOf(String(each))) : [];
    const missing = clients.filter((id) => !ids.includes(id));
    if (missing.length > 0 && !ids.includes(Reference.UNKNOWN)) {
      this.refuseUnlessPartial(resource, 'client_whitelist', listed, adoptionRules.clientsKept(missing));
    }
  }

  private clientIdOf(value: string): string {
    const application = this.configurations.referenced(value);
    if (!application) {
      return value.includes('${') ? Reference.UNKNOWN : value;
    }
    return this.isOurs(application)
      ? (this.thingOf(application)?.clientId ?? Reference.ABSENT)
      : Reference.UNKNOWN;
  }

  /** Whether it is a resource of the two providers that nobody imports by hand. */
  private isOurs(resource: TerraformResource): boolean {
    return (
      /^(okta|konnect)_/.test(resource.terraformResourceType) && !this.configurations.of(resource).isImported
    );
  }

  private ofType(type: string): readonly AdoptedThing[] {
    return this.things.get(type) ?? [];
  }

  private argument(resource: TerraformResource, path: string): unknown {
    return this.configurations.of(resource).argument(path);
  }

  private refuseUnlessPartial(at: IConstruct, prop: string, value: unknown, rule: Rule<unknown>): void {
    if (!this.partial) {
      this.refuse(at, prop, value, rule);
    }
  }

  /** One problem of each resource is enough. */
  private refuse(at: IConstruct, prop: string, value: unknown, rule: Rule<unknown>): void {
    if (!this.problems.has(at)) {
      this.problems.set(at, demand(`${at.node.path}: ${prop}`, value ?? null, rule));
    }
  }
}

/** The id that a gateway service has where its stack takes it over; asked while the id itself is decided. */
export function adoptedServiceId(service: TerraformResource): string | undefined {
  const files = adoptionsOf(service);
  if (files.length === 0) {
    return undefined;
  }
  const name = new Configuration(service).argument('name');
  const [thing, ...others] = distinct(files).filter(
    ({ type, names }) =>
      type === 'konnect_gateway_service' && names.name !== null && literal(names.name) === name,
  );
  return thing && others.length === 0 ? literal(thing.id) : undefined;
}

/** Found once for each stack: it may have thousands of services that ask. */
const distinctThings = new WeakMap<readonly AdoptionFile[], readonly AdoptedThing[]>();

/** Everything in the files, each thing once. */
function distinct(files: readonly AdoptionFile[]): readonly AdoptedThing[] {
  const known = distinctThings.get(files);
  if (known) {
    return known;
  }
  const things = files.flatMap(({ ids }) => thingsOf(ids));
  const found = [...new Map(things.map((thing) => [`${thing.type} ${thing.importId}`, thing])).values()];
  distinctThings.set(files, found);
  return found;
}

/** The names of a thing, as a remedy says them. */
function described({ names }: AdoptedThing): string {
  const known = Object.entries(names).filter(([, name]) => name !== null);
  return known.map(([argument, name], index) => `${index > 0 ? `${argument} ` : ''}"${name}"`).join(' with ');
}
