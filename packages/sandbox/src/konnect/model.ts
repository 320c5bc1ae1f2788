import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock';
import type { Body, Entity } from '../entity';
import { Accounts } from './accounts';
import { KonnectError } from './errors';

/** A developer in a team; its id is `<team id>/<developer id>`. */
export interface TeamMember extends Entity {
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

/** Entities of one type by id, in the order of their creation. */
export class Collection<T extends Entity = Entity> {
  private readonly entities = new Map<string, T>();

  public constructor(
    /** How an error calls one. */
    public readonly type: string,
  ) {}

  public all(): T[] {
    return [...this.entities.values()];
  }

  public find(id: string): T | undefined {
    return this.entities.get(id);
  }

  /** @throws KonnectError with status 404 */
  public get(id: string): T {
    const entity = this.entities.get(id);
    if (!entity) {
      throw KonnectError.notFound(this.type, id);
    }
    return entity;
  }

  public put(entity: T): T {
    this.entities.set(entity.id, entity);
    return entity;
  }

  public delete(id: string): void {
    this.get(id);
    this.entities.delete(id);
  }

  public removeWhere(matches: (entity: T) => boolean): void {
    for (const entity of this.all().filter(matches)) {
      this.entities.delete(entity.id);
    }
  }
}

/** Everything in a Konnect tenant that the library, the providers and the command know of. */
export class KonnectModel {
  public readonly controlPlanes = new Collection('Control plane');
  public readonly services = new Collection<Entity & { readonly control_plane_id: string }>('Service');
  public readonly routes = new Collection<Entity & { readonly control_plane_id: string }>('Route');
  public readonly portals = new Collection('Portal');
  public readonly pages = new Collection<Entity & { readonly portal_id: string }>('Page');
  public readonly developers = new Collection<Entity & { readonly portal_id: string }>('Developer');
  public readonly applications = new Collection<Entity & { readonly portal_id: string }>('Application');
  public readonly registrations = new Collection<Entity & { readonly application_id: string }>(
    'Registration',
  );
  public readonly teams = new Collection<Entity & { readonly portal_id: string }>('Team');
  public readonly teamMembers = new Collection<TeamMember>('Team member');
  public readonly teamRoles = new Collection<TeamRole>('Assigned role');
  public readonly apis = new Collection('API');
  public readonly versions = new Collection<Entity & { readonly api_id: string }>('API version');
  public readonly implementations = new Collection<Entity & { readonly api_id: string }>('Implementation');
  /** Their id is `<api id>/<portal id>`. */
  public readonly publications = new Collection<
    Entity & { readonly api_id: string; readonly portal_id: string }
  >('Publication');
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

/** Parameters of the path. */
export function paramsOf(request: FastifyRequest): { readonly [name: string]: string } {
  return request.params as { [name: string]: string };
}

/** A text that must be there. */
export function requireText(body: Body, field: string, most: number): string {
  const value = body[field];
  if (typeof value !== 'string' || value === '') {
    throw KonnectError.invalid(field, 'must have at least 1 character');
  }
  if (value.length > most) {
    throw KonnectError.invalid(field, `must have at most ${most} characters`);
  }
  return value;
}

const LABEL_KEY = /^(?!kong|konnect|mesh|kic|_)[\w.-]{1,63}$/i;
const LABEL_VALUE = /^[a-z0-9A-Z]{1}([a-z0-9A-Z-._]*[a-z0-9A-Z]+)?$/;

/** Labels as every API of Konnect limits them. */
export function checkLabels(body: Body): void {
  const labels = Object.entries((body.labels ?? {}) as { [key: string]: string | null });
  if (labels.length > 50) {
    throw KonnectError.invalid('labels', 'must have at most 50 keys');
  }
  for (const [key, value] of labels) {
    if (!LABEL_KEY.test(key)) {
      throw KonnectError.invalid('labels', `must not have the key ${key}`);
    }
    if (value !== null && (value.length > 63 || !LABEL_VALUE.test(value))) {
      throw KonnectError.invalid('labels', `must not have the value ${value}`);
    }
  }
}

/** A page of a list: `page[number]`, `page[size]`, and `filter[<field>][eq]` or `filter[<field>]`. */
export function page(request: FastifyRequest, entities: readonly Body[]): object {
  const query = request.query as { [name: string]: string };
  const filters = Object.entries(query).flatMap(([name, value]) => {
    const field = /^filter\[([\w.]+)\](?:\[o?eq\])?$/.exec(name)?.[1];
    return field ? [{ field, value }] : [];
  });
  const found = entities.filter((entity) =>
    filters.every(({ field, value }) => String(entity[field]) === value),
  );
  const number = Math.max(Number(query['page[number]'] ?? 1), 1);
  const size = Math.min(Math.max(Number(query['page[size]'] ?? 10), 1), 100);
  return {
    data: found.slice((number - 1) * size, number * size),
    meta: { page: { total: found.length, size, number } },
  };
}
