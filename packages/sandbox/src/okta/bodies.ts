import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body } from '../entity';
import { oneOf } from '../http/json-schema';
import { addFormParser } from '../oauth/form';
import { OktaError } from './errors';

/** The status of an entity. */
export const STATUS = oneOf('ACTIVE', 'INACTIVE');

/** JSON for the Management API, also for requests that name the type and have no body, and forms for OAuth. */
export function addBodyParsers(http: FastifyInstance): void {
  const parseJson = http.getDefaultJsonParser('error', 'error');
  http.removeContentTypeParser('application/json');
  http.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') {
      done(null, undefined);
    } else {
      parseJson(request, body as string, done);
    }
  });
  addFormParser(http);
}

/** The JSON object of a request. */
export function bodyOf(request: FastifyRequest): Body {
  if (typeof request.body !== 'object' || request.body === null || Array.isArray(request.body)) {
    throw OktaError.malformed();
  }
  return request.body as Body;
}

/** A nested object of a body; empty if it is missing or not an object. */
export function objectIn(body: Body, field: string): Body {
  const value = body[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {};
}

/**
 * A list of strings in a body; empty if omitted.
 *
 * @throws OktaError if it is not a list of strings
 */
export function stringsIn(body: Body, field: string): readonly string[] {
  const value = body[field] ?? [];
  if (!Array.isArray(value) || value.some((each) => typeof each !== 'string')) {
    throw OktaError.validation(field, `${field}: The field must be a list of strings.`);
  }
  return value as string[];
}

/** ACTIVE or INACTIVE, as the lifecycle path says. */
export function statusFor(request: FastifyRequest): string {
  const { action } = request.params as { action: string };
  const statuses: { readonly [action: string]: string } = { activate: 'ACTIVE', deactivate: 'INACTIVE' };
  if (!Object.hasOwn(statuses, action)) {
    throw OktaError.unsupportedMethod();
  }
  return statuses[action];
}

/** @throws OktaError for a name that is missing, too long or taken */
export function checkName({ name }: Body, others: Iterable<{ readonly name: string }>): void {
  if (typeof name !== 'string' || name.trim() === '') {
    throw OktaError.validation('name', 'name: The field cannot be left blank');
  }
  if (name.length > 255) {
    throw OktaError.validation('name', 'name: The field is too long');
  }
  if ([...others].some((other) => other.name === name)) {
    throw OktaError.validation(
      'name',
      'name: An object with this field already exists in the current organization',
    );
  }
}
