import { propsSpec } from '../core/props-spec';
import {
  KONNECT_PROVIDER_OPTIONS,
  KONNECT_RESOURCE_PROPS,
  type ProviderOptions,
  type ResourceProps,
} from '../core/provider-construct';
import { construct, flag, listOf, mapOf, text } from '../core/specs';
import { SPECIFICATION, VERSION, VERSION_OF_SPECIFICATION } from './api-version';
import type { IControlPlane } from './control-plane';
import type { IGatewayService } from './gateway-service';
import { LABELS, SLUG } from './shared-props';

/** Attributes of an existing API. */
export interface ApiAttributes extends ProviderOptions {
  /**
   * Whether the API is linked to a gateway service or a control plane.
   *
   * @default - unknown
   */
  readonly linkedToGateway?: boolean;
}

/** Properties of `Api`. */
export interface ApiProps extends ResourceProps {
  /** Name, 1 to 255 characters. Unique in the region together with the version. */
  readonly name: string;

  /**
   * Version, 1 to 255 characters.
   *
   * @default - no version, or the deployed one
   */
  readonly version?: string;

  /**
   * Description of the API.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Name of the API in URLs: letters, digits, `_` and `-`.
   *
   * @default - derived from name and version by Konnect, or the deployed one
   */
  readonly slug?: string;

  /**
   * Labels, at most 50. Removing the last label leaves the deployed ones unchanged (provider behaviour).
   *
   * @default - none, or the deployed ones
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Attributes of the catalog: 1 to 20 values for each key, each 1 to 512 characters without `,`, `<` and `>`. Keys are
   * lower-case letters, digits, `-` and `_`.
   *
   * @default - none, or the deployed ones
   */
  readonly attributes?: { readonly [key: string]: string[] };

  /**
   * OpenAPI or AsyncAPI document, JSON or YAML. Needs `version`. A change updates the API in place.
   *
   * @default - none
   */
  readonly specification?: string;

  /**
   * Gateway service that implements the API. `linkTo` sets it later.
   *
   * @default - none
   */
  readonly gatewayService?: IGatewayService;

  /**
   * Control plane that implements the API, in place of a gateway service: `enforceAccess` of the control plane protects
   * the operations of `specification`. `linkToControlPlane` sets it later.
   *
   * @default - none
   */
  readonly controlPlane?: IControlPlane;
}

/** Attributes of an API in the catalog. */
const CATALOG_ATTRIBUTES = mapOf(
  listOf(
    text({ minLength: 1, maxLength: 512, source: 'Konnect' }).check({
      rule: 'must not contain , < and > (Konnect)',
      remedy: 'Write several values as several items',
      isValid: (value) => !/[,<>]/.test(value),
      schema: { pattern: '^[^,<>]*$' },
    }),
    { minItems: 1, maxItems: 20, source: 'Konnect' },
  ),
  text({ minLength: 1 }).check({
    rule: 'must have a key of lower-case letters, digits, - and _ (Konnect)',
    remedy: 'Rename the attribute',
    isValid: (key) => /^[a-z0-9_-]+$/.test(key),
    schema: { pattern: '^[a-z0-9_-]+$' },
  }),
);

export const API = propsSpec<ApiProps>(
  {
    ...KONNECT_RESOURCE_PROPS.fields,
    name: text({ minLength: 1, maxLength: 255, source: 'Konnect' }).required(),
    version: VERSION,
    description: text(),
    slug: SLUG,
    labels: LABELS,
    attributes: CATALOG_ATTRIBUTES,
    specification: SPECIFICATION,
    gatewayService: construct('serviceId'),
    controlPlane: construct('controlPlaneId'),
  },
  [
    {
      prop: 'controlPlane',
      rule: 'must not be set with gatewayService: an API is linked to one of the two (Konnect)',
      remedy: 'Remove one of them',
      isValid: ({ controlPlane, gatewayService }) =>
        controlPlane === undefined || gatewayService === undefined,
    },
    VERSION_OF_SPECIFICATION,
  ],
);

export const API_ATTRIBUTES = propsSpec<ApiAttributes>({
  ...KONNECT_PROVIDER_OPTIONS.fields,
  linkedToGateway: flag(),
});
