import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OAuthError } from './oauth-error';

/** Parses bodies of token requests. */
export function addFormParser(http: FastifyInstance): void {
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(body as string)),
  );
}

/** The form of a token request. @throws OAuthError for another content type */
export function formOf({ body }: FastifyRequest): URLSearchParams {
  if (!(body instanceof URLSearchParams)) {
    throw new OAuthError(
      400,
      'invalid_request',
      "The request must be sent as 'application/x-www-form-urlencoded'.",
    );
  }
  return body;
}
