import { isDeepStrictEqual } from 'node:util';
import { argumentCode, Expression, formatCode } from './code';

/** An argument of a resource whose existing value no prop sets. */
export interface Deviation {
  /** Name of the argument in Terraform. */
  readonly attribute: string;

  /** Existing value; `undefined` to remove the value that the construct sets. */
  readonly value: unknown;
}

/** An argument, its existing value, and its value without the argument. */
type Setting = readonly [attribute: string, actual: unknown, planned: unknown];

/** Differences from defaults of the provider. A value that the API omits is the default. */
export function differencesFromDefaults(...settings: readonly Setting[]): Deviation[] {
  return settings
    .filter(([, actual, planned]) => !isNothing(actual, planned) && !isSame(actual, planned))
    .map(([attribute, value]) => ({ attribute, value }));
}

/** Differences from values that the construct always sets. */
export function differencesFromConstruct(...settings: readonly Setting[]): Deviation[] {
  return settings
    .filter(([, actual, planned]) => !isSame(actual, planned))
    .map(([attribute, value]) => ({ attribute, value: isEmpty(value) ? undefined : value }));
}

/** Statements that set existing values on a resource. */
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
    return `${start}${formatCode(argumentCode(value), indent + start.length + end.length, indent)}${end}`;
  });
}

/** Compares values. Lists are compared without their order. */
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
