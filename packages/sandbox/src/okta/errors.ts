import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance } from 'fastify';
import { OAuthError } from '../oauth/oauth-error';
import { causesOf } from './validation';

/** An error in the shape of Okta's Management API. Codes and statuses are Okta's. */
export class OktaError extends Error {
  public static validation(field: string, ...causes: string[]): OktaError {
    return new OktaError(400, 'E0000001', `Api validation failed: ${field}`, causes);
  }

  public static malformed(): OktaError {
    return new OktaError(400, 'E0000003', 'The request body was not well-formed.');
  }

  public static forbidden(): OktaError {
    return new OktaError(403, 'E0000006', 'You do not have permission to perform the requested action');
  }

  public static notFound(id: string, type: string): OktaError {
    return new OktaError(404, 'E0000007', `Not found: Resource not found: ${id} (${type})`);
  }

  public static invalidToken(): OktaError {
    return new OktaError(401, 'E0000011', 'Invalid token provided');
  }

  public static unsupportedMethod(): OktaError {
    return new OktaError(405, 'E0000022', 'The endpoint does not support the provided HTTP method');
  }

  public static invalidSearch(): OktaError {
    return new OktaError(400, 'E0000031', 'Invalid search criteria.');
  }

  public static tooManyRequests(): OktaError {
    return new OktaError(429, 'E0000047', 'API call exceeded rate limit due to too many requests.');
  }

  /** Active entities cannot be deleted. */
  public static active(type: string): OktaError {
    return new OktaError(403, 'E0000056', `Delete ${type} forbidden. It must be deactivated first.`);
  }

  public constructor(
    public readonly status: number,
    public readonly code: string,
    public readonly summary: string,
    public readonly causes: readonly string[] = [],
  ) {
    super(summary);
    this.name = 'OktaError';
  }

  public toJSON(): object {
    return {
      errorCode: this.code,
      errorSummary: this.summary,
      errorLink: this.code,
      errorId: `oae${randomUUID().replaceAll('-', '').slice(0, 17)}`,
      errorCauses: this.causes.map((errorSummary) => ({ errorSummary })),
    };
  }
}

/** Answers every error in Okta's shape. */
export function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    if (error instanceof OktaError || error instanceof OAuthError) {
      return reply.code(error.status).send(error.toJSON());
    }
    const answer = oktaErrorOf(error);
    return reply.code(answer.status).send(answer.toJSON());
  });
  server.setNotFoundHandler((request) => {
    throw request.url.startsWith('/api/')
      ? OktaError.unsupportedMethod()
      : OktaError.notFound(request.url.split('?')[0], 'Path');
  });
}

function oktaErrorOf({ validation, statusCode = 500 }: FastifyError): OktaError {
  if (validation) {
    const causes = causesOf(validation);
    const reasons = causes.map(({ field, reason }) => `${field}: ${reason}`);
    return OktaError.validation(causes[0]?.field ?? 'body', ...reasons);
  }
  return statusCode < 500 ? OktaError.malformed() : new OktaError(500, 'E0000009', 'Internal Server Error');
}
