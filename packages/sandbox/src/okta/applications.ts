import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OktaError } from './errors';
import type { Application, Body, Entity, OktaModel } from './model';
import { page } from './paging';
import { bodyOf, statusFor } from './servers';

const APPS = '/api/v1/apps';
/** The org's sign-in policy, which every app is assigned to. */
const SIGN_IN_POLICY = 'rst1';
const WEB_GRANTS =
  'authorization_code, implicit, refresh_token, client_credentials, urn:ietf:params:oauth:grant-type:saml2-bearer';

interface OAuthClient {
  readonly application_type?: string;
  readonly grant_types?: readonly string[];
  readonly redirect_uris?: readonly string[];
}

/** OIDC applications, their lifecycle and secrets, and what the providers ask about them. */
export function addApplicationRoutes(http: FastifyInstance, model: OktaModel, orgUrl: () => string): void {
  http.get('/api/v1/policies', async () => [
    { id: SIGN_IN_POLICY, type: 'ACCESS_POLICY', name: 'Default Policy', system: true, status: 'ACTIVE' },
  ]);
  http.get(APPS, (request, reply) =>
    page(
      request,
      reply,
      [...model.applications.values()].map(({ entity }) => entity),
    ),
  );
  http.post(APPS, async (request) => {
    const body = bodyOf(request);
    check(model, body);
    const id = model.id('0oa');
    const secret = model.issueSecret();
    const status = (request.query as { activate?: string }).activate === 'false' ? 'INACTIVE' : 'ACTIVE';
    const entity = model.create(
      '0oa',
      { ...withCredentials(body, id, secret), status, _links: links(orgUrl()) },
      id,
    );
    const { system: _, ...application } = entity;
    model.applications.set(id, { entity: application as Entity, secret });
    return application;
  });
  http.get(`${APPS}/:app`, async (request) => applicationOf(model, request).entity);
  http.put(`${APPS}/:app`, async (request) => {
    const application = applicationOf(model, request);
    const body = bodyOf(request);
    check(model, body, application);
    const { id, _links } = application.entity;
    const sent = (body.credentials as { oauthClient?: { client_secret?: string } } | undefined)?.oauthClient
      ?.client_secret;
    // A client that keeps its secret out of the state sends none, or an empty one.
    if (sent && sent !== application.secret) {
      application.secret = sent;
      model.secrets.push(sent);
    }
    const { system: _, ...entity } = model.update(application.entity, {
      ...withCredentials(body, id, application.secret),
      _links,
    });
    application.entity = entity as Entity;
    return application.entity;
  });
  http.put(`${APPS}/:app/policies/:policy`, async (request, reply) => {
    applicationOf(model, request);
    return reply.code(204).send();
  });
  http.post(`${APPS}/:app/lifecycle/:action`, async (request) => {
    const application = applicationOf(model, request);
    application.entity = model.withStatus(application.entity, statusFor(request));
    return {};
  });
  http.delete(`${APPS}/:app`, async (request, reply) => {
    const { entity } = applicationOf(model, request);
    if (entity.status === 'ACTIVE') {
      throw new OktaError(
        403,
        'E0000056',
        'Delete application forbidden. The application must be deactivated first.',
      );
    }
    model.applications.delete(entity.id);
    return reply.code(204).send();
  });
  const idToken = '/api/v1/internal/apps/:app/settings/oauth/idToken';
  const settings = { issuerMode: 'ORG_URL', groupClaimType: 'FILTER', groupClaimName: 'groups' };
  http.get(idToken, async (request) => applicationOf(model, request) && settings);
  http.post(idToken, async (request) => applicationOf(model, request) && settings);
}

function applicationOf(model: OktaModel, request: FastifyRequest): Application {
  const { app: id } = request.params as { app: string };
  const application = model.applications.get(id);
  if (!application) {
    throw OktaError.notFound(id, 'AppInstance');
  }
  return application;
}

function check(model: OktaModel, body: Body, self?: Application): void {
  const { label, settings, name } = body as {
    label?: string;
    name?: string;
    settings?: { oauthClient?: OAuthClient };
  };
  if (name !== 'oidc_client') {
    throw OktaError.validation('name', "name: The sandbox knows applications named 'oidc_client' only.");
  }
  if (!label || label.length > 100) {
    throw OktaError.validation('label', 'label: The field must have 1 to 100 characters');
  }
  const others = [...model.applications.values()].filter((application) => application !== self);
  if (others.some(({ entity }) => entity.label === label)) {
    throw OktaError.validation('label', 'label: An app with this label already exists');
  }
  checkClient(settings?.oauthClient ?? {});
}

function checkClient({
  application_type: type = 'web',
  grant_types: grants = [],
  redirect_uris: uris = [],
}: OAuthClient): void {
  if (type === 'web' && !grants.includes('authorization_code')) {
    throw OktaError.validation(
      'grant_types',
      `grant_types: 'web' applications may have ${WEB_GRANTS} and must have authorization_code.`,
    );
  }
  if (type === 'service' && grants.some((grant) => grant === 'authorization_code' || grant === 'implicit')) {
    throw OktaError.validation(
      'grant_types',
      "grant_types: 'service' applications must not have a grant with a user.",
    );
  }
  if (grants.includes('authorization_code') && uris.length === 0) {
    throw OktaError.validation(
      'redirect_uris',
      "redirect_uris: 'redirect_uris' must have at least 1 redirect URI.",
    );
  }
}

function withCredentials(body: Body, id: string, secret: string): Body {
  const { credentials } = body as { credentials?: { oauthClient?: object } };
  const oauthClient = { ...credentials?.oauthClient, client_id: id, client_secret: secret };
  return { ...body, credentials: { ...credentials, oauthClient } };
}

function links(orgUrl: string): object {
  return {
    accessPolicy: { href: `${orgUrl}/api/v1/policies/${SIGN_IN_POLICY}` },
    users: { href: '' },
    groups: { href: '' },
    logo: [],
  };
}
