import type { Body } from '../entity';
import { OktaError } from './errors';

const COMPARISON = /^\s*([\w.]+)\s+(eq|ne|sw|gt|lt)\s+(?:"((?:\\.|[^"\\])*)"|(true|false))\s*$/;

type Matches = (entity: Body) => boolean;

/**
 * Compiles a filter of a list, such as `status eq "ACTIVE" and name eq "oidc_client"`. An empty filter matches
 * everything.
 *
 * @throws OktaError for an invalid filter
 */
export function compileFilter(filter: string): Matches {
  if (filter.trim() === '') {
    return () => true;
  }
  const alternatives = filter.split(/\s+or\s+/).map((each) => each.split(/\s+and\s+/).map(compileComparison));
  return (entity) => alternatives.some((all) => all.every((matches) => matches(entity)));
}

function compileComparison(text: string): Matches {
  const [, field, operator, quoted, literal] = COMPARISON.exec(text) ?? [];
  if (field === undefined) {
    throw OktaError.invalidSearch();
  }
  const wanted = literal ?? String(quoted).replace(/\\(.)/g, '$1');
  return (entity) => {
    const value = String(valueAt(entity, field) ?? '');
    switch (operator) {
      case 'ne':
        return value !== wanted;
      case 'sw':
        return value.startsWith(wanted);
      case 'gt':
        return value > wanted;
      case 'lt':
        return value < wanted;
      default:
        return value === wanted;
    }
  };
}

function valueAt(entity: Body, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? (value as Body)[name] : undefined),
      entity,
    );
}
