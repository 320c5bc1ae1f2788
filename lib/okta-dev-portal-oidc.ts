import { type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Adoption } from './adoption/adoption';
import { isInSameStack } from './core/elements';
import { propsSpec, validateProps } from './core/props-spec';
import { Registry } from './core/registry';
import { childrenOf, construct, flag, listOf, text } from './core/specs';
import { escapeTemplates } from './core/terraform-text';
import { hasAtMost } from './core/tokens';
import { addLazyWarning } from './core/validation';
import { OpaqueSpec } from './core/value-spec';
import { API_PUBLICATION_OPTIONS, type ApiPublicationOptions } from './konnect/api-publication';
import {
  type IOidcAuthStrategy,
  OIDC_AUTH_STRATEGY_OPTIONS,
  OidcAuthStrategy,
  type OidcAuthStrategyOptions,
  requiredScopesCheck,
  STRATEGY_NAME,
} from './konnect/oidc-auth-strategy';
import { meetsRequiredScopes } from './konnect/plugin-settings';
import { MAX_POLICY_NAME } from './okta/access-policy';
import { AuthorizationServer, type IAuthorizationServer } from './okta/authorization-server';
import type { AuthorizationServerScope } from './okta/authorization-server-scope';
import type { ClientAccessPolicyOptions } from './okta/client-access-policy';
import { CLAIM_NAME, type ClientIdClaim } from './okta/client-id-claim';
import { OIDC_CLIENT, type OidcClientProps } from './okta/oidc-client';
import {
  DEFAULT_NAME,
  ImportedOktaDevPortalOidc,
  type IOktaDevPortalOidc,
  OKTA_DEV_PORTAL_OIDC_IMPORT_OPTIONS,
  OKTA_SCOPES,
  type OktaDevPortalOidcAttributes,
  OktaDevPortalOidcBase,
  type OktaDevPortalOidcImportOptions,
} from './okta-dev-portal-oidc-base';

const DEFAULT_CLAIM = 'clientId';
const DEFAULT_SCOPE = 'api.access';

/** Properties of `OktaDevPortalOidc`. */
export interface OktaDevPortalOidcProps extends OidcAuthStrategyOptions {
  /**
   * Authorization server that issues the tokens. Pass one to all constructs that share a server: they share its claim
   * and scopes, which stay when one of the constructs is removed.
   *
   * @default - the server called `default` (`AuthorizationServer.fromDefault`)
   */
  readonly authorizationServer?: IAuthorizationServer;

  /**
   * Name of the claim with the client id, at most 128 characters. Not a name that Okta reserves. Added unless the stack
   * already defines it.
   *
   * @default clientId
   */
  readonly claimName?: string;

  /**
   * Names of the scopes that the gateway requests, 1 to 50. Added unless the stack already defines them.
   *
   * @default ['api.access']
   */
  readonly scopes?: string[];

  /**
   * Name of the auth strategy in Konnect, 1 to 256 characters, unique in the region.
   *
   * @default Okta OIDC
   */
  readonly name?: string;

  /**
   * Okta applications to create, by construct id. `addClient` adds more.
   *
   * @default - none
   */
  readonly clients?: { readonly [id: string]: OidcClientProps };

  /**
   * Client ids of existing Okta applications. `allowClient` adds more.
   *
   * @default - none
   */
  readonly allowedClientIds?: string[];

  /**
   * APIs to publish, by construct id. `publish` adds more.
   *
   * @default - none
   */
  readonly publications?: { readonly [id: string]: ApiPublicationOptions };

  /**
   * Access policy of the clients. It is created with the first client.
   *
   * @default - a policy with the name of the strategy and one rule for client credentials
   */
  readonly accessPolicy?: ClientAccessPolicyOptions;

  /**
   * Whether Terraform rejects a plan that would destroy a client or a publication. Set `preventDestroy` of a client or a
   * publication to make an exception, and that of the `DevPortal` to protect the portal. Does not protect what is removed
   * or renamed.
   *
   * @default false
   */
  readonly preventDestroy?: boolean;

  /**
   * Existing resources to adopt: the resources of this stack get `import` blocks.
   *
   * @default - all resources are created
   */
  readonly adopt?: Adoption;

  /**
   * Provider of the Okta org.
   *
   * @default - the provider of the authorization server, or the stack's default provider
   */
  readonly oktaProvider?: TerraformProvider;

  /**
   * Provider of the Konnect region.
   *
   * @default - the stack's default provider
   */
  readonly konnectProvider?: TerraformProvider;
}

const ADOPTION = new OpaqueSpec({
  rule: 'must be an Adoption',
  remedy: 'Read one with Adoption.fromFile',
  isValid: (value) => typeof Reflect.get(Object(value), 'applyTo') === 'function',
});

export const OKTA_DEV_PORTAL_OIDC = propsSpec<OktaDevPortalOidcProps>(
  {
    ...OIDC_AUTH_STRATEGY_OPTIONS.fields,
    ...OKTA_DEV_PORTAL_OIDC_IMPORT_OPTIONS.fields,
    authorizationServer: construct('authorizationServerId', 'claims'),
    claimName: CLAIM_NAME,
    scopes: OKTA_SCOPES.known(),
    name: STRATEGY_NAME,
    clients: childrenOf(OIDC_CLIENT),
    allowedClientIds: listOf(text().notBlank(), { unique: true }).known(),
    publications: childrenOf(API_PUBLICATION_OPTIONS),
    preventDestroy: flag().known(),
    adopt: ADOPTION.known(),
  },
  [
    ...OIDC_AUTH_STRATEGY_OPTIONS.rules,
    {
      prop: 'accessPolicy',
      rule: 'must have a name: the default is the name of the strategy, and a policy has at most 100 characters (Okta)',
      remedy: 'Set accessPolicy.name',
      isValid: ({ name = '', accessPolicy }) =>
        accessPolicy?.name !== undefined || hasAtMost(MAX_POLICY_NAME, name),
    },
  ],
);

/**
 * Self-managed OIDC authentication with Okta for a Konnect Dev Portal: developers register their own Okta applications
 * in the portal, and the gateway accepts their credentials.
 *
 * In Okta it creates the claim `app.clientId`, scopes, applications and an access policy. In Konnect it creates the
 * auth strategy and publications.
 *
 * @throws ValidationError with all failures of the props
 */
export class OktaDevPortalOidc extends OktaDevPortalOidcBase {
  /** Whether a value is an authentication, also one of another copy of this package. */
  public static isOktaDevPortalOidc(value: unknown): value is IOktaDevPortalOidc {
    return Construct.isConstruct(value) && 'strategyId' in value && 'scopeNames' in value;
  }

  /**
   * References an authentication of another stack or repository: add clients to it and publish with it. Clients and
   * publications that are added here are in the stack of `scope`.
   *
   * @param attributes ids, or the authentication of another stack of this app
   * @throws ValidationError if an attribute is invalid, or a provider is one of another stack
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: OktaDevPortalOidcAttributes,
    options: OktaDevPortalOidcImportOptions = {},
  ): IOktaDevPortalOidc {
    return new ImportedOktaDevPortalOidc(scope, id, attributes, options);
  }

  public readonly authorizationServer: IAuthorizationServer;

  /** The claim with the client id. */
  public readonly claim: ClientIdClaim;

  /** The scopes that the gateway requests. */
  public readonly scopes: AuthorizationServerScope[];

  public readonly strategy: IOidcAuthStrategy;

  protected readonly oktaProvider?: TerraformProvider;
  protected readonly konnectProvider?: TerraformProvider;
  protected override readonly preventDestroy?: boolean;

  /** @internal */
  protected readonly _policyOptions: ClientAccessPolicyOptions & { readonly name: string };

  public constructor(scope: Construct, id: string, props: OktaDevPortalOidcProps = {}) {
    super(scope, id);
    const scopeNames = props?.scopes ?? [DEFAULT_SCOPE];
    validateProps(this, props, OKTA_DEV_PORTAL_OIDC, () => [requiredScopesCheck(props, scopeNames)]);
    const { name = DEFAULT_NAME, claimName = DEFAULT_CLAIM } = props;
    this._policyOptions = { ...props.accessPolicy, name: props.accessPolicy?.name ?? name };
    this.requireUniqueStrategy(name, props.konnectProvider);
    props.adopt?.applyTo(this);

    const server =
      props.authorizationServer ??
      AuthorizationServer.fromDefault(this, 'AuthorizationServer', { provider: props.oktaProvider });
    // Claim and scopes of a server of another stack are in that stack, with its provider.
    const isServerHere = isInSameStack(server, this);
    this.oktaProvider = props.oktaProvider ?? (isServerHere ? server.provider : undefined);
    this.konnectProvider = props.konnectProvider;
    this.preventDestroy = props.preventDestroy;
    const options = isServerHere ? { provider: this.oktaProvider } : {};
    this.authorizationServer = server;
    this.claim = findByName(server.claims, claimName) ?? server.addClientIdClaim(claimName, options);
    this.scopes = scopeNames.map((each) => findByName(server.scopes, each) ?? server.addScope(each, options));
    this.strategy = new OidcAuthStrategy(this, 'Strategy', {
      name,
      displayName: props.displayName,
      issuer: server.issuer,
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
    if (!meetsRequiredScopes(props, scopeNames)) {
      // A second rule of the policy may allow more scopes.
      addLazyWarning(this, () =>
        (this.accessPolicy?.rules.length ?? 0) > 1
          ? undefined
          : 'The gateway rejects every token: no item of scopesRequired has all of its scopes in scopes, and the access policy allows clients only those. Add the missing scopes to scopes, or require fewer.',
      );
    }
  }

  public get scopeNames(): string[] {
    return this.scopes.map((each) => each.scopeName);
  }

  private requireUniqueStrategy(name: string, konnectProvider: TerraformProvider | undefined): void {
    const { rules } = Registry.of(this);
    rules.addProviderUse(this, { name: 'konnect', provider: konnectProvider, prop: 'konnectProvider' });
    rules.addUniqueName(this, {
      prop: 'name',
      name: () => name,
      scopes: (lookup) => [lookup.find(this, 'konnect', konnectProvider) ?? TerraformStack.of(this)],
      rule: 'must be the name of one auth strategy only in its region: people and scripts find it by name',
      remedy: 'Set another name for one of the two',
    });
  }
}

/** The claim or scope with a name. */
function findByName<T extends ClientIdClaim | AuthorizationServerScope>(
  list: readonly T[],
  name: string,
): T | undefined {
  return list.find((each) => each.resource.nameInput === escapeTemplates(name));
}
