import type { FastifySchemaValidationError } from 'fastify';

/** Failures of a request's schema in Okta's words. */
export function causesOf(errors: readonly FastifySchemaValidationError[]): Cause[] {
  const failures = errors.filter(({ keyword }) => !['if', 'oneOf', 'anyOf'].includes(keyword));
  return (failures.length > 0 ? failures : errors).map(causeOf);
}

/** Why a field is invalid. */
interface Cause {
  readonly field: string;
  readonly reason: string;
}

function causeOf({ keyword, instancePath, params, message }: FastifySchemaValidationError): Cause {
  const { missingProperty, type, allowedValues, limit } = params as { readonly [name: string]: unknown };
  const names = instancePath.split('/').filter((name) => name !== '' && !/^\d+$/.test(name));
  const field = String(missingProperty ?? names.at(-1) ?? 'body');
  switch (keyword) {
    case 'required':
      return { field, reason: 'The field cannot be left blank' };
    case 'type':
      return { field, reason: `The field must be of type ${String(type)}.` };
    case 'enum':
      return { field, reason: `The field must be ${(allowedValues as readonly unknown[]).join(' or ')}.` };
    case 'maxLength':
      return { field, reason: `The field is too long: it may have ${String(limit)} characters.` };
    case 'minLength':
      return { field, reason: `The field must have at least ${String(limit)} characters.` };
    default:
      return { field, reason: `The field ${message ?? 'is invalid'}.` };
  }
}
