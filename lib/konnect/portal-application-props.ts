import { propsSpec } from '../core/props-spec';
import {
  KONNECT_PROVIDER_OPTIONS,
  KONNECT_RESOURCE_PROPS,
  type ProviderOptions,
  type ResourceProps,
} from '../core/provider-construct';
import { construct, text } from '../core/specs';
import { hasAtMost } from '../core/tokens';
import type { IOidcClient } from '../okta/oidc-client';
import type { IDevPortal } from './dev-portal';
import type { IOidcAuthStrategy } from './oidc-auth-strategy';
import type { IPortalDeveloper } from './portal-developer';
import { LABELS, UUID } from './shared-props';

/** Attributes of an existing application. */
export interface PortalApplicationAttributes extends ProviderOptions {
  /** Id in Konnect, a UUID. */
  readonly applicationId: string;

  /** Portal of the application. */
  readonly portal: IDevPortal;

  /** Strategy of the application. */
  readonly strategy: IOidcAuthStrategy;
}

/** Options of an application. */
export interface PortalApplicationOptions extends ResourceProps {
  /** Okta application whose credentials the gateway accepts. */
  readonly client: IOidcClient;

  /** Developer who owns the application. It is on their portal. */
  readonly developer: IPortalDeveloper;

  /**
   * Name on the portal, 1 to 255 characters.
   *
   * @default - the construct id, the original one after `Moves.from`
   */
  readonly name?: string;

  /**
   * Description, at most 255 characters. Removing it leaves the deployed one unchanged (provider behaviour).
   *
   * @default - none, or the deployed one
   */
  readonly description?: string;

  /**
   * Labels, at most 50. Removing the last label leaves the deployed ones unchanged (provider behaviour).
   *
   * @default - none, or the deployed ones
   */
  readonly labels?: { readonly [key: string]: string };
}

/** Properties of `PortalApplication`. */
export interface PortalApplicationProps extends PortalApplicationOptions {
  /** Strategy that the APIs are published with. */
  readonly strategy: IOidcAuthStrategy;
}

export const APPLICATION_NAME = text({ minLength: 1, maxLength: 255, source: 'Konnect' });

export const PORTAL_APPLICATION_OPTIONS = propsSpec<PortalApplicationOptions>(
  {
    ...KONNECT_RESOURCE_PROPS.fields,
    client: construct('clientId').required(),
    developer: construct('developerId').required(),
    name: APPLICATION_NAME,
    description: text({ maxLength: 255, source: 'Konnect' }),
    labels: LABELS,
  },
  [
    {
      prop: 'client.clientId',
      rule: 'must have at most 255 characters (Konnect)',
      remedy: 'Use a client with a shorter id',
      value: ({ client }) => client.clientId,
      isValid: ({ client: { clientId } }) => hasAtMost(255, clientId),
    },
  ],
);

export const PORTAL_APPLICATION = propsSpec<PortalApplicationProps>(
  { ...PORTAL_APPLICATION_OPTIONS.fields, strategy: construct('strategyId').required() },
  PORTAL_APPLICATION_OPTIONS.rules,
);

export const PORTAL_APPLICATION_ATTRIBUTES = propsSpec<PortalApplicationAttributes>({
  ...KONNECT_PROVIDER_OPTIONS.fields,
  applicationId: UUID.required(),
  portal: construct('portalId').required(),
  strategy: construct('strategyId').required(),
});
