import { isDeepStrictEqual } from 'node:util';
import { argumentCode, Expression, printed } from './code';

/** An argument of a resource that no prop sets to what exists. */
export interface Deviation {
  /** In Terraform's spelling. */
  readonly attribute: string;

  /** What exists; undefined for nothing where the construct would write something. */
  readonly value: unknown;
}

/** What is compared: an argument, what exists, and what a stack without it has. */
export type Setting = readonly [attribute: string, actual: unknown, planned: unknown];

/** Settings whose value has another default in Terraform, or none. Where an API answers nothing, nothing differs. */
export function fromDefaults(...settings: readonly Setting[]): Deviation[] {
  return settings
    .filter(([, actual, planned]) => !isNothing(actual, planned) && !isSame(actual, planned))
    .map(([attribute, value]) => ({ attribute, value }));
}

/** Settings that the construct writes, whatever exists. */
export function fromWritten(...settings: readonly Setting[]): Deviation[] {
  return settings
    .filter(([, actual, planned]) => !isSame(actual, planned))
    .map(([attribute, value]) => ({ attribute, value: isEmpty(value) ? undefined : value }));
}

/** The statements that keep what exists. */
export function assignments(resource: string, deviations: readonly Deviation[], indent: number): string[] {
  return deviations.map(({ attribute, value }) => {
    const name = attribute.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const ending = `${name[0].toUpperCase()}${name.slice(1)}`;
    if (value === undefined) {
      return `${resource}.reset${ending}();`;
    }
    const isBlock =
      Array.isArray(value) && value.some((each) => typeof each === 'object' && !(each instanceof Expression));
    const [start, end] = isBlock ? [`${resource}.put${ending}(`, ');'] : [`${resource}.${name} = `, ';'];
    return `${start}${printed(argumentCode(value), indent + start.length + end.length, indent)}${end}`;
  });
}

/** Two texts, numbers or flags; lists whatever their order is. */
function isSame(actual: unknown, planned: unknown): boolean {
  const sorted = (value: unknown) => (Array.isArray(value) ? [...value].sort() : value);
  return (isEmpty(actual) && isEmpty(planned)) || isDeepStrictEqual(sorted(actual), sorted(planned));
}

function isNothing(actual: unknown, planned: unknown): boolean {
  return actual === undefined || actual === null || (planned === undefined && isEmpty(actual));
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
