import type { Entity } from '../../entity';
import type { Findings } from '../findings';
import type { Inventory } from './inventory';
import { formatNames, formatNamesInCode, isNamed, nearestNames } from './names';
import type { ParentIds, ResourceType } from './resource-type';
import { PARENT_TYPES, RESOURCE_TYPES } from './resource-types';
import type { SynthesizedApp, SynthesizedResource } from './synthesized-app';

/** An existing entity that a resource of the stack adopts. */
export interface ImportCandidate {
  readonly resource: SynthesizedResource;
  readonly entity: Entity;
  readonly importId: string;
}

interface MatchOptions {
  /** Whether the stack creates resources that do not exist. */
  readonly partial: boolean;

  /** Ids that the user chose, by address. */
  readonly chosenIds: ReadonlyMap<string, string>;

  /** Import id that `importFrom` gives a resource in the code. */
  importedInCode(resource: SynthesizedResource): string | undefined;
}

/** Finds the entity that each resource of an app adopts, by its names and its parents. */
export class Matcher {
  private readonly matches = new Map<SynthesizedResource, Promise<ImportCandidate | undefined>>();
  private readonly parents = new Map<string, Promise<boolean>>();

  public constructor(
    private readonly app: SynthesizedApp,
    private readonly inventory: Inventory,
    private readonly findings: Findings,
    private readonly options: MatchOptions,
  ) {}

  /**
   * Returns the entity that a resource adopts. If it is `undefined`, a finding of the resource or a parent says why.
   */
  public match(resource: SynthesizedResource): Promise<ImportCandidate | undefined> {
    const known = this.matches.get(resource) ?? this.find(resource);
    this.matches.set(resource, known);
    return known;
  }

  /**
   * The literal text of a value; `undefined` if Terraform evaluates it.
   *
   * @param attributes how to read attributes of resources that the value may refer to
   */
  public async resolveText(
    { stack }: SynthesizedResource,
    value: unknown,
    attributes: { readonly [attribute: string]: (entity: Entity) => string },
  ): Promise<string | undefined> {
    const resolved = this.app.resolve(stack, value);
    if (resolved === undefined || 'text' in resolved) {
      return resolved?.text;
    }
    const match = await this.match(resolved.resource);
    return match && attributes[resolved.attribute]?.(match.entity);
  }

  private async find(resource: SynthesizedResource): Promise<ImportCandidate | undefined> {
    const type = RESOURCE_TYPES[resource.type];
    const importedInCode = this.options.importedInCode(resource);
    if (!type) {
      if (importedInCode === undefined) {
        this.addMissing(
          resource,
          `the command does not adopt ${resource.type}`,
          'Remove it from the stack until the rest is adopted, or import it by its id in the code.',
        );
      }
      return undefined;
    }
    const parents = await this.parentIds(resource, type);
    if (!parents) {
      return undefined;
    }
    const siblings = await type.list(this.inventory, parents);
    const entity =
      importedInCode === undefined
        ? await this.select(resource, type, parents, siblings)
        : siblings.find((each) => type.importId(each, parents) === importedInCode);
    return entity && { resource, entity, importId: type.importId(entity, parents) };
  }

  /** Selects the one sibling with the names of the resource. */
  private async select(
    resource: SynthesizedResource,
    type: ResourceType,
    parents: ParentIds,
    siblings: readonly Entity[],
  ): Promise<Entity | undefined> {
    const chosen = this.options.chosenIds.get(resource.address);
    const named = siblings.filter((each) =>
      chosen === undefined ? isNamed(resource, each, type, this.app) : each.id === chosen,
    );
    const id = resource.argument('id');
    const entity = named.find((each) => each.id === id) ?? named[0];
    if (!entity) {
      const obstacle = await type.findObstacle?.(this.inventory, parents);
      if (obstacle) {
        this.findings.addError(resource.title, obstacle.detail, obstacle.remedy);
      } else {
        this.addNotFound(resource, type, siblings, chosen);
      }
      return undefined;
    }
    if (entity.id !== id && named.length > 1) {
      const choices = named.map((each) => `--import ${resource.address}=${each.id}`);
      this.findings.addError(
        resource.title,
        `${named.length} have its name: ${named.map((each) => each.id).join(', ')}`,
        `Choose one with ${choices.join(' or ')}.`,
      );
      return undefined;
    }
    return this.hasUsableId(resource, entity) ? entity : undefined;
  }

  /** Whether the code sets no id or the id of the entity. Ids of services may be derived. */
  private hasUsableId(resource: SynthesizedResource, entity: Entity): boolean {
    const id = resource.argument('id');
    if (id === undefined || id === entity.id) {
      return true;
    }
    if (resource.type === 'konnect_gateway_service') {
      this.findings.addWarning(
        resource.title,
        `its id is ${entity.id}, and the code has ${String(id)}`,
        `Set the service id '${entity.id}' before the adoption ends: another id replaces the service.`,
      );
      return true;
    }
    this.findings.addError(
      resource.title,
      `its id is ${entity.id}, and the code has ${String(id)}`,
      `Set the id to "${entity.id}", or remove it.`,
    );
    return false;
  }

  private addNotFound(
    resource: SynthesizedResource,
    type: ResourceType,
    siblings: readonly Entity[],
    chosen: string | undefined,
  ): void {
    const wanted = chosen ?? formatNamesInCode(resource, type, this.app);
    const nearest = nearestNames(resource, type, siblings);
    const create = `Use --partial to create it.`;
    this.addMissing(
      resource,
      `there is no ${type.label}${wanted === '' ? '' : ` ${wanted}`}`,
      nearest === undefined ? create : `Did you mean ${nearest}? ${create}`,
    );
  }

  /** Ids of the parents; `undefined` if one of them is not adopted. */
  private async parentIds(
    resource: SynthesizedResource,
    { parents, optionalParents = [] }: ResourceType,
  ): Promise<ParentIds | undefined> {
    const ids: { [argument: string]: string } = {};
    for (const argument of [...parents, ...optionalParents]) {
      const value = resource.argument(argument);
      if (value === undefined && optionalParents.includes(argument)) {
        continue;
      }
      const id = await this.parentId(resource, argument, value);
      if (id === undefined) {
        return undefined;
      }
      ids[argument] = id;
    }
    return ids;
  }

  private async parentId(
    resource: SynthesizedResource,
    argument: string,
    value: unknown,
  ): Promise<string | undefined> {
    const resolved = this.app.resolve(resource.stack, value);
    if (!resolved) {
      this.addMissing(
        resource,
        `${argument} is known at apply only`,
        'Use a construct or a literal id, or import the resource by its id in the code.',
      );
      return undefined;
    }
    if ('resource' in resolved) {
      return (await this.match(resolved.resource))?.entity.id;
    }
    const id = resolved.text;
    const key = `${argument} ${id}`;
    const known = this.parents.get(key) ?? this.isParent(resource, argument, id);
    this.parents.set(key, known);
    return (await known) ? id : undefined;
  }

  /** Whether a literal id is one of an existing parent. Checked once per id, for one finding. */
  private async isParent(resource: SynthesizedResource, argument: string, id: string): Promise<boolean> {
    const type = PARENT_TYPES[argument];
    if (!type || type.aliases?.includes(id)) {
      return true;
    }
    const parents = await type.list(this.inventory, {});
    const isKnown = parents.some((each) => each.id === id);
    if (!isKnown) {
      const choices = parents.map((each) => `${formatNames(each, type)} (${each.id})`);
      this.addMissing(resource, `there is no ${type.label} ${id}`, `Choose one of ${choices.join(', ')}.`);
    }
    return isKnown;
  }

  /** Adds an error or, for a partial adoption, a note that the deployment creates the resource. */
  private addMissing(resource: SynthesizedResource, detail: string, remedy: string): void {
    if (this.options.partial) {
      this.findings.addSkipped(resource.title, `${detail}: the deployment creates it`);
    } else {
      this.findings.addError(resource.title, detail, remedy);
    }
  }
}
