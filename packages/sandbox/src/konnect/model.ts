import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock';
import type { Body, Entity } from '../entity';
import { Accounts } from './accounts';
import { Collection } from './collection';
import { KonnectError } from './errors';

/** A developer in a team; its id is `<team id>/<developer id>`. */
interface TeamMember extends Entity {
  readonly team_id: string;
  readonly developer_id: string;
}

/** What a team may do with one API. */
export interface TeamRole extends Entity {
  readonly team_id: string;
  readonly role_name: string;
  readonly entity_id: string;
  readonly entity_region: string;
}

/** The region that the tenant is in. */
export const REGION = 'us';

/** An entity of a portal. */
export interface OfPortal extends Entity {
  readonly portal_id: string;
}

/** An entity of an API. */
export interface OfApi extends Entity {
  readonly api_id: string;
}

/** A service, a route or a plugin. */
export interface OfControlPlane extends Entity {
  readonly control_plane_id: string;
}

/** A registration of an application for an API. */
export interface Registration extends OfApi {
  readonly application_id: string;
}

/** An API on a portal; its id is `<api id>/<portal id>`. */
export interface Publication extends OfApi {
  readonly portal_id: string;
  readonly auth_strategy_ids: readonly string[] | null;
}

/** Everything in a Konnect tenant that the library, the providers and the command know of. */
export class KonnectModel {
  public readonly controlPlanes = new Collection('Control plane');
  public readonly services = new Collection<OfControlPlane>('Service');
  public readonly routes = new Collection<OfControlPlane>('Route');
  public readonly plugins = new Collection<OfControlPlane>('Plugin');
  public readonly portals = new Collection('Portal');
  public readonly pages = new Collection<OfPortal>('Page');
  public readonly developers = new Collection<OfPortal>('Developer');
  public readonly applications = new Collection<OfPortal>('Application');
  public readonly registrations = new Collection<Registration>('Registration');
  public readonly teams = new Collection<OfPortal>('Team');
  public readonly teamMembers = new Collection<TeamMember>('Team member');
  public readonly teamRoles = new Collection<TeamRole>('Assigned role');
  public readonly apis = new Collection('API');
  public readonly versions = new Collection<OfApi>('API version');
  public readonly documents = new Collection<OfApi>('Document');
  public readonly implementations = new Collection<OfApi>('Implementation');
  public readonly publications = new Collection<Publication>('Publication');
  public readonly strategies = new Collection('Auth strategy');
  /** Every secret that was ever issued or set: the access token, and passwords, sessions and mailed tokens of developers. */
  public readonly secrets = new Set<string>();
  /** How developers sign in to portals. */
  public readonly accounts: Accounts;

  public constructor(private readonly clock: Clock) {
    const remember = (secret: string) => this.secrets.add(secret);
    this.accounts = new Accounts(clock, (prefix) => this.issueSecret(prefix), remember);
  }

  /** ISO 8601, as most of Konnect's APIs write times. */
  public now(): string {
    return this.clock.now().toISOString();
  }

  /** Seconds, as the gateway's entities have times. */
  public seconds(): number {
    return this.clock.epochSeconds();
  }

  public create(body: Body, id: string = randomUUID()): Entity {
    return { ...body, id, created_at: this.now(), updated_at: this.now() };
  }

  public update<T extends Entity>(entity: T, changes: Body): T {
    return { ...entity, ...changes, id: entity.id, updated_at: this.now() };
  }

  /** Deletes a team with its members and roles; the developers stay. */
  public deleteTeam(id: string): void {
    this.teams.delete(id);
    this.teamMembers.removeWhere(({ team_id }) => team_id === id);
    this.teamRoles.removeWhere(({ team_id }) => team_id === id);
  }

  public issueSecret(prefix: string): string {
    const secret = `${prefix}${randomBytes(24).toString('base64url')}`;
    this.secrets.add(secret);
    return secret;
  }
}

/** The JSON object of a request. */
export function bodyOf(request: FastifyRequest): Body {
  if (typeof request.body !== 'object' || request.body === null || Array.isArray(request.body)) {
    throw new KonnectError(400, 'The request body must be a JSON object');
  }
  return request.body as Body;
}

/** An entity of a portal, which another portal does not have. */
export function inPortal<T extends OfPortal>(collection: Collection<T>, portal: string, id: string): T {
  const found = collection.get(id);
  if (found.portal_id !== portal) {
    throw KonnectError.notFound(collection.type, id);
  }
  return found;
}

/** An entity of an API, which another API does not have. */
export function inApi<T extends OfApi>(collection: Collection<T>, api: string, id: string): T {
  const found = collection.get(id);
  if (found.api_id !== api) {
    throw KonnectError.notFound(collection.type, id);
  }
  return found;
}

/** An entity without the ids of its parents, as Konnect answers it. */
export function withoutParents({ portal_id: _, api_id: _api, team_id: _team, ...entity }: Body): Body {
  return entity;
}

/** Parameters of the path. */
export function paramsOf(request: FastifyRequest): { readonly [name: string]: string } {
  return request.params as { [name: string]: string };
}
