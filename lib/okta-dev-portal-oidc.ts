import { type TerraformProvider, TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';
import type { Adoption } from './adoption/adoption';
import type { ApiPublicationOptions } from './konnect/api-publication';
import {
  type AuthMethod,
  type IOidcAuthStrategy,
  OidcAuthStrategy,
  strategyOptionsChecks,
  strategyScopesChecks,
  strategyTokenChecks,
} from './konnect/oidc-auth-strategy';
import type { TokenRequirements } from './konnect/token-requirements';
import type { AccessPolicy } from './okta/access-policy';
import { AuthorizationServer } from './okta/authorization-server';
import type { IAuthorizationServer } from './okta/authorization-server-ref';
import { type ClientIdClaim, claimNameChecks } from './okta/client-id-claim';
import { type OidcClientProps, oidcClientChecks } from './okta/oidc-client';
import type { OktaScope } from './okta/scope';
import {
  type IOktaDevPortalOidc,
  OktaDevPortalOidcBase,
  type OktaDevPortalOidcProviders,
  refersTo,
} from './okta-dev-portal-oidc-ref';
import {
  type OktaDevPortalOidcAttributes,
  type OktaDevPortalOidcReferenceOptions,
  ReferencedOktaDevPortalOidc,
} from './okta-dev-portal-oidc-reference';
import { clientCredentialsPolicy, DEFAULT_NAME } from './private/client-credentials-policy';
import { construct, required, shapeChecks } from './private/kinds';
import { literal } from './private/literal';
import { requiredScopesWarning } from './private/plugin-settings';
import { providerChecks } from './private/providers';
import { konnectProviderOf, usesKonnect } from './private/region';
import { OKTA_DEV_PORTAL_OIDC, OKTA_DEV_PORTAL_OIDC_REFERENCE } from './private/shapes/oidc';
import { requiresUniqueName } from './private/unique-names';
import { warnsAtSynthesis } from './private/warnings';
import type { ResourceProps } from './resource-props';
import { KnownList, rules } from './rules';
import { check, validate, within } from './validation';

const DEFAULT_CLAIM = 'clientId';
const DEFAULT_SCOPE = 'api.access';

/** Properties of `OktaDevPortalOidc`. */
export interface OktaDevPortalOidcProps extends TokenRequirements {
  /**
   * The authorization server that issues the tokens. Pass one to all constructs that share a server: claim and
   * scopes are part of it then, and stay when one of the constructs goes.
   *
   * @default - the server called `default` (`AuthorizationServer.fromDefault`)
   */
  readonly authorizationServer?: IAuthorizationServer;

  /**
   * Name of the claim with the client id, at most 128 characters, none of those that Okta reserves. It is added to the authorization
   * server unless the stack added it before, by whichever construct that stands for the server.
   *
   * @default clientId
   */
  readonly claimName?: string;

  /**
   * Names of the scopes that the gateway asks for, at most 50. They are added to the authorization server
   * unless the stack added them before, by whichever construct that stands for the server.
   *
   * @default ['api.access']
   */
  readonly scopes?: string[];

  /**
   * Name of the auth strategy in Konnect, unique in the region, 1 to 256 characters.
   *
   * @default Okta OIDC
   */
  readonly name?: string;

  /**
   * Name of the strategy that developers see, 1 to 256 characters.
   *
   * @default - the name
   */
  readonly displayName?: string;

  /**
   * How clients prove themselves to the gateway.
   *
   * @default [AuthMethod.CLIENT_CREDENTIALS]
   */
  readonly authMethods?: AuthMethod[];

  /**
   * Labels of the strategy, at most 50. Where all are removed, the provider keeps what was deployed: take the last one out in
   * Konnect.
   *
   * @default - none, or what was deployed
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * More settings of Kong's openid-connect plugin, for example `{ ssl_verify: true }`; none that has a prop of its own.
   * `{}` takes out those that were deployed; left out, the provider keeps them.
   *
   * @default - none, or those that were deployed
   */
  readonly additionalProperties?: { readonly [setting: string]: unknown };

  /**
   * Okta applications to create, by construct id; `addClient` adds more.
   *
   * @default - none yet
   */
  readonly clients?: { readonly [id: string]: OidcClientProps };

  /**
   * Client ids of Okta applications that exist; `allowClient` adds more.
   *
   * @default - none yet
   */
  readonly allowedClientIds?: string[];

  /**
   * APIs to publish, by construct id; `publish` adds more.
   *
   * @default - none yet
   */
  readonly publications?: { readonly [id: string]: ApiPublicationOptions };

  /**
   * Name of the access policy, unique on the authorization server.
   *
   * @default - the name of the strategy
   */
  readonly policyName?: string;

  /**
   * Place of the access policy among those of the authorization server, from 1.
   *
   * @default - 1 when it is created, afterwards what Okta makes of it
   */
  readonly policyPriority?: number;

  /**
   * What the access policy is for, as administrators see it.
   *
   * @default Clients of the Dev Portal
   */
  readonly policyDescription?: string;

  /**
   * Name of the rule of the access policy.
   *
   * @default Client credentials
   */
  readonly policyRuleName?: string;

  /**
   * Groups that the rule of the access policy is for. A client has no user, so no group decides; a rule that was
   * made in Okta's console names `EVERYONE`.
   *
   * @default - none
   */
  readonly policyRuleGroups?: string[];

  /**
   * Lifetime of an access token in minutes, 5 to 1440.
   *
   * @default 60
   */
  readonly accessTokenLifetimeMinutes?: number;

  /**
   * What was set up by hand and is to be taken over: every resource of this stack gets an `import` block.
   *
   * @default - everything is created
   */
  readonly adopt?: Adoption;

  /**
   * The provider of the Okta org.
   *
   * @default - that of the authorization server, or the stack's default provider
   */
  readonly oktaProvider?: TerraformProvider;

  /**
   * The provider of the Konnect region.
   *
   * @default - the stack's default provider
   */
  readonly konnectProvider?: TerraformProvider;
}

/**
 * Self-managed OIDC authentication with Okta for a Konnect Dev Portal: developers register their own
 * Okta applications in the portal, and the gateway opens the APIs to the credentials of those.
 *
 * In Okta: issuer, claim `app.clientId`, scopes, applications, access policy. In Konnect: auth
 * strategy and publications. Everything it makes is a property of it.
 *
 * @throws ValidationError with every rule that the props break
 */
export class OktaDevPortalOidc extends OktaDevPortalOidcBase {
  /**
   * What another repository set up, by ids or remote state: add clients to it and publish with it.
   *
   * @throws ValidationError when Okta or Konnect could have no such server, scopes or strategy
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: OktaDevPortalOidcAttributes,
  ): IOktaDevPortalOidc {
    return new ReferencedOktaDevPortalOidc(scope, id, attributes);
  }

  /**
   * What another stack of this app set up: clients and publications that are added here belong to the stack of `scope`.
   *
   * @throws ValidationError when `oidc` is none, or a provider is one of another stack
   */
  public static fromOidc(
    scope: Construct,
    id: string,
    oidc: IOktaDevPortalOidc,
    options: OktaDevPortalOidcReferenceOptions = {},
  ): IOktaDevPortalOidc {
    validate(scope, [
      ...required(construct('scopeNames'))('oidc', oidc),
      ...shapeChecks(options, OKTA_DEV_PORTAL_OIDC_REFERENCE),
    ]);
    const reference = OktaDevPortalOidc.fromAttributes(scope, id, {
      ...options,
      authorizationServerId: oidc.authorizationServer.authorizationServerId,
      issuer: oidc.authorizationServer.issuer,
      scopeNames: oidc.scopeNames,
      strategyId: oidc.strategy.strategyId,
    });
    refersTo(reference, oidc);
    return reference;
  }

  public readonly authorizationServer: IAuthorizationServer;

  /** The claim with the client id. */
  public readonly claim: ClientIdClaim;

  /** The scopes that the gateway asks for. */
  public readonly scopes: OktaScope[];

  /** How the gateway authenticates clients: an `OidcAuthStrategy`, which has the resource. */
  public readonly strategy: IOidcAuthStrategy;
  /** @internal */
  protected readonly _providers: OktaDevPortalOidcProviders;

  private readonly props: OktaDevPortalOidcProps;
  private readonly ofServer: ResourceProps;

  public constructor(scope: Construct, id: string, props: OktaDevPortalOidcProps = {}) {
    super(scope, id);
    validate(this, shapeChecks(props, OKTA_DEV_PORTAL_OIDC));
    this.props = props;
    const name = props.name ?? DEFAULT_NAME;
    const scopeNames = props.scopes ?? [DEFAULT_SCOPE];
    const claimName = props.claimName ?? DEFAULT_CLAIM;
    validate(this, [
      ...claimNameChecks(claimName),
      check('scopes', new KnownList(!Token.isUnresolved(scopeNames)), rules.knownAtSynthesis),
      ...strategyScopesChecks(scopeNames),
      ...strategyOptionsChecks({ ...props, name }),
      ...strategyTokenChecks({ ...props, name }, scopeNames),
      check('policyPriority', props.policyPriority, rules.priority),
      check('accessTokenLifetimeMinutes', props.accessTokenLifetimeMinutes, rules.tokenLifetime),
      ...Object.entries(props.clients ?? {}).flatMap(([client, options]) =>
        within(`clients.${client}`, oidcClientChecks(options)),
      ),
      check(
        'allowedClientIds',
        new KnownList(!Token.isUnresolved(props.allowedClientIds)),
        rules.knownAtSynthesis,
      ),
      check('allowedClientIds', props.allowedClientIds, rules.clientIdsUnique),
      ...providerChecks(this, 'oktaProvider', props.oktaProvider),
      ...providerChecks(this, 'konnectProvider', props.konnectProvider),
    ]);
    usesKonnect(this, props.konnectProvider, 'konnectProvider');
    requiresUniqueName(this, rules.strategyNameOnce, {
      prop: 'name',
      name,
      within: () => [konnectProviderOf(this, props.konnectProvider)],
    });

    props.adopt?.applyTo(this);
    this.authorizationServer =
      props.authorizationServer ??
      AuthorizationServer.fromDefault(this, 'AuthorizationServer', { provider: props.oktaProvider });
    // The provider of a server is one of its own stack; what is added to the server is in that stack.
    const serverIsHere = TerraformStack.of(this.authorizationServer) === TerraformStack.of(this);
    this._providers = {
      okta: props.oktaProvider ?? (serverIsHere ? this.authorizationServer.provider : undefined),
      konnect: props.konnectProvider,
    };
    this.ofServer = serverIsHere ? { provider: this._providers.okta } : {};
    this.claim = this.claimNamed(claimName);
    this.scopes = scopeNames.map((each) => this.scopeNamed(each));
    this.strategy = new OidcAuthStrategy(this, 'Strategy', {
      name,
      displayName: props.displayName,
      issuer: this.authorizationServer.issuer,
      credentialClaim: [this.claim.claimName],
      authMethods: props.authMethods,
      scopes: this.scopeNames,
      labels: props.labels,
      scopesRequired: props.scopesRequired,
      scopesClaim: props.scopesClaim,
      audienceRequired: props.audienceRequired,
      audienceClaim: props.audienceClaim,
      additionalProperties: props.additionalProperties,
      provider: props.konnectProvider,
    });

    for (const [client, options] of Object.entries(props.clients ?? {})) {
      this.addClient(client, options);
    }
    for (const clientId of props.allowedClientIds ?? []) {
      this.allowClient(clientId);
    }
    for (const [publication, options] of Object.entries(props.publications ?? {})) {
      this.publish(publication, options);
    }
    const warning = requiredScopesWarning(props, scopeNames);
    if (warning !== undefined) {
      // A second rule of the policy may allow more.
      warnsAtSynthesis(this, () => ((this.accessPolicy?.rules.length ?? 0) > 1 ? undefined : warning));
    }
  }

  public get scopeNames(): string[] {
    return this.scopes.map((each) => each.scopeName);
  }

  protected createAccessPolicy(): AccessPolicy {
    const { name, policyName, policyPriority, accessTokenLifetimeMinutes } = this.props;
    const { policyDescription, policyRuleName, policyRuleGroups } = this.props;
    return clientCredentialsPolicy(
      this,
      {
        name: policyName ?? name ?? DEFAULT_NAME,
        description: policyDescription,
        priority: policyPriority,
        ruleName: policyRuleName,
        groups: policyRuleGroups,
        accessTokenLifetimeMinutes,
        provider: this._providers.okta,
      },
      this.scopeNames,
    );
  }

  /** Two of these constructs may share a server, and Okta takes each name once. */
  private claimNamed(name: string): ClientIdClaim {
    const known = this.authorizationServer.claims.find((each) => each.resource.nameInput === literal(name));
    return known ?? this.authorizationServer.addClientIdClaim(name, this.ofServer);
  }

  private scopeNamed(name: string): OktaScope {
    const known = this.authorizationServer.scopes.find((each) => each.resource.nameInput === literal(name));
    return known ?? this.authorizationServer.addScope(name, this.ofServer);
  }
}
