import type { Providers } from 'okta-dev-portal-oidc-sandbox';

/** How the stacks of a test are run. */
export interface StackTesterOptions {
  /**
   * Which providers Terraform runs. The real ones call the sandbox unless the stacks name another server.
   *
   * @default - the sandbox's fake providers: pinned versions, no registry
   */
  readonly providers?: Providers;

  /**
   * Values of Terraform variables by name. Each stack gets those that it declares. Credentials of providers need no
   * value: the sandbox has its own.
   *
   * @default - the variables' defaults, and TF_VAR_… of the environment
   */
  readonly variables?: { readonly [name: string]: unknown };

  /**
   * Whether auth strategies change in place, as with konnect 3.22 and newer.
   *
   * @default - false: they are replaced, as with older versions
   */
  readonly strategiesInPlace?: boolean;
}

/** Which client and which APIs are tested. */
export interface ProveOptions {
  /**
   * Label or client id of the Okta application.
   *
   * @default - the only one
   */
  readonly client?: string;

  /**
   * Name or id of the API.
   *
   * @default - all that the stacks publish
   */
  readonly api?: string;

  /**
   * Name or id of the portal.
   *
   * @default - all that the stacks publish to
   */
  readonly portal?: string;

  /**
   * Label or client id of a client of the stacks that must get 403, for example one of another API. Register it for its
   * own API before: a client that is registered nowhere gets 403 too.
   *
   * @default - a client that is registered for no API
   */
  readonly unregisteredClient?: string;

  /**
   * Path of the requests to the gateway.
   *
   * @default - that of the first route
   */
  readonly path?: string;

  /**
   * E-mail address of the developer who registers the client.
   *
   * @default developer@example.test
   */
  readonly developer?: string;

  /**
   * Whether developer and registration are approved, as a Portal Admin does in Konnect. With `false` they stay pending
   * on a portal that does not approve automatically.
   *
   * @default true
   */
  readonly approve?: boolean;
}
