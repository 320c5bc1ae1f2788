import type { FastifyInstance, FastifyRequest } from 'fastify';
import { object, text } from '../../http/json-schema';
import { type Form, formSchema } from './forms';
import type { Views } from './views';
import type { Visitor } from './visitor';

const SIGN_UP_FORM = formSchema('full_name', 'email');
const VERIFY_FORM = formSchema('token');
const PASSWORD_FORM = formSchema('token', 'password');
const SIGN_IN_FORM = formSchema('username', 'password', 'api');
/** The API that the visitor comes from and returns to, and whether a password was saved before. */
const SIGN_IN_QUERY = { querystring: object({ api: text(), saved: text() }) };
const TOKEN = { querystring: object({ token: text() }, 'token') };
const SIGN_IN = { title: 'Sign in' };
const SIGN_UP = { title: 'Sign up' };
const VERIFY = { title: 'Confirm your e-mail address' };
const PASSWORD = { title: 'Choose a password' };

/** Signing up, confirming the e-mail address, choosing a password, signing in and out. */
export function addAccountPages(
  http: FastifyInstance,
  views: Views,
  visitorOf: (request: FastifyRequest) => Visitor,
): void {
  http.get('/:portal/sign-up', (request, reply) =>
    views.portalPage(visitorOf(request), reply, 'sign-up', SIGN_UP),
  );
  http.post('/:portal/sign-up', SIGN_UP_FORM, async (request, reply) => {
    const visitor = visitorOf(request);
    const { email = '', full_name = '' } = request.body as Form;
    const values = { email, full_name };
    return views.form(visitor, reply, 'sign-up', { ...SIGN_UP, values }, async () => {
      await visitor.post('/developer', values);
      return views.portalPage(visitor, reply, 'signed-up', { title: 'Check your mail', email });
    });
  });

  http.get('/:portal/verify-email', { schema: TOKEN }, (request, reply) =>
    views.portalPage(visitorOf(request), reply, 'verify-email', { ...VERIFY, values: request.query }),
  );
  http.post('/:portal/verify-email', VERIFY_FORM, async (request, reply) => {
    const visitor = visitorOf(request);
    const { token = '' } = request.body as Form;
    return views.form(visitor, reply, 'verify-email', { ...VERIFY, values: { token } }, async () => {
      const verified = await visitor.post<{ token: string }>('/developer/verify-email', { token });
      return reply.redirect(`${visitor.home}/reset-password?token=${verified.token}`, 303);
    });
  });

  http.get('/:portal/reset-password', { schema: TOKEN }, (request, reply) =>
    views.portalPage(visitorOf(request), reply, 'reset-password', { ...PASSWORD, values: request.query }),
  );
  http.post('/:portal/reset-password', PASSWORD_FORM, async (request, reply) => {
    const visitor = visitorOf(request);
    const { token = '', password = '' } = request.body as Form;
    return views.form(visitor, reply, 'reset-password', { ...PASSWORD, values: { token } }, async () => {
      await visitor.post('/developer/reset-password', { token, password });
      return reply.redirect(`${visitor.home}/sign-in?saved=true`, 303);
    });
  });

  addSessionPages(http, views, visitorOf);
}

function addSessionPages(
  http: FastifyInstance,
  views: Views,
  visitorOf: (request: FastifyRequest) => Visitor,
): void {
  http.get('/:portal/sign-in', { schema: SIGN_IN_QUERY }, (request, reply) =>
    views.portalPage(visitorOf(request), reply, 'sign-in', { ...SIGN_IN, values: request.query }),
  );
  http.post('/:portal/sign-in', SIGN_IN_FORM, async (request, reply) => {
    const visitor = visitorOf(request);
    const { username = '', password = '', api = '' } = request.body as Form;
    return views.form(visitor, reply, 'sign-in', { ...SIGN_IN, values: { username, api } }, async () => {
      await visitor.changeSession(reply, '/developer/authenticate', { username, password });
      return reply.redirect(`${visitor.home}${api ? `/apis/${encodeURIComponent(api)}` : ''}`, 303);
    });
  });
  http.post('/:portal/sign-out', async (request, reply) => {
    const visitor = visitorOf(request);
    await visitor.changeSession(reply, '/developer/logout');
    return reply.redirect(visitor.home, 303);
  });
}
