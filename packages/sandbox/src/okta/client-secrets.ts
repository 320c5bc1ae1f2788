import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body } from '../entity';
import { openObject, text } from '../http/json-schema';
import { STATUS, statusFor } from './bodies';
import { OktaError } from './errors';
import type { Application, ClientSecret, OktaModel } from './model';

const SECRETS = '/api/v1/apps/:app/credentials/secrets';
/** Okta's limits: characters of a secret, and secrets of a client. */
const LENGTH = { least: 14, most: 100 };
const MAXIMUM_SECRETS = 2;
const SECRET = openObject({ client_secret: text(), status: STATUS });

/** The secrets of a client: a second one for a rotation, until the first is deactivated and deleted. */
export function addClientSecretRoutes(
  http: FastifyInstance,
  model: OktaModel,
  applicationOf: (request: FastifyRequest) => Application,
): void {
  const find = (request: FastifyRequest) => {
    const { secrets } = applicationOf(request);
    const { secret: id } = request.params as { secret: string };
    const secret = secrets.find((each) => each.id === id);
    if (!secret) {
      throw OktaError.notFound(id, 'OAuth2ClientSecretMediated');
    }
    return { secrets, secret };
  };
  http.get(SECRETS, async (request) => applicationOf(request).secrets.map(shown));
  // Without a body Okta generates a secret.
  const withBody = async (request: FastifyRequest) => {
    if (request.body === undefined) {
      request.body = {};
    }
  };
  http.post(SECRETS, { schema: { body: SECRET }, preValidation: withBody }, async (request, reply) => {
    const { secrets } = applicationOf(request);
    const body = request.body as Body & { client_secret?: string; status?: string };
    checkSecret(body.client_secret);
    if (secrets.length >= MAXIMUM_SECRETS) {
      throw refused("You've reached the maximum number of client secrets per client.");
    }
    const secret = model.createSecret(body.client_secret, body.status);
    secrets.push(secret);
    return reply.code(201).send(shown(secret));
  });
  http.get(`${SECRETS}/:secret`, async (request) => shown(find(request).secret));
  http.post(`${SECRETS}/:secret/lifecycle/:action`, async (request) => {
    const { secrets, secret } = find(request);
    const status = statusFor(request);
    if (status === 'INACTIVE' && !secrets.some((each) => each !== secret && each.status === 'ACTIVE')) {
      throw refused("You can't deactivate the only active client secret.");
    }
    secret.status = status;
    secret.lastUpdated = model.now();
    return shown(secret);
  });
  http.delete(`${SECRETS}/:secret`, async (request, reply) => {
    const { secrets, secret } = find(request);
    if (secret.status === 'ACTIVE') {
      throw refused("You can't delete an active client secret. Deactivate the secret before deleting it.");
    }
    secrets.splice(secrets.indexOf(secret), 1);
    return reply.code(204).send();
  });
}

/** The youngest active secret, which Okta shows with the application. A client always has one. */
export function newestSecret(secrets: readonly ClientSecret[]): ClientSecret {
  const active = secrets.filter(({ status }) => status === 'ACTIVE');
  return active[active.length - 1];
}

/** @throws OktaError if the secret has an invalid length. It may be omitted */
export function checkSecret(value: unknown): void {
  if (value === undefined || value === '') {
    return;
  }
  if (typeof value !== 'string' || !/^[ -~]+$/.test(value)) {
    throw OktaError.validation('client_secret', 'client_secret: Only printable ASCII is allowed.');
  }
  if (value.length < LENGTH.least || value.length > LENGTH.most) {
    throw OktaError.validation(
      'client_secret',
      `client_secret: The field must have ${LENGTH.least} to ${LENGTH.most} characters.`,
    );
  }
}

function shown({ id, status, value, created, lastUpdated }: ClientSecret): object {
  const hash = createHash('sha256').update(value).digest('base64url').slice(0, 22);
  return { id, status, client_secret: value, secret_hash: hash, created, lastUpdated };
}

function refused(cause: string): OktaError {
  return OktaError.validation('OAuth2ClientSecretMediated', cause);
}
