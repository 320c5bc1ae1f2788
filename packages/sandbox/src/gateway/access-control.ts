import type { GatewayAccessControl, GatewayPublication } from './configuration';

/**
 * Publications of the APIs with an operation that a request matches.
 *
 * @returns undefined if it matches none
 */
export function matchOperation(
  { apis }: GatewayAccessControl,
  request: { readonly method: string; readonly path: string },
): readonly GatewayPublication[] | undefined {
  const matching = apis.filter(({ operations }) =>
    operations.some(({ method, path }) => method === request.method && matchesPath(path, request.path)),
  );
  return matching.length > 0 ? matching.flatMap(({ publications }) => publications) : undefined;
}

/** Whether a path is that of an operation. `{name}` is one segment, and a slash at the end does not matter. */
function matchesPath(template: string, path: string): boolean {
  const [wanted, given] = [template, path].map((each) => each.replace(/\/$/, '').split('/'));
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => /^\{.+\}$/.test(segment) || segment === given[index])
  );
}
