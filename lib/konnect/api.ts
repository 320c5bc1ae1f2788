import { type ApiConfig, Api as ApiResource } from '@kong/konnect-cdktf-bindings/lib/api';
import {
  ApiImplementation,
  type ApiImplementationConfig,
} from '@kong/konnect-cdktf-bindings/lib/api-implementation';
import {
  type ApiVersionConfig,
  ApiVersion as ApiVersionResource,
} from '@kong/konnect-cdktf-bindings/lib/api-version';
import type { TerraformProvider } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { propsSpec, validateArgument, validateProps } from '../core/props-spec';
import {
  inheritProvider,
  KONNECT_PROVIDER_OPTIONS,
  KONNECT_RESOURCE_PROPS,
  KonnectConstruct,
  type ProviderOptions,
  type ResourceProps,
} from '../core/provider-construct';
import { Registry } from '../core/registry';
import { addressOf } from '../core/replacement';
import { construct, flag, listOf, mapOf, text } from '../core/specs';
import { escapeTemplates, referenceList, toJson } from '../core/terraform-text';
import { requireValid } from '../core/validation';
import { ApiDocument, type ApiDocumentOptions } from './api-document';
import { ApiVersion, type ApiVersionOptions, registerVersion, SPECIFICATION, VERSION } from './api-version';
import type { IGatewayService } from './gateway-service';
import type { IPortalTeam } from './portal-team';
import { grantRole, PortalRole, type PortalTeamRole } from './portal-team-role';
import { LABELS, nonEmptyLabels, SLUG, UUID } from './shared-props';

/** An API of the Konnect catalog, created by this app or existing. */
export interface IApi extends IConstruct {
  /** Id in Konnect, a UUID. */
  readonly apiId: string;

  /**
   * Whether the API is linked to a gateway service. The strategy of an API without a link is not enforced. `undefined`
   * if unknown.
   */
  readonly linkedToGateway?: boolean;

  /** Provider of the API, `undefined` for the stack's default provider. */
  readonly provider?: TerraformProvider;

  /**
   * Adds another version with its specification.
   *
   * @throws ValidationError if the API has the version already, or Konnect would reject it
   */
  addVersion(id: string, options: ApiVersionOptions): ApiVersion;

  /**
   * Adds a document, for example a guide.
   *
   * @throws ValidationError if the API has a document with the slug already, or Konnect would reject the document
   */
  addDocument(id: string, options: ApiDocumentOptions): ApiDocument;

  /**
   * Lets a team see the API and its documentation.
   *
   * @throws ValidationError if the team has the role already
   */
  grantViewer(team: IPortalTeam): PortalTeamRole;

  /**
   * Lets a team register applications for the API and call it.
   *
   * @throws ValidationError if the team has the role already
   */
  grantConsumer(team: IPortalTeam): PortalTeamRole;

  /**
   * Grants a team a role for the API.
   *
   * @throws ValidationError if the team has the role already
   */
  grant(team: IPortalTeam, role: PortalRole): PortalTeamRole;
}

/** Attributes of an existing API. */
export interface ApiAttributes extends ProviderOptions {
  /**
   * Whether the API is linked to a gateway service.
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
}

export const API = propsSpec<ApiProps>(
  {
    ...KONNECT_RESOURCE_PROPS.fields,
    name: text({ minLength: 1, maxLength: 255, source: 'Konnect' }).required(),
    version: VERSION,
    description: text(),
    slug: SLUG,
    labels: LABELS,
    attributes: mapOf(
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
    ),
    specification: SPECIFICATION,
    gatewayService: construct('serviceId'),
  },
  [
    {
      prop: 'version',
      rule: 'is required with a specification (Konnect)',
      remedy: 'Set version, for example 1.0.0',
      isValid: ({ version, specification }) => specification === undefined || version !== undefined,
    },
  ],
);

export const API_ATTRIBUTES = propsSpec<ApiAttributes>({
  ...KONNECT_PROVIDER_OPTIONS.fields,
  linkedToGateway: flag(),
});

/** Base of created and existing APIs. */
abstract class ApiBase extends KonnectConstruct implements IApi {
  public abstract readonly apiId: string;
  public abstract readonly linkedToGateway: boolean | undefined;

  public addVersion(id: string, options: ApiVersionOptions): ApiVersion {
    return new ApiVersion(this, id, { ...inheritProvider(options, this.provider), api: this });
  }

  public addDocument(id: string, options: ApiDocumentOptions): ApiDocument {
    return new ApiDocument(this, id, { ...inheritProvider(options, this.provider), api: this });
  }

  public grantViewer(team: IPortalTeam): PortalTeamRole {
    return this.grant(team, PortalRole.API_VIEWER);
  }

  public grantConsumer(team: IPortalTeam): PortalTeamRole {
    return this.grant(team, PortalRole.API_CONSUMER);
  }

  public grant(team: IPortalTeam, role: PortalRole): PortalTeamRole {
    return grantRole(this, team, role);
  }
}

/**
 * An API of the Konnect catalog: what developers find on a portal. APIs are regional, like portals.
 *
 * @throws ValidationError if Konnect would reject the API
 */
export class Api extends ApiBase {
  /**
   * References an existing API.
   *
   * @throws ValidationError if the id is not a UUID
   */
  public static fromApiId(scope: Construct, id: string, apiId: string, attributes: ApiAttributes = {}): IApi {
    return new ImportedApi(scope, id, apiId, attributes);
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: ApiResource;
  public readonly apiId: string;

  /** The version with its specification, `undefined` without a specification. */
  public readonly version?: ApiVersionResource;

  private link?: ApiImplementation;

  public constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id, props);
    validateProps(this, props, API);
    const config = this._resourceConfig<ApiConfig>({
      name: props.name,
      version: props.version,
      description: props.description,
      slug: props.slug,
      labels: nonEmptyLabels(props.labels),
      attributes: props.attributes && toJson(props.attributes),
    });
    this.resource = new ApiResource(this, 'Resource', config);
    this.apiId = this.resource.id;
    this._addTenantName(`API ${props.name}${props.version ? ` ${props.version}` : ''}`);
    if (props.specification !== undefined) {
      this.version = this.createVersion(props.specification, props.version);
      registerVersion(this, props.version ?? '', this);
    }
    if (props.gatewayService) {
      this.linkTo(props.gatewayService);
    }
  }

  /** The link to the gateway service, `undefined` without one. */
  public get implementation(): ApiImplementation | undefined {
    return this.link;
  }

  public get linkedToGateway(): boolean | undefined {
    return this.link !== undefined;
  }

  /**
   * Links the API to the gateway service that implements it. The strategy of a publication is enforced only with a
   * link.
   *
   * @throws ValidationError if the API is linked already
   */
  public linkTo(service: IGatewayService): ApiImplementation {
    validateArgument(this, 'gatewayService', service, construct('serviceId'));
    requireValid(this, {
      prop: 'gatewayService',
      value: service,
      isValid: this.link === undefined,
      rule: 'must not be set twice: an API has one gateway service (Konnect)',
      remedy: 'Use one Api for each gateway service',
    });
    const { serviceId, controlPlane } = service;
    const config = escapeTemplates<ApiImplementationConfig>({
      apiId: this.apiId,
      serviceReference: { service: { controlPlaneId: controlPlane.controlPlaneId, id: serviceId } },
      provider: this.provider,
    });
    this.link = new ApiImplementation(this, 'Implementation', config);
    Registry.of(this).rules.addRegionGroup(this, { gatewayService: service });
    return this.link;
  }

  /** Not `spec_content` of the API: the provider replaces the whole API when that changes. */
  private createVersion(content: string, version: string | undefined): ApiVersionResource {
    const config = escapeTemplates<ApiVersionConfig>({
      apiId: this.apiId,
      version,
      spec: { content },
      provider: this.provider,
      lifecycle: { replaceTriggeredBy: referenceList(() => [addressOf(this.resource, '.id')]) },
    });
    return new ApiVersionResource(this, 'Version', config);
  }
}

class ImportedApi extends ApiBase {
  public readonly linkedToGateway: boolean | undefined;

  public constructor(
    scope: Construct,
    id: string,
    public readonly apiId: string,
    attributes: ApiAttributes,
  ) {
    super(scope, id, attributes);
    validateArgument(this, 'apiId', apiId, UUID);
    validateProps(this, attributes, API_ATTRIBUTES);
    this.linkedToGateway = attributes.linkedToGateway;
  }
}
