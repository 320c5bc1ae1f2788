import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import type { Body } from '../entity';
import { KonnectError } from './errors';
import type { KonnectModel, OfApi } from './model';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** An operation of an API. The plugin for access control protects it. */
interface Operation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** As in the specification, with `{name}` for a segment. */
  readonly path: string;
}

/** The control plane that an API is linked to. */
export function linkedControlPlane(model: KonnectModel, apiId: string): string | undefined {
  const link = model.implementations.all().find((each) => each.api_id === apiId);
  return (link?.control_plane as { control_plane_id: string } | undefined)?.control_plane_id;
}

/** Operations of the current version of an API. */
export function currentOperations({ apis, versions }: KonnectModel, apiId: string): Operation[] {
  const current = apis.find(apiId)?.version ?? '';
  const version = versions.all().find((each) => each.api_id === apiId && each.version === current);
  return version ? operationsOf(version) : [];
}

/** @throws KonnectError with 409 if a change of a version removes operations that access control protects */
export function checkKeptOperations(model: KonnectModel, before: OfApi, after: OfApi): void {
  const isCurrent = before.version === (model.apis.find(before.api_id)?.version ?? '');
  if (!isCurrent || linkedControlPlane(model, before.api_id) === undefined) {
    return;
  }
  const kept = operationsOf(after).map(({ id }) => id);
  const removed = operationsOf(before).filter(({ id }) => !kept.includes(id));
  if (removed.length > 0) {
    const names = removed.map(({ method, path }) => `${method} ${path}`);
    throw KonnectError.conflict(`The change removes operations of the API: ${names.join(', ')}`);
  }
}

/** Operations with and without a slash at the end are the same. */
function operationsOf({ api_id: api, spec }: OfApi): Operation[] {
  const found = new Map<string, Operation>();
  for (const [path, item] of Object.entries(pathsOf((spec as { content?: string } | null)?.content ?? ''))) {
    for (const name of METHODS.filter((each) => each in Object(item))) {
      const operation = { method: name.toUpperCase(), path: path.replace(/(?<=.)\/$/, '') };
      const id = uuidOf(`${api} ${operation.method} ${operation.path}`);
      found.set(id, { id, ...operation });
    }
  }
  return [...found.values()];
}

function pathsOf(content: string): Body {
  try {
    return Object(Object(parse(content)).paths);
  } catch {
    return {};
  }
}

function uuidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5');
}
