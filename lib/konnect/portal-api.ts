import { Api, type ApiConfig } from '@kong/konnect-cdktf-bindings/lib/api';
import {
  ApiImplementation,
  type ApiImplementationConfig,
} from '@kong/konnect-cdktf-bindings/lib/api-implementation';
import { ApiVersion, type ApiVersionConfig } from '@kong/konnect-cdktf-bindings/lib/api-version';
import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { jsonText } from '../private/json-text';
import { construct, required, shapeChecks, text } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments } from '../private/meta-arguments';
import { requiresOneRegion } from '../private/region';
import { managesResource, replacedWithParent } from '../private/replacement';
import { PORTAL_API, PORTAL_API_ATTRIBUTES } from '../private/shapes/konnect';
import type { ResourceProps } from '../resource-props';
import { Occurrence, rules } from '../rules';
import { check, validate } from '../validation';
import type { IGatewayService } from './gateway-service';
import { labelChecks, writtenLabels } from './labels';

/** An API of the Konnect catalog, created by this app or found in the region. */
export interface IPortalApi extends IConstruct {
  /** Id in Konnect, a UUID. */
  readonly apiId: string;

  /** Whether the API is linked to a gateway service, without which no strategy is enforced; undefined where nobody said. */
  readonly linkedToGateway?: boolean;
}

/** What is known of an API that exists. */
export interface PortalApiAttributes {
  /**
   * Whether the API is linked to a gateway service.
   *
   * @default - not known, so no warning
   */
  readonly linkedToGateway?: boolean;
}

/** Properties of `PortalApi`. */
export interface PortalApiProps extends ResourceProps {
  /** Name, 1 to 255 characters; unique in the region together with the version. */
  readonly name: string;

  /**
   * Version, 1 to 255 characters.
   *
   * @default - the API has no versions, or the one that was deployed
   */
  readonly version?: string;

  /**
   * What the API does.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Name of the API in URLs: letters, digits, `_` and `-`.
   *
   * @default - made from name and version by Konnect, or what was deployed
   */
  readonly slug?: string;

  /**
   * Labels, at most 50. Where all are removed, the provider keeps what was deployed: take the last one out in Konnect.
   *
   * @default - none, or what was deployed
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Attributes of the catalog: a list of values for each key.
   *
   * @default - none, or what was deployed
   */
  readonly attributes?: { readonly [key: string]: string[] };

  /**
   * OpenAPI or AsyncAPI document, JSON or YAML. Needs `version`. Changing it changes the API in place.
   *
   * @default - none
   */
  readonly specification?: string;

  /**
   * The gateway service that implements the API; `linkTo` sets it later.
   *
   * @default - none yet
   */
  readonly gatewayService?: IGatewayService;
}

class ReferencedPortalApi extends Construct implements IPortalApi {
  public readonly linkedToGateway?: boolean;

  public constructor(
    scope: Construct,
    id: string,
    public readonly apiId: string,
    attributes: PortalApiAttributes,
  ) {
    super(scope, id);
    validate(this, [...required(text)('apiId', apiId), ...shapeChecks(attributes, PORTAL_API_ATTRIBUTES)]);
    validate(this, [check('apiId', apiId, rules.uuid)]);
    this.linkedToGateway = attributes.linkedToGateway;
  }
}

/**
 * An API of the Konnect catalog: what developers find on a portal.
 *
 * APIs live in a region, like the portals that they are published to.
 *
 * @throws ValidationError when Konnect would refuse the API
 */
export class PortalApi extends Construct implements IPortalApi {
  /**
   * An API that exists, by its id.
   *
   * @throws ValidationError when the id is no UUID
   */
  public static fromApiId(
    scope: Construct,
    id: string,
    apiId: string,
    attributes: PortalApiAttributes = {},
  ): IPortalApi {
    return new ReferencedPortalApi(scope, id, apiId, attributes);
  }

  /** The resource, for whatever this construct does not offer. */
  public readonly resource: Api;
  public readonly apiId: string;

  /** The version with its specification, undefined without one. */
  public readonly version?: ApiVersion;

  private readonly provider?: TerraformProvider;
  private link?: ApiImplementation;

  public constructor(scope: Construct, id: string, props: PortalApiProps) {
    super(scope, id);
    validate(this, shapeChecks(props, PORTAL_API));
    validate(this, [
      check('name', props.name, rules.name255),
      check('version', props.version, rules.name255),
      check('slug', props.slug, rules.apiSlug),
      ...(props.specification === undefined
        ? []
        : [check('version', props.version ?? null, rules.versionWithSpecification)]),
      ...labelChecks(props.labels),
    ]);
    this.provider = props.provider;
    const config = literal<ApiConfig>({
      name: props.name,
      version: props.version,
      description: props.description,
      slug: props.slug,
      labels: writtenLabels(props.labels),
      attributes: jsonText(props.attributes),
      ...konnectArguments(this, props),
    });
    this.resource = new Api(this, 'Resource', config);
    managesResource(this, this.resource);
    this.apiId = this.resource.id;

    if (props.specification !== undefined) {
      // Not the API's spec_content: the provider replaces the whole API when that changes.
      const config = literal<ApiVersionConfig>({
        apiId: this.apiId,
        version: props.version,
        spec: { content: props.specification },
        provider: props.provider,
        lifecycle: { replaceTriggeredBy: replacedWithParent(this, this, this.apiId) },
      });
      this.version = new ApiVersion(this, 'Version', config);
    }
    if (props.gatewayService) {
      this.linkTo(props.gatewayService);
    }
  }

  /** The link to the gateway service, undefined as long as there is none. */
  public get implementation(): ApiImplementation | undefined {
    return this.link;
  }

  public get linkedToGateway(): boolean | undefined {
    return this.link !== undefined;
  }

  /**
   * Links the API to the gateway service that implements it. Only then is the strategy of a publication enforced.
   *
   * @throws ValidationError when the API is linked already
   */
  public linkTo(service: IGatewayService): ApiImplementation {
    validate(this, required(construct('serviceId'))('gatewayService', service));
    validate(this, [
      check(
        'gatewayService',
        new Occurrence(service.node.path, this.link !== undefined),
        rules.apiLinkedOnce,
      ),
    ]);
    const config = literal<ApiImplementationConfig>({
      apiId: this.apiId,
      serviceReference: { service: { controlPlaneId: service.controlPlaneId, id: service.serviceId } },
      provider: this.provider,
    });
    this.link = new ApiImplementation(this, 'Implementation', config);
    requiresOneRegion(this, { gatewayService: service });
    return this.link;
  }
}
