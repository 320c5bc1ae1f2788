import type { FastifyRequest } from 'fastify';
import type { Entity } from '../entity';
import { KonnectError } from '../konnect/errors';
import { type KonnectModel, paramsOf } from '../konnect/model';

/** Base path of a portal. */
export const ROOT = '/:portal/api/v3';

export const ACCESS_COOKIE = 'portalaccesstoken';
export const REFRESH_COOKIE = 'portalrefreshtoken';

/** A visitor of a portal. */
export interface Visit {
  readonly portal: Entity;
  /** Undefined before the sign-in. */
  readonly developer?: Entity;
}

/** A developer on a portal. */
export interface DeveloperVisit extends Visit {
  readonly developer: Entity;
}

/**
 * The visitor and the portal of a request.
 *
 * @throws KonnectError with status 404 for an unknown portal, and 401 for an unknown or expired session
 */
export function visitOf(model: KonnectModel, request: FastifyRequest): Visit {
  const portal = portalOf(model, request);
  const token = cookieOf(request, ACCESS_COOKIE);
  return token === undefined
    ? { portal }
    : { portal, developer: developerOf(model, portal, token, 'access') };
}

/**
 * The developer of a request.
 *
 * @throws KonnectError with status 401 without a sign-in, and 404 on a portal without authentication
 */
export function developerVisitOf(model: KonnectModel, request: FastifyRequest): DeveloperVisit {
  const { portal, developer } = visitOf(model, request);
  requireAuthentication(portal);
  if (!developer) {
    throw new KonnectError(401, 'Sign in first');
  }
  return { portal, developer };
}

/** @throws KonnectError with status 404 for an unknown portal */
export function portalOf(model: KonnectModel, request: FastifyRequest): Entity {
  const { portal: name } = paramsOf(request);
  const found = model.portals
    .all()
    .find((portal) =>
      [portal.id, portal.name, portal.default_domain, portal.canonical_domain].includes(name),
    );
  if (!found) {
    throw KonnectError.notFound(model.portals.type, name);
  }
  return found;
}

/** Without authentication a portal has neither developers nor applications. */
export function requireAuthentication(portal: Entity): void {
  if (portal.authentication_enabled !== true) {
    throw new KonnectError(404, `Portal ${portal.id} has no authentication`);
  }
}

/** The approved developer of a token. */
export function developerOf(
  model: KonnectModel,
  portal: Entity,
  token: string,
  use: 'access' | 'refresh',
): Entity {
  const developer = model.developers.find(model.accounts.developerOf(token, use) ?? '');
  if (developer?.portal_id !== portal.id || developer.status !== 'approved') {
    throw new KonnectError(401, 'The session has ended: sign in again');
  }
  return developer;
}

/** A cookie of the request. */
export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  const found = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
  return found === '' ? undefined : found;
}
