import { type Attributes, type ResourceType, UNKNOWN, type Value } from './definition';
import type { Field } from './schema';
import { conform, isObject, mapElements, sameValue } from './values';

/** What Terraform sends for a plan, decoded. */
interface PlanRequest {
  /** Null for a resource that does not exist yet. */
  readonly prior: Attributes | null;
  /** The configuration, with prior values for computed attributes that it leaves out. */
  readonly proposed: Attributes;
  readonly configuration: Attributes;
}

interface PlannedResource {
  readonly planned: Attributes;
  /** Attributes whose change requires a replacement. */
  readonly replacedBy: readonly string[];
}

/** Plans one resource: defaults, values known after apply, replacements. */
export function plan(
  fields: readonly Field[],
  resource: ResourceType,
  { prior, proposed, configuration }: PlanRequest,
): PlannedResource {
  let planned = withDefaults(conform(fields, proposed), configuration, resource.defaults ?? {});
  if (!prior) {
    return { planned: withUnknowns(fields, planned, configuration), replacedBy: [] };
  }
  const before = conform(fields, prior);
  if (resource.ignoresChange) {
    planned = withoutIgnored(fields, planned, before, resource.ignoresChange);
  }
  const changed = fields.filter((field) => !sameValue(field, planned[field.name], before[field.name]));
  if (changed.length > 0) {
    const unknown = (resource.unknownAfterUpdate ?? []).filter((name) => isNone(configuration[name]));
    planned = { ...planned, ...Object.fromEntries(unknown.map((name) => [name, UNKNOWN])) };
  }
  const replacedBy = (resource.replacedBy ?? []).filter((name) =>
    changed.some((field) => field.name === name),
  );
  return { planned, replacedBy: [...replacedBy, ...(resource.replacedIf?.(planned, before) ?? [])] };
}

function isNone(value: Value | undefined): boolean {
  return value === undefined || value === null;
}

function withDefaults(
  planned: Attributes,
  configuration: Attributes,
  defaults: NonNullable<ResourceType['defaults']>,
): Attributes {
  const missing = Object.entries(defaults).filter(([name]) => isNone(configuration[name]));
  return { ...planned, ...Object.fromEntries(missing) };
}

/** Computed attributes that are not set are known after apply. */
function withUnknowns(
  fields: readonly Field[],
  planned: Attributes,
  configuration: Attributes | undefined,
): Attributes {
  return Object.fromEntries(
    fields.map((field) => {
      const value = planned[field.name];
      const { fields: nested, nesting = '' } = field;
      if (isNone(value)) {
        return [field.name, field.computed && isNone(configuration?.[field.name]) ? UNKNOWN : value];
      }
      const inside = (element: Value) =>
        nested && isObject(element) ? withUnknowns(nested, element, element) : element;
      return [field.name, nested ? mapElements(nesting, value, inside) : value];
    }),
  );
}

function withoutIgnored(
  fields: readonly Field[],
  planned: Attributes,
  prior: Attributes,
  ignores: NonNullable<ResourceType['ignoresChange']>,
): Attributes {
  const ignored = fields.filter(
    (field) =>
      !sameValue(field, planned[field.name], prior[field.name]) &&
      ignores(field.name, planned[field.name], prior[field.name]),
  );
  return { ...planned, ...Object.fromEntries(ignored.map(({ name }) => [name, prior[name]])) };
}
