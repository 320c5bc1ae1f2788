import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** One field that Konnect refuses. */
export interface InvalidParameter {
  readonly field: string;
  readonly reason: string;
}

const TITLES: { readonly [status: number]: string } = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  500: 'Internal Server Error',
};

/** An error of Konnect, sent as application/problem+json. */
export class KonnectError extends Error {
  public static invalid(field: string, reason: string): KonnectError {
    return new KonnectError(400, `Invalid Parameters: ${field} ${reason}`, [{ field, reason }]);
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
  server.setErrorHandler((error: Error & { readonly statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    const answer =
      error instanceof KonnectError
        ? error
        : new KonnectError(
            status < 500 ? 400 : 500,
            status < 500 ? 'The request body is not valid JSON' : 'Internal error',
          );
    return reply.code(answer.status).type('application/problem+json').send(JSON.stringify(answer));
  });
  server.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type('application/problem+json')
      .send(JSON.stringify(KonnectError.notFound('Route', request.url.split('?')[0]))),
  );
}
