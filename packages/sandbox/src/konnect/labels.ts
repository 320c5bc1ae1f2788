import type { Body } from '../entity';
import { nullable, type Schema } from '../http/json-schema';

/** Konnect's limits of labels, and its reserved prefixes. Keys have no published characters. */
const LABEL_KEY = '^(?!kong|konnect|insomnia|mesh|kic|kuma|_)[\\s\\S]{1,63}$';
const LABEL_VALUE: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 63,
  pattern: '^[a-z0-9A-Z]{1}([a-z0-9A-Z-._]*[a-z0-9A-Z]+)?$',
};

/** Labels of a new entity. */
export const LABELS: Schema = {
  type: 'object',
  maxProperties: 50,
  propertyNames: { pattern: LABEL_KEY },
  additionalProperties: LABEL_VALUE,
};

/** Labels of an update. Null removes one or all. */
export const CHANGED_LABELS: Schema = nullable({ ...LABELS, additionalProperties: nullable(LABEL_VALUE) });

/** The body with the remaining labels. Null removes one or all. */
export function withoutRemovedLabels(body: Body): Body {
  if (body.labels === undefined) {
    return body;
  }
  const labels = Object.entries((body.labels ?? {}) as Body).filter(([, value]) => value !== null);
  return { ...body, labels: Object.fromEntries(labels) };
}
