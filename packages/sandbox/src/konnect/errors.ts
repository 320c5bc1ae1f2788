import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance } from 'fastify';
import { type InvalidParameter, invalidParameters } from './invalid-parameters';

const TITLES: { readonly [status: number]: string } = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
};

/** An error of Konnect, sent as application/problem+json. */
export class KonnectError extends Error {
  /** A field of the body that breaks a rule which a schema cannot express. */
  public static invalid(field: string, reason: string): KonnectError {
    return KonnectError.invalidParameters([{ field, rule: 'invalid', reason, source: 'body' }]);
  }

  public static invalidParameters(parameters: readonly InvalidParameter[]): KonnectError {
    return new KonnectError(400, 'Invalid Parameters', parameters);
  }

  public static notFound(what: string, id: string): KonnectError {
    return new KonnectError(404, `${what} ${id} not found`);
  }

  public static conflict(detail: string): KonnectError {
    return new KonnectError(409, detail);
  }

  public constructor(
    public readonly status: number,
    detail: string,
    public readonly invalidParameters: readonly InvalidParameter[] = [],
  ) {
    super(detail);
    this.name = 'KonnectError';
  }

  public toJSON(): object {
    return {
      status: this.status,
      title: TITLES[this.status] ?? 'Error',
      instance: `kong:trace:${randomUUID()}`,
      detail: this.message,
      ...(this.invalidParameters.length > 0 && { invalid_parameters: this.invalidParameters }),
    };
  }
}

/** Answers every error as application/problem+json. */
export function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const answer = konnectErrorOf(error);
    return reply.code(answer.status).type('application/problem+json').send(JSON.stringify(answer));
  });
  server.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type('application/problem+json')
      .send(JSON.stringify(KonnectError.notFound('Route', request.url.split('?')[0]))),
  );
}

function konnectErrorOf(error: FastifyError): KonnectError {
  if (error instanceof KonnectError) {
    return error;
  }
  if (error.validation) {
    const source = error.validationContext === 'querystring' ? 'query' : 'body';
    return KonnectError.invalidParameters(invalidParameters(error.validation, source));
  }
  const { statusCode: status = 500 } = error;
  if (status >= 500) {
    return new KonnectError(500, 'Internal error');
  }
  return status === 415
    ? new KonnectError(415, 'The request body must be JSON')
    : new KonnectError(400, 'The request body is not valid JSON');
}
