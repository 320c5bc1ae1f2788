import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock';
import type { Body, Entity } from '../entity';

/** An entity with the fields that all of Okta's have. */
export interface OktaEntity extends Entity {
  readonly created: string;
  readonly lastUpdated: string;
  readonly status: string;
  readonly name: string;
}

export interface Rule {
  entity: OktaEntity;
}

export interface Policy {
  entity: OktaEntity;
  /** In the order of their priority. */
  readonly rules: Rule[];
}

export interface AuthorizationServer {
  entity: OktaEntity;
  readonly scopes: Map<string, OktaEntity>;
  readonly claims: Map<string, OktaEntity>;
  /** In the order of their priority. */
  readonly policies: Policy[];
}

export interface ClientSecret {
  readonly id: string;
  readonly created: string;
  value: string;
  status: string;
  lastUpdated: string;
}

export interface Application {
  /** Without its secrets. */
  entity: OktaEntity;
  /** Oldest first; at most two, as Okta allows for a rotation. Each active one opens the token endpoint. */
  readonly secrets: ClientSecret[];
}

/** System scopes, which every authorization server has. */
const SYSTEM_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'];
/** The system claim of every authorization server. */
const SUBJECT_CLAIM = {
  name: 'sub',
  claimType: 'RESOURCE',
  valueType: 'EXPRESSION',
  value: '(appuser != null) ? appuser.userName : app.clientId',
  conditions: { scopes: [] },
  alwaysIncludeInToken: true,
};

/** Everything in an Okta org that the library, the providers and the command know of. */
export class OktaModel {
  public readonly servers = new Map<string, AuthorizationServer>();
  /** Id of the authorization server that is there from the start. */
  public defaultServerId = '';
  public readonly applications = new Map<string, Application>();
  /** Every secret that was ever issued or set: the API token, client secrets and access tokens. */
  public readonly issued = new Set<string>();

  public constructor(private readonly clock: Clock) {}

  /** An id as Okta makes them: a prefix that tells the type, 20 characters in all. */
  public id(prefix: string): string {
    return `${prefix}${randomBytes(9).toString('hex').slice(0, 17)}`;
  }

  /** The sandbox's time, as Okta writes it. */
  public now(): string {
    return this.clock.now().toISOString();
  }

  /** A client secret of a value, or of a random one. */
  public createSecret(value?: string, status = 'ACTIVE'): ClientSecret {
    const secret = value || randomBytes(32).toString('base64url');
    this.issued.add(secret);
    const now = this.now();
    return { id: this.id('ocs'), status, value: secret, created: now, lastUpdated: now };
  }

  /** A new entity, active unless the body says otherwise. */
  public create(body: Body, id: string): OktaEntity {
    const now = this.now();
    const name = (body.name ?? '') as string;
    return { status: 'ACTIVE', ...body, name, id, created: now, lastUpdated: now };
  }

  /** A new entity with Okta's mark for system entities. */
  public createMember(prefix: string, body: Body, system = false): OktaEntity {
    return this.create({ ...body, system }, this.id(prefix));
  }

  /** The entity with a new body. Keeps the fields that Okta manages. */
  public update(entity: OktaEntity, body: Body): OktaEntity {
    const { id, created, status, system } = entity;
    const name = (body.name ?? entity.name) as string;
    const kept = system === undefined ? {} : { system };
    return { status, ...body, ...kept, name, id, created, lastUpdated: this.now() };
  }

  public withStatus(entity: OktaEntity, status: string): OktaEntity {
    return { ...entity, status, lastUpdated: this.now() };
  }

  /** The application of a client id, which may differ from the application's id. */
  public findClient(clientId: string): Application | undefined {
    return [...this.applications.values()].find(({ entity }) => clientIdOf(entity) === clientId);
  }

  /** The default authorization server: its issuer has the name instead of the id. */
  public createDefaultServer(body: Body, orgUrl: string): void {
    const { entity } = this.createServer({ ...body, name: 'default' }, orgUrl, 'default');
    this.defaultServerId = entity.id;
  }

  /** An authorization server with its system scopes and the system claim `sub`. */
  public createServer(body: Body, orgUrl: string, path?: string): AuthorizationServer {
    const now = this.now();
    const id = this.id('aus');
    const issuer = `${orgUrl}/oauth2/${path ?? id}`;
    const signing = { rotationMode: 'AUTO', kid: 'k1', lastRotated: now, nextRotation: now, use: 'sig' };
    const scopes = SYSTEM_SCOPES.map((name) => this.createMember('scp', { name, default: false }, true));
    const subject = this.createMember('ocl', SUBJECT_CLAIM, true);
    const server: AuthorizationServer = {
      entity: this.create({ ...body, issuer, credentials: { signing } }, id),
      scopes: new Map(scopes.map((scope) => [scope.id, scope])),
      claims: new Map([[subject.id, subject]]),
      policies: [],
    };
    this.servers.set(id, server);
    return server;
  }
}

/** The client id of an application. */
export function clientIdOf({ credentials }: Body): string {
  const { oauthClient } = credentials as { readonly oauthClient: { readonly client_id: string } };
  return oauthClient.client_id;
}
