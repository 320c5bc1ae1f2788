import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Body, Entity } from '../entity';
import { object, type Schema, text, UUID } from '../http/json-schema';
import { ACCESS_SECONDS, MailPurpose, REFRESH_SECONDS } from '../konnect/accounts';
import { createDeveloper } from '../konnect/developers';
import { KonnectError } from '../konnect/errors';
import { listQuery, page } from '../konnect/lists';
import { bodyOf, type KonnectModel, paramsOf } from '../konnect/model';
import { teamsOf } from '../konnect/teams';
import {
  ACCESS_COOKIE,
  cookieOf,
  developerOf,
  developerVisitOf,
  portalOf,
  REFRESH_COOKIE,
  ROOT,
  requireAuthentication,
} from './visit';

const DEVELOPER = `${ROOT}/developer`;
const EMAIL: Schema = { type: 'string', format: 'email' };
const PASSWORD = text(1024, 1);
const REGISTER = object({ email: EMAIL, full_name: text(256, 1) }, 'full_name', 'email');
const VERIFY_EMAIL = object({ token: UUID }, 'token');
const FORGOT_PASSWORD = object({ email: EMAIL }, 'email');
const RESET_PASSWORD = object({ password: PASSWORD, token: UUID }, 'password', 'token');
const AUTHENTICATE = object({ username: EMAIL, password: PASSWORD }, 'username', 'password');
const LIST_TEAMS = listQuery({ isSorted: false });

/**
 * Signing up and in.
 *
 * A new developer gets a mail. Pass its token to `verify-email`. The response has the token for `reset-password`, which
 * sets the password. Signing in needs a password and an approved developer.
 */
export function addDeveloperRoutes(http: FastifyInstance, model: KonnectModel): void {
  addSignUp(http, model);
  addSessions(http, model);
  http.get(`${DEVELOPER}/me`, async (request) => {
    const { id, email, full_name, created_at, updated_at } = developerVisitOf(model, request).developer;
    return { id, email, full_name, created_at, updated_at };
  });
  http.get(`${DEVELOPER}/teams`, { schema: { querystring: LIST_TEAMS } }, async (request) => {
    const teams = teamsOf(model, developerVisitOf(model, request).developer.id);
    return page(
      request,
      teams.map(({ id, name, description, created_at, updated_at }) => ({
        ...{ id, name, description },
        ...{ created_at, updated_at },
      })),
    );
  });
}

function addSignUp(http: FastifyInstance, model: KonnectModel): void {
  const { accounts } = model;
  const byEmail = (portal: Entity, email: string) =>
    model.developers.all().find((each) => each.portal_id === portal.id && each.email === email);
  const recipient = (request: FastifyRequest, { token: sent }: Body, purpose: MailPurpose) => {
    const token = String(sent);
    const developer = model.developers.find(accounts.recipientOf(token, purpose));
    if (developer?.portal_id !== portalOf(model, request).id) {
      throw new KonnectError(404, 'The token is not known');
    }
    accounts.spend(token);
    return developer;
  };
  http.post(DEVELOPER, { schema: { body: REGISTER } }, async (request, reply) => {
    const portal = portalOf(model, request);
    requireAuthentication(portal);
    const body = bodyOf(request);
    if (byEmail(portal, String(body.email))) {
      throw KonnectError.invalid('email', 'has an account already');
    }
    const { id } = createDeveloper(model, portal.id, body);
    accounts.sendMail(portal.id, id, String(body.email), MailPurpose.VERIFY_EMAIL);
    return reply.code(201).send();
  });
  http.post(`${DEVELOPER}/verify-email`, { schema: { body: VERIFY_EMAIL } }, async (request, reply) => {
    const { id, email } = recipient(request, bodyOf(request), MailPurpose.VERIFY_EMAIL);
    return reply.code(202).send({ email, token: accounts.passwordToken(id) });
  });
  http.post(`${DEVELOPER}/forgot-password`, { schema: { body: FORGOT_PASSWORD } }, async (request, reply) => {
    const portal = portalOf(model, request);
    const email = String(bodyOf(request).email);
    // The response does not reveal whether an account exists.
    const developer = byEmail(portal, email);
    if (developer) {
      accounts.sendMail(portal.id, developer.id, email, MailPurpose.SET_PASSWORD);
    }
    return reply.code(200).send();
  });
  http.post(`${DEVELOPER}/reset-password`, { schema: { body: RESET_PASSWORD } }, async (request, reply) => {
    const body = bodyOf(request);
    const { id } = recipient(request, body, MailPurpose.SET_PASSWORD);
    accounts.setPassword(id, String(body.password));
    return reply.code(204).send();
  });
}

function addSessions(http: FastifyInstance, model: KonnectModel): void {
  const { accounts } = model;
  http.post(`${DEVELOPER}/authenticate`, { schema: { body: AUTHENTICATE } }, async (request, reply) => {
    const portal = portalOf(model, request);
    requireAuthentication(portal);
    const { username, password } = bodyOf(request);
    const developer = model.developers
      .all()
      .find((each) => each.portal_id === portal.id && each.email === username);
    if (!developer || !accounts.hasPassword(developer.id, String(password))) {
      throw new KonnectError(401, 'E-mail address or password is wrong');
    }
    if (developer.status !== 'approved') {
      throw new KonnectError(401, `The account is not approved: it is ${String(developer.status)}`);
    }
    return openSession(model, reply, paramsOf(request).portal, developer.id);
  });
  http.post(`${DEVELOPER}/refresh`, async (request, reply) => {
    const token = cookieOf(request, REFRESH_COOKIE) ?? '';
    const { id } = developerOf(model, portalOf(model, request), token, 'refresh');
    accounts.close(id);
    return openSession(model, reply, paramsOf(request).portal, id);
  });
  http.post(`${DEVELOPER}/logout`, async (request, reply) => {
    const portal = portalOf(model, request);
    const developer = accounts.developerOf(cookieOf(request, ACCESS_COOKIE) ?? '', 'access');
    if (model.developers.find(developer ?? '')?.portal_id === portal.id) {
      accounts.close(developer ?? '');
    }
    return sendCookies(reply, paramsOf(request).portal, { accessToken: '', refreshToken: '' }, [0, 0]);
  });
}

function openSession(
  model: KonnectModel,
  reply: FastifyReply,
  portal: string,
  developerId: string,
): FastifyReply {
  const session = model.accounts.open(developerId);
  return sendCookies(reply, portal, session, [ACCESS_SECONDS, REFRESH_SECONDS]);
}

function sendCookies(
  reply: FastifyReply,
  portal: string,
  { accessToken, refreshToken }: { readonly accessToken: string; readonly refreshToken: string },
  [access, refresh]: readonly [access: number, refresh: number],
): FastifyReply {
  // As a browser writes the path.
  const root = `/${encodeURIComponent(portal)}`;
  const cookie = (name: string, value: string, path: string, seconds: number) =>
    `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax`;
  return reply
    .code(204)
    .header('set-cookie', [
      cookie(ACCESS_COOKIE, accessToken, root, access),
      cookie(REFRESH_COOKIE, refreshToken, `${root}/api/v3/developer/refresh`, refresh),
    ])
    .send();
}
