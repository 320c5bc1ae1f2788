import { blocks } from './schema/entries';
import { isObject, type JsonObject } from './schema/types';
import type { SynthesizedStack } from './synthesized';

/** A text in an attribute of a resource. It may be the id or the name of an entity that the stacks do not create. */
export interface Reference {
  /** Name of the attribute. With that of its object for an `id`: `service.id`. */
  readonly attribute: string;

  readonly value: string;

  /** The attributes around it, for example `portal_id` of a team. */
  readonly siblings: JsonObject;
}

/** Attributes of resources whose values other resources can name, as in other stacks. */
const IDENTIFIERS: { readonly [type: string]: string } = {
  okta_app_oauth: 'client_id',
  okta_auth_server_scope: 'name',
};

/** What the resources of the stacks may refer to, without the ids and names that these resources have themselves. */
export function referencesIn(stacks: readonly SynthesizedStack[]): Reference[] {
  const resources = stacks.flatMap(({ json }) => [
    ...blocks((JSON.parse(json) as JsonObject).resource, 2, 'resource', () => {}),
  ]);
  const own = new Set<unknown>();
  const references: Reference[] = [];
  for (const { labels, body } of resources) {
    if (isObject(body)) {
      const { id, ...attributes } = body;
      own.add(id).add(body[IDENTIFIERS[labels[0]]]);
      references.push(...textsIn(attributes, '', {}));
    }
  }
  return references.filter(({ value }) => !own.has(value) && !value.includes('${'));
}

function textsIn(value: unknown, attribute: string, siblings: JsonObject): Reference[] {
  if (typeof value === 'string') {
    return [{ attribute, value, siblings }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((each) => textsIn(each, attribute, siblings));
  }
  return isObject(value)
    ? Object.entries(value).flatMap(([name, each]) =>
        textsIn(each, name === 'id' ? `${attribute}.id` : name, { ...siblings, ...value }),
      )
    : [];
}
