import type { Body } from '../entity';
import { clientCredentials, invalidClient } from '../oauth/client-credentials';
import { objectIn } from './bodies';
import type { Application, OktaModel } from './model';

/** Authentication methods of clients that have a secret. */
const WITH_SECRET = ['client_secret_basic', 'client_secret_post'];

/**
 * The application that a token request comes from, by client_secret_basic or client_secret_post. A client
 * that is registered for one of them may use the other.
 *
 * @throws OAuthError for a client that is unknown, inactive or without the right secret
 */
export function authenticate(model: OktaModel, form: URLSearchParams, authorization = ''): Application {
  const { id, secret } = clientCredentials(form, authorization);
  const application = model.findClient(id);
  if (application?.entity.status !== 'ACTIVE') {
    throw invalidClient("Invalid value for 'client_id' parameter.");
  }
  if (!hasSecret(application.entity)) {
    throw invalidClient(
      `The client is registered for the authentication method '${methodOf(application.entity)}'.`,
    );
  }
  if (!application.secrets.some((each) => each.status === 'ACTIVE' && each.value === secret)) {
    throw invalidClient('The client secret supplied for a confidential client is invalid.');
  }
  return application;
}

/** Whether the client of an application authenticates with a secret. */
export function hasSecret(application: Body): boolean {
  return WITH_SECRET.includes(methodOf(application));
}

function methodOf(application: Body): string {
  const client = objectIn(objectIn(application, 'credentials'), 'oauthClient');
  return String(client.token_endpoint_auth_method ?? WITH_SECRET[0]);
}
