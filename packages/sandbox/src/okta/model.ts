import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock';

/** The fields that every entity of Okta has. */
export interface Entity {
  readonly id: string;
  readonly created: string;
  readonly lastUpdated: string;
  readonly status: string;
  readonly name: string;
  readonly [field: string]: unknown;
}

/** What a request says about an entity. */
export interface Body {
  readonly [field: string]: unknown;
}

export interface Policy {
  entity: Entity;
  /** In the order of their priority. */
  readonly rules: Entity[];
}

export interface AuthorizationServer {
  entity: Entity;
  readonly scopes: Map<string, Entity>;
  readonly claims: Map<string, Entity>;
  /** In the order of their priority. */
  readonly policies: Policy[];
}

export interface Application {
  entity: Entity;
  secret: string;
}

/** Scopes that every authorization server has; Okta calls them system scopes. */
const SYSTEM_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'];

/** Everything in an Okta org that the library, the providers and the command know of. */
export class OktaModel {
  public readonly servers = new Map<string, AuthorizationServer>();
  public readonly applications = new Map<string, Application>();
  /** Every secret that was ever issued. */
  public readonly secrets: string[] = [];

  public constructor(private readonly clock: Clock) {}

  /** An id as Okta makes them: a prefix that tells the type, 20 characters in all. */
  public id(prefix: string): string {
    return `${prefix}${randomBytes(9).toString('hex').slice(0, 17)}`;
  }

  /** A new client secret. */
  public issueSecret(): string {
    const secret = randomBytes(32).toString('base64url');
    this.secrets.push(secret);
    return secret;
  }

  public create(prefix: string, body: Body, id = this.id(prefix)): Entity {
    const now = this.clock.now().toISOString();
    const { name = '' } = body;
    return {
      status: 'ACTIVE',
      system: false,
      ...body,
      name: name as string,
      id,
      created: now,
      lastUpdated: now,
    };
  }

  /** The entity with a new body; what Okta keeps is kept. */
  public update(entity: Entity, body: Body): Entity {
    const { id, created, system, status } = entity;
    const name = (body.name ?? entity.name) as string;
    return { status, system, ...body, name, id, created, lastUpdated: this.clock.now().toISOString() };
  }

  public withStatus(entity: Entity, status: string): Entity {
    return { ...entity, status, lastUpdated: this.clock.now().toISOString() };
  }

  public createServer(body: Body, orgUrl: string, id = this.id('aus')): AuthorizationServer {
    const now = this.clock.now().toISOString();
    const issuer = `${orgUrl}/oauth2/${id}`;
    const signing = { rotationMode: 'AUTO', kid: 'k1', lastRotated: now, nextRotation: now, use: 'sig' };
    const { system: _, ...entity } = this.create('aus', { ...body, issuer, credentials: { signing } }, id);
    const scopes = SYSTEM_SCOPES.map((name) => this.create('scp', { name, system: true, default: false }));
    const server: AuthorizationServer = {
      entity: entity as Entity,
      scopes: new Map(scopes.map((scope) => [scope.id, scope])),
      claims: new Map(),
      policies: [],
    };
    this.servers.set(id, server);
    return server;
  }
}
