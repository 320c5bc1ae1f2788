import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { propsSpec, validateProps } from '../core/props-spec';
import { childrenOf } from '../core/specs';
import { API_PUBLICATION_OPTIONS, type ApiPublicationOptions } from './api-publication';
import {
  type IOidcAuthStrategy,
  OIDC_AUTH_STRATEGY,
  OidcAuthStrategy,
  type OidcAuthStrategyProps,
} from './oidc-auth-strategy';
import { OidcPublicationsBase } from './oidc-publications-base';

/** Properties of `OidcPublications`. */
export interface OidcPublicationsProps extends OidcAuthStrategyProps {
  /**
   * APIs to publish, by construct id. `publish` adds more.
   *
   * @default - none
   */
  readonly publications?: { readonly [id: string]: ApiPublicationOptions };
}

export const OIDC_PUBLICATIONS = propsSpec<OidcPublicationsProps>(
  { ...OIDC_AUTH_STRATEGY.fields, publications: childrenOf(API_PUBLICATION_OPTIONS) },
  OIDC_AUTH_STRATEGY.rules,
);

/**
 * The Konnect half of self-managed OIDC authentication, for any OpenID Connect provider: an auth strategy, publications
 * with it, and registrations of clients. For Okta, `OktaDevPortalOidc` also creates the Okta half.
 *
 * @throws ValidationError with all failures of the props
 */
export class OidcPublications extends OidcPublicationsBase {
  public readonly strategy: IOidcAuthStrategy;
  protected readonly konnectProvider?: TerraformProvider;

  public constructor(scope: Construct, id: string, props: OidcPublicationsProps) {
    super(scope, id);
    validateProps(this, props, OIDC_PUBLICATIONS);
    const { publications = {}, ...strategy } = props;
    this.konnectProvider = props.provider;
    this.strategy = new OidcAuthStrategy(this, 'Strategy', strategy);
    for (const [publication, options] of Object.entries(publications)) {
      this.publish(publication, options);
    }
  }
}
