import { objectIn } from './bodies';
import { OAuthError } from './errors';
import type { Application, OktaModel } from './model';

/** Authentication methods of clients that have a secret. */
const WITH_SECRET = ['client_secret_basic', 'client_secret_post'];

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/**
 * The application that a token request comes from, by client_secret_basic or client_secret_post. A client
 * that is registered for one of them may use the other.
 *
 * @throws OAuthError for a client that is unknown, inactive or without the right secret
 */
export function authenticate(model: OktaModel, form: URLSearchParams, authorization = ''): Application {
  const { id, secret } = credentialsOf(form, authorization);
  const application = model.findClient(id);
  if (application?.entity.status !== 'ACTIVE') {
    throw invalidClient("Invalid value for 'client_id' parameter.");
  }
  const client = objectIn(objectIn(application.entity, 'credentials'), 'oauthClient');
  const method = client.token_endpoint_auth_method ?? WITH_SECRET[0];
  if (!WITH_SECRET.includes(String(method))) {
    throw invalidClient(`The client is registered for the authentication method '${method}'.`);
  }
  if (!application.secrets.some((each) => each.status === 'ACTIVE' && each.value === secret)) {
    throw invalidClient('The client secret supplied for a confidential client is invalid.');
  }
  return application;
}

function credentialsOf(form: URLSearchParams, authorization: string): Credentials {
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

function decodeBasic(basic: string): Credentials {
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

function invalidClient(description: string): OAuthError {
  return new OAuthError(401, 'invalid_client', description);
}
