import { ListSpec, MapSpec } from '../../../lib/core/collection-spec';
import { NestedSpec } from '../../../lib/core/props-spec';
import { EnumSpec, FlagSpec, IntegerSpec, TextSpec, type ValueSpec } from '../../../lib/core/value-spec';
import { type SpecValues, TEXTS } from './spec-values';

/** Values that a spec rejects: of another type, out of its limits, and tokens if it must be known. */
export function invalidValues(spec: ValueSpec, values: SpecValues): unknown[] {
  return [
    null,
    Symbol('value'),
    ...(spec.isRequired ? [undefined] : []),
    ...(spec.isKnown ? [values.token(spec)] : []),
    ...ofOtherType(spec),
    ...outOfLimits(spec, values),
  ];
}

function ofOtherType(spec: ValueSpec): unknown[] {
  if (spec instanceof TextSpec) return [5, ['x'], {}, '${TfToken[UNKNOWN.1]}'];
  if (spec instanceof IntegerSpec) return ['5', Number.NaN];
  if (spec instanceof FlagSpec) return ['true', 0];
  if (spec instanceof EnumSpec) return ['unknown', 5];
  if (spec instanceof NestedSpec) return ['text', 5, []];
  if (spec instanceof ListSpec) return ['text', {}];
  if (spec instanceof MapSpec) return ['text', ['a']];
  return ['text', 5, [], new Date(0), () => 5];
}

function outOfLimits(spec: ValueSpec, values: SpecValues): unknown[] {
  if (spec instanceof TextSpec) {
    const { minLength = 0, maxLength } = spec.limits;
    const { pattern } = spec.schema;
    const isMisfit = (text: string) => typeof pattern === 'string' && !new RegExp(pattern, 'u').test(text);
    return [...lengths(minLength, maxLength).map((length) => 'x'.repeat(length)), ...TEXTS.filter(isMisfit)];
  }
  if (spec instanceof IntegerSpec) {
    const { min, max } = spec.limits;
    return [min - 1, min + 0.5, max + 1];
  }
  if (spec instanceof ListSpec) {
    const { minItems = 0, maxItems, unique } = spec.limits;
    const item = values.sample(values.valid(spec.item));
    return [...lengths(minItems, maxItems), ...(unique ? [2] : [])].map((length) =>
      new Array(length).fill(item),
    );
  }
  if (spec instanceof MapSpec) {
    const { minItems = 0, maxItems } = spec.limits;
    const value = values.sample(values.valid(spec.value));
    return lengths(minItems, maxItems).map((length) =>
      Object.fromEntries(Array.from({ length }, (_, index) => [`key${index}`, value])),
    );
  }
  return [];
}

function lengths(min: number, max: number | undefined): number[] {
  return [...(min > 0 ? [min - 1] : []), ...(max === undefined ? [] : [max + 1])];
}
