import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body } from '../entity';
import { oneOf, openObject } from '../http/json-schema';
import { withApplicationDefaults } from './application-defaults';
import { APPLICATION } from './application-schema';
import { bodyOf, objectIn, statusFor, stringsIn } from './bodies';
import { addClientSecretRoutes, checkSecret, newestSecret } from './client-secrets';
import { OktaError } from './errors';
import { LIST_QUERY, page } from './lists';
import { type Application, clientIdOf, type OktaModel } from './model';

const APPS = '/api/v1/apps';
const ID_TOKEN = '/api/v1/internal/apps/:app/settings/oauth/idToken';
/** The org's sign-in policy of all apps. */
const SIGN_IN_POLICY = {
  id: 'rst1',
  type: 'ACCESS_POLICY',
  name: 'Default Policy',
  system: true,
  status: 'ACTIVE',
};
/** Settings of an app's ID token in responses. They do not affect client credentials. */
const ID_TOKEN_SETTINGS = { issuerMode: 'ORG_URL', groupClaimType: 'FILTER', groupClaimName: 'groups' };
const WEB_GRANTS =
  'authorization_code, implicit, refresh_token, client_credentials, urn:ietf:params:oauth:grant-type:saml2-bearer';
const CREATE_QUERY = openObject({ activate: oneOf('true', 'false') });

/**
 * OIDC applications, their lifecycle and secrets, and other endpoints that the providers call. Two applications may
 * have the same label, as in Okta.
 */
export function addApplicationRoutes(http: FastifyInstance, model: OktaModel, orgUrl: () => string): void {
  const find = (request: FastifyRequest) => applicationOf(model, request);
  http.get(APPS, { schema: { querystring: LIST_QUERY } }, (request, reply) =>
    page(request, reply, [...model.applications.values()].map(shown)),
  );
  http.post(APPS, { schema: { body: APPLICATION, querystring: CREATE_QUERY } }, async (request) => {
    const body = bodyOf(request);
    check(body);
    const id = model.id('0oa');
    const clientId = sentClientId(body) ?? id;
    if (model.findClient(clientId)) {
      throw OktaError.validation('client_id', `client_id: ${clientId} is used by another application.`);
    }
    const { activate } = request.query as { activate?: string };
    const status = activate === 'false' ? 'INACTIVE' : 'ACTIVE';
    const application: Application = {
      entity: model.create(
        { ...withClientId(withApplicationDefaults(body), clientId), status, _links: links(orgUrl()) },
        id,
      ),
      secrets: [model.createSecret(sentSecret(body))],
    };
    model.applications.set(id, application);
    return shown(application);
  });
  http.get(`${APPS}/:app`, async (request) => shown(find(request)));
  http.put(`${APPS}/:app`, { schema: { body: APPLICATION } }, async (request) => {
    const application = find(request);
    const body = bodyOf(request);
    check(body);
    const { status, _links } = application.entity;
    const clientId = clientIdOf(application.entity);
    setSecret(model, application, sentSecret(body));
    application.entity = model.update(application.entity, {
      ...withClientId(body, clientId),
      status,
      _links,
    });
    return shown(application);
  });
  http.post(`${APPS}/:app/lifecycle/:action`, async (request, reply) => {
    const application = find(request);
    application.entity = model.withStatus(application.entity, statusFor(request));
    return reply.code(200).send();
  });
  http.delete(`${APPS}/:app`, async (request, reply) => {
    const { entity } = find(request);
    if (entity.status === 'ACTIVE') {
      throw OktaError.active('application');
    }
    model.applications.delete(entity.id);
    return reply.code(204).send();
  });
  http.put(`${APPS}/:app/policies/:policy`, async (request, reply) => {
    find(request);
    const { policy } = request.params as { policy: string };
    if (policy !== SIGN_IN_POLICY.id) {
      throw OktaError.notFound(policy, 'Policy');
    }
    return reply.code(204).send();
  });
  addClientSecretRoutes(http, model, find);

  http.get('/api/v1/policies', async (request) => {
    const { type } = request.query as { type?: string };
    return type === SIGN_IN_POLICY.type ? [SIGN_IN_POLICY] : [];
  });
  http.get(ID_TOKEN, async (request) => find(request) && ID_TOKEN_SETTINGS);
  http.post(ID_TOKEN, async (request) => find(request) && ID_TOKEN_SETTINGS);
}

function applicationOf(model: OktaModel, request: FastifyRequest): Application {
  const { app: id } = request.params as { app: string };
  const application = model.applications.get(id);
  if (!application) {
    throw OktaError.notFound(id, 'AppInstance');
  }
  return application;
}

/** An application in responses, with its newest secret. */
function shown({ entity, secrets }: Application): Body & { readonly id: string } {
  const credentials = objectIn(entity, 'credentials');
  const oauthClient = { ...objectIn(credentials, 'oauthClient'), client_secret: newestSecret(secrets).value };
  return { ...entity, credentials: { ...credentials, oauthClient } };
}

function check(body: Body): void {
  if (String(body.label).trim() === '') {
    throw OktaError.validation('label', 'label: The field cannot be left blank');
  }
  checkSecret(sentSecret(body));
  checkClient(objectIn(objectIn(body, 'settings'), 'oauthClient'));
}

function checkClient(client: Body): void {
  const { application_type: type = 'web' } = client;
  const grants = stringsIn(client, 'grant_types');
  if (grants.length === 0) {
    throw OktaError.validation('grant_types', 'grant_types: The field cannot be left blank');
  }
  if (type === 'web' && !grants.includes('authorization_code')) {
    throw OktaError.validation(
      'grant_types',
      `grant_types: 'web' applications may have ${WEB_GRANTS} and must have authorization_code.`,
    );
  }
  const withUser = grants.filter((grant) => grant === 'authorization_code' || grant === 'implicit');
  if (type === 'service' && withUser.length > 0) {
    throw OktaError.validation(
      'grant_types',
      `grant_types: An application of type 'service' must not have ${withUser.join(', ')}.`,
    );
  }
  if (withUser.length > 0 && stringsIn(client, 'redirect_uris').length === 0) {
    throw OktaError.validation(
      'redirect_uris',
      "redirect_uris: 'redirect_uris' must have at least 1 redirect URI.",
    );
  }
}

/** The secret in the request; undefined if it is empty or omitted. */
function sentSecret(body: Body): string | undefined {
  const { client_secret: secret } = objectIn(objectIn(body, 'credentials'), 'oauthClient');
  return secret ? String(secret) : undefined;
}

/** Keeps the secrets unless the request has one: with `omit_secret` the provider sends none. */
function setSecret(model: OktaModel, { secrets }: Application, value?: string): void {
  const newest = newestSecret(secrets);
  if (value && value !== newest.value) {
    newest.value = value;
    newest.lastUpdated = model.now();
    model.issued.add(value);
  }
}

/** The client id in the request. */
function sentClientId(body: Body): string | undefined {
  const { client_id: id } = objectIn(objectIn(body, 'credentials'), 'oauthClient');
  return typeof id === 'string' ? id : undefined;
}

/** The body with a client id and without a secret. */
function withClientId(body: Body, id: string): Body {
  const credentials = objectIn(body, 'credentials');
  const { client_secret: _, ...client } = objectIn(credentials, 'oauthClient');
  return { ...body, credentials: { ...credentials, oauthClient: { ...client, client_id: id } } };
}

function links(orgUrl: string): object {
  return {
    accessPolicy: { href: `${orgUrl}/api/v1/policies/${SIGN_IN_POLICY.id}` },
    users: { href: '' },
    groups: { href: '' },
    logo: [],
  };
}
