import { AuthServer, type AuthServerConfig } from '@cdktf/provider-okta/lib/auth-server';
import { DataOktaAuthServer } from '@cdktf/provider-okta/lib/data-okta-auth-server';
import { type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import {
  additionsTo,
  certainIdentitiesOf,
  isFoundByName,
  type ServerAdditions,
} from '../private/authorization-servers';
import { required, shapeChecks, text } from '../private/kinds';
import { literal } from '../private/literal';
import { oktaArguments, usesOkta, withProvider } from '../private/meta-arguments';
import { hasConstantId, managesResource } from '../private/replacement';
import {
  AUTHORIZATION_SERVER,
  AUTHORIZATION_SERVER_ATTRIBUTES,
  AUTHORIZATION_SERVER_LOOKUP,
} from '../private/shapes/okta';
import { childId } from '../private/tokens';
import { requiresUniqueName } from '../private/unique-names';
import type { ResourceProps } from '../resource-props';
import { Occurrence, rules } from '../rules';
import { stackRules } from '../rules-stacks';
import { check, type Rule, validate } from '../validation';
import { AccessPolicy, type AccessPolicyOptions } from './access-policy';
import type { IAuthorizationServer } from './authorization-server-ref';
import { ClientIdClaim, type ClientIdClaimOptions } from './client-id-claim';
import { OktaScope, type OktaScopeOptions } from './scope';

/** Which domain the issuer URI of an authorization server is on. */
export enum IssuerMode {
  /** The domain of the Okta org. */
  ORG_URL = 'ORG_URL',
  /** The custom domain of the org. */
  CUSTOM_URL = 'CUSTOM_URL',
  /** The domain that the request was made to. */
  DYNAMIC = 'DYNAMIC',
}

/** Who rotates the keys that sign tokens. */
export enum KeyRotationMode {
  /** Okta, four times a year. */
  AUTO = 'AUTO',
  /** An administrator. */
  MANUAL = 'MANUAL',
}

/** Properties of `AuthorizationServer`. */
export interface AuthorizationServerProps extends ResourceProps {
  /** Name of the server, unique in the org. */
  readonly name: string;

  /** The `aud` of its tokens. Okta takes exactly one. */
  readonly audiences: string[];

  /**
   * What the server is for.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Which domain the issuer URI is on.
   *
   * @default IssuerMode.ORG_URL
   */
  readonly issuerMode?: IssuerMode;

  /**
   * Who rotates the signing keys.
   *
   * @default KeyRotationMode.AUTO
   */
  readonly keyRotationMode?: KeyRotationMode;
}

/** How to find an authorization server that exists. */
export interface AuthorizationServerLookup {
  /**
   * The provider of the Okta org.
   *
   * @default - the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/** What is known of an authorization server that exists. */
export interface AuthorizationServerAttributes extends AuthorizationServerLookup {
  /** Id in Okta. */
  readonly authorizationServerId: string;

  /** Issuer URI, at most 256 characters, ending in `/oauth2/<id>`. */
  readonly issuer: string;
}

/** What created and found servers have in common. */
abstract class AuthorizationServerBase extends Construct implements IAuthorizationServer {
  public abstract readonly authorizationServerId: string;
  public abstract readonly issuer: string;
  public abstract readonly provider?: TerraformProvider;

  private scopesAdded = 0;
  private claimsAdded = 0;

  public get scopes(): OktaScope[] {
    return [...this.additions.scopes.values()];
  }

  public get claims(): ClientIdClaim[] {
    return [...this.additions.claims.values()];
  }

  public addScope(scopeName: string, options: OktaScopeOptions = {}): OktaScope {
    validate(this, required(text)('scopeName', scopeName));
    const { scopes } = this.additions;
    const known = scopes.has(scopeName);
    validate(this, [check('scopeName', new Occurrence(scopeName, known), rules.scopeAddedOnce)]);
    const added = new OktaScope(this, childId('Scope', scopeName, this.scopesAdded++), {
      ...withProvider(options, this.provider),
      authorizationServer: this,
      scopeName,
    });
    scopes.set(scopeName, added);
    this.requiresOneOwner(added, stackRules.scopeOfOneStack, 'scopeName', scopeName);
    return added;
  }

  public addClientIdClaim(claimName: string, options: ClientIdClaimOptions = {}): ClientIdClaim {
    validate(this, required(text)('claimName', claimName));
    const { claims } = this.additions;
    const known = claims.has(claimName);
    validate(this, [check('claimName', new Occurrence(claimName, known), rules.claimAddedOnce)]);
    const added = new ClientIdClaim(this, childId('Claim', claimName, this.claimsAdded++), {
      ...withProvider(options, this.provider),
      authorizationServer: this,
      claimName,
    });
    claims.set(claimName, added);
    this.requiresOneOwner(added, stackRules.claimOfOneStack, 'claimName', claimName);
    return added;
  }

  public addAccessPolicy(id: string, options: AccessPolicyOptions): AccessPolicy {
    return new AccessPolicy(this, id, { ...withProvider(options, this.provider), authorizationServer: this });
  }

  /** Several constructs of the stack may stand for the server. */
  private get additions(): ServerAdditions {
    return additionsTo(this, TerraformStack.of(this));
  }

  /** Within a stack names are looked at when they are added; another stack may have a provider that comes later. */
  private requiresOneOwner(added: IConstruct, rule: Rule<Occurrence>, prop: string, name: string): void {
    requiresUniqueName(added, rule, { prop, name, within: () => certainIdentitiesOf(this) });
  }
}

/** A server that is looked up when Terraform plans. */
class FoundAuthorizationServer extends AuthorizationServerBase {
  public readonly authorizationServerId: string;
  public readonly issuer: string;
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, name: string, lookup: AuthorizationServerLookup) {
    super(scope, id);
    validate(this, [...required(text)('name', name), ...shapeChecks(lookup, AUTHORIZATION_SERVER_LOOKUP)]);
    validate(this, [check('name', name, rules.notEmpty)]);
    usesOkta(this, lookup.provider);
    const data = new DataOktaAuthServer(this, 'Data', { name: literal(name), provider: lookup.provider });
    this.authorizationServerId = data.id;
    this.issuer = data.issuer;
    this.provider = lookup.provider;
    isFoundByName(this, name);
  }
}

/** A server of which everything is known already. */
class ReferencedAuthorizationServer extends AuthorizationServerBase {
  public readonly authorizationServerId: string;
  public readonly issuer: string;
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, attributes: AuthorizationServerAttributes) {
    super(scope, id);
    validate(this, shapeChecks(attributes, AUTHORIZATION_SERVER_ATTRIBUTES));
    validate(this, [
      check('authorizationServerId', attributes.authorizationServerId, rules.notEmpty),
      check('issuer', attributes.issuer, rules.issuerUrl),
      check('issuer', attributes.issuer, rules.issuerLength),
      check('issuer', attributes.issuer, rules.issuerOfCustomServer),
    ]);
    if (attributes.provider) {
      usesOkta(this, attributes.provider);
    }
    this.authorizationServerId = attributes.authorizationServerId;
    this.issuer = attributes.issuer;
    this.provider = attributes.provider;
  }
}

/**
 * A custom authorization server in Okta: the issuer of the tokens that the gateway accepts.
 *
 * The org authorization server (an issuer without `/oauth2/`) is none: it has no custom claims.
 *
 * @throws ValidationError when a name is empty or there is not exactly one audience
 */
export class AuthorizationServer extends AuthorizationServerBase {
  /**
   * The server called `default` that Okta orgs with API Access Management have from the start.
   *
   * @throws ValidationError when the provider is one of another stack
   */
  public static fromDefault(
    scope: Construct,
    id: string,
    lookup: AuthorizationServerLookup = {},
  ): IAuthorizationServer {
    const server = AuthorizationServer.fromName(scope, id, 'default', lookup);
    hasConstantId(server);
    return server;
  }

  /**
   * A server that exists, found by its name when Terraform plans.
   *
   * @throws ValidationError when the name is empty, or the provider is one of another stack
   */
  public static fromName(
    scope: Construct,
    id: string,
    name: string,
    lookup: AuthorizationServerLookup = {},
  ): IAuthorizationServer {
    return new FoundAuthorizationServer(scope, id, name, lookup);
  }

  /**
   * A server that exists, without a lookup.
   *
   * @throws ValidationError when the issuer is none of a custom authorization server, or an id is empty
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: AuthorizationServerAttributes,
  ): IAuthorizationServer {
    return new ReferencedAuthorizationServer(scope, id, attributes);
  }

  /** The resource, for whatever this construct does not offer. */
  public readonly resource: AuthServer;
  public readonly authorizationServerId: string;
  public readonly issuer: string;
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, props: AuthorizationServerProps) {
    super(scope, id);
    validate(this, shapeChecks(props, AUTHORIZATION_SERVER));
    validate(this, [
      check('name', props.name, rules.notEmpty),
      check('audiences', props.audiences, rules.audiencesCount),
    ]);
    const config = literal<AuthServerConfig>({
      name: props.name,
      audiences: props.audiences,
      description: props.description,
      issuerMode: props.issuerMode,
      credentialsRotationMode: props.keyRotationMode,
      ...oktaArguments(this, props),
    });
    this.resource = new AuthServer(this, 'Resource', config);
    managesResource(this, this.resource);
    this.authorizationServerId = this.resource.id;
    this.issuer = this.resource.issuer;
    this.provider = props.provider;
  }
}
