import AjvCompiler from '@fastify/ajv-compiler';
import type { FastifySchemaCompiler } from 'fastify';
import type { Schema } from './json-schema';

/** Validates the request unchanged, and reports every failure. */
const OPTIONS = { allErrors: true, coerceTypes: false, removeAdditional: false, useDefaults: false };

/** Compiles each schema once, because the schemas of the routes are constants that all sandboxes of a process share. */
const compile = AjvCompiler()({}, { customOptions: OPTIONS });

/** Compiles a schema with the first request that it validates. Compiling all schemas would dominate the start. */
export const compileWhenNeeded: FastifySchemaCompiler<Schema> = ({ schema }) => {
  let validate: ReturnType<typeof compile> | undefined;
  return (data: unknown) => {
    validate ??= compile({ schema });
    return validate(data) ? true : { error: validate.errors ?? [] };
  };
};
