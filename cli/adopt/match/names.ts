import { closest } from 'fastest-levenshtein';
import { type Entity, fieldOf } from '../../entity';
import type { ResourceType } from './resource-type';
import type { SynthesizedApp, SynthesizedResource } from './synthesized-app';

/** Whether a resource has the names of an entity. */
export function isNamed(
  resource: SynthesizedResource,
  entity: Entity,
  { names }: ResourceType,
  app: SynthesizedApp,
): boolean {
  return Object.entries(names).every(
    ([argument, path]) =>
      (nameInCode(resource, argument, app) || undefined) === (fieldOf(entity, ...path) || undefined),
  );
}

/** The names of an entity as messages quote them: `"Orders" with version "2.0"`. */
export function formatNames(entity: Entity, { names }: ResourceType): string {
  return quote(Object.entries(names).map(([argument, path]) => [argument, fieldOf(entity, ...path)]));
}

/** The names of a resource, quoted in the same way. */
export function formatNamesInCode(
  resource: SynthesizedResource,
  { names }: ResourceType,
  app: SynthesizedApp,
): string {
  return quote(
    Object.keys(names).map((argument) => [
      argument,
      nameInCode(resource, argument, app) ?? resource.argument(argument),
    ]),
  );
}

/** The names of the entity whose first name is nearest to that of the resource. */
export function nearestNames(
  resource: SynthesizedResource,
  type: ResourceType,
  entities: readonly Entity[],
): string | undefined {
  const [[argument, path] = []] = Object.entries(type.names);
  const name = argument === undefined ? undefined : resource.argument(argument);
  const known = path ? entities.filter((each) => typeof fieldOf(each, ...path) === 'string') : [];
  if (typeof name !== 'string' || !path || known.length === 0) {
    return undefined;
  }
  const nearest = closest(
    name,
    known.map((each) => String(fieldOf(each, ...path))),
  );
  const [entity] = known.filter((each) => fieldOf(each, ...path) === nearest);
  return formatNames(entity, type);
}

function nameInCode(
  resource: SynthesizedResource,
  argument: string,
  app: SynthesizedApp,
): string | undefined {
  const resolved = app.resolve(resource.stack, resource.argument(argument));
  return resolved && 'text' in resolved ? resolved.text : undefined;
}

function quote(names: readonly (readonly [argument: string, name: unknown])[]): string {
  return names
    .filter(([, name]) => name !== undefined && name !== null && name !== '')
    .map(
      ([argument, name], index) =>
        `${index > 0 ? `${argument.split('.').at(-1)} ` : ''}${JSON.stringify(name)}`,
    )
    .join(' with ');
}
