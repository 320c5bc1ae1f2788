import { propsSpec } from '../core/props-spec';
import {
  KONNECT_PROVIDER_OPTIONS,
  KONNECT_RESOURCE_PROPS,
  type ProviderOptions,
  type ResourceProps,
} from '../core/provider-construct';
import { construct, flag, text } from '../core/specs';
import type { IOidcAuthStrategy } from './oidc-auth-strategy';
import { LABELS, VISIBILITY, type Visibility } from './shared-props';

/** Attributes of an existing portal. */
export interface DevPortalAttributes extends ProviderOptions {
  /**
   * Whether the portal has RBAC.
   *
   * @default - unknown
   */
  readonly rbacEnabled?: boolean;
}

/** Properties of `DevPortal`. */
export interface DevPortalProps extends ResourceProps {
  /** Name in Konnect, 1 to 255 characters, unique in the region. */
  readonly name: string;

  /**
   * Name that visitors see, 1 to 255 characters.
   *
   * @default - the name, or the deployed one
   */
  readonly displayName?: string;

  /**
   * Purpose of the portal, at most 512 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether developers can sign up and register applications.
   *
   * @default true
   */
  readonly authenticationEnabled?: boolean;

  /**
   * Whether teams and roles decide which developer sees which private API. Needs authentication.
   *
   * @default false
   */
  readonly rbacEnabled?: boolean;

  /**
   * Whether sign-ups of developers are approved automatically. On a public portal everyone gets access.
   *
   * @default false
   */
  readonly autoApproveDevelopers?: boolean;

  /**
   * Whether registrations of applications are approved automatically. Every developer gets access to every API that
   * they see.
   *
   * @default false
   */
  readonly autoApproveApplications?: boolean;

  /**
   * Visibility of an API that is published without one.
   *
   * @default - private with RBAC, otherwise public
   */
  readonly defaultApiVisibility?: Visibility;

  /**
   * Visibility of a page that is added without one.
   *
   * @default Visibility.PUBLIC
   */
  readonly defaultPageVisibility?: Visibility;

  /**
   * Strategy of an API that somebody publishes without one, in Konnect's UI or API. `publish` always sets its own.
   * `useDefaultStrategy` sets the default later.
   *
   * @default - none: such an API needs no authentication
   */
  readonly defaultStrategy?: IOidcAuthStrategy;

  /**
   * Markdown of the home page. An empty string for no home page.
   *
   * @default - the list of APIs
   */
  readonly homePage?: string;

  /**
   * Labels, at most 50. Removing the last label leaves the deployed ones unchanged (provider behaviour).
   *
   * @default - none, or the deployed ones
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Whether the portal may be destroyed with publications that are not in this stack.
   *
   * @default false
   */
  readonly forceDestroy?: boolean;
}

export const DEV_PORTAL = propsSpec<DevPortalProps>(
  {
    ...KONNECT_RESOURCE_PROPS.fields,
    name: text({ minLength: 1, maxLength: 255, source: 'Konnect' }).required(),
    displayName: text({ minLength: 1, maxLength: 255, source: 'Konnect' }),
    description: text({ maxLength: 512, source: 'Konnect' }),
    authenticationEnabled: flag(),
    rbacEnabled: flag().known(),
    autoApproveDevelopers: flag(),
    autoApproveApplications: flag(),
    defaultApiVisibility: VISIBILITY,
    defaultPageVisibility: VISIBILITY,
    defaultStrategy: construct('strategyId'),
    homePage: text(),
    labels: LABELS,
    forceDestroy: flag(),
  },
  [
    {
      prop: 'authenticationEnabled',
      rule: 'must be true for a portal with RBAC: roles belong to developers who sign in (Konnect)',
      remedy: 'Set authenticationEnabled: true or rbacEnabled: false',
      isValid: ({ authenticationEnabled, rbacEnabled }) => authenticationEnabled !== false || !rbacEnabled,
    },
  ],
);

export const DEV_PORTAL_ATTRIBUTES = propsSpec<DevPortalAttributes>({
  ...KONNECT_PROVIDER_OPTIONS.fields,
  rbacEnabled: flag(),
});
