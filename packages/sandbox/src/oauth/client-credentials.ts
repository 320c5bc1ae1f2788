import { OAuthError } from './oauth-error';

/** Id and secret of a client. */
interface ClientCredentials {
  readonly id: string;
  readonly secret: string;
}

/**
 * Id and secret in a token request, by client_secret_basic or client_secret_post.
 *
 * @throws OAuthError if the request has none, or both
 */
export function clientCredentials(form: URLSearchParams, authorization: string): ClientCredentials {
  const [, basic] = /^Basic +(\S+)$/i.exec(authorization) ?? [];
  if (basic && form.has('client_secret')) {
    throw new OAuthError(400, 'invalid_request', 'The request must not have more than one client secret.');
  }
  const credentials = basic
    ? decodeBasic(basic)
    : { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  if (!credentials.id || !credentials.secret) {
    throw invalidClient('The request has no client credentials.');
  }
  return credentials;
}

function decodeBasic(basic: string): ClientCredentials {
  const text = Buffer.from(basic, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0
    ? { id: '', secret: '' }
    : { id: decodeForm(text.slice(0, colon)), secret: decodeForm(text.slice(colon + 1)) };
}

/** RFC 6749 requires form encoding of id and secret in a Basic header, which not every client does. */
function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The refusal of a client that is unknown or cannot authenticate. */
export function invalidClient(description: string): OAuthError {
  return new OAuthError(401, 'invalid_client', description);
}
