import { object, type Schema, text } from '../../http/json-schema';

/** The fields of a form. */
export interface Form {
  readonly [field: string]: string | undefined;
}

/** The schema of a route that takes a form. Refuses unknown fields and those that are sent twice. */
export function formSchema(...fields: readonly string[]): { readonly schema: { readonly body: Schema } } {
  return { schema: { body: object(Object.fromEntries(fields.map((field) => [field, text()]))) } };
}
