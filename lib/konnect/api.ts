import { type ApiConfig, Api as ApiResource } from '@kong/konnect-cdktf-bindings/lib/api';
import type { ApiImplementation } from '@kong/konnect-cdktf-bindings/lib/api-implementation';
import type { ApiVersion as ApiVersionResource } from '@kong/konnect-cdktf-bindings/lib/api-version';
import type { TerraformProvider } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { warnAboutForgottenMove } from '../core/forgotten-moves';
import { validateArgument, validateProps } from '../core/props-spec';
import { inheritProvider, KonnectConstruct } from '../core/provider-construct';
import { toJson } from '../core/terraform-text';
import { ApiDocument, type ApiDocumentOptions } from './api-document';
import { linkToControlPlane, linkToService } from './api-implementation';
import { API, API_ATTRIBUTES, type ApiAttributes, type ApiProps } from './api-props';
import { ApiVersion, type ApiVersionOptions, createCurrentVersion } from './api-version';
import type { IControlPlane } from './control-plane';
import type { IGatewayService } from './gateway-service';
import type { IPortalTeam } from './portal-team';
import { grantRole, PortalRole, type PortalTeamRole } from './portal-team-role';
import { nonEmptyLabels, UUID } from './shared-props';

/** An API of the Konnect catalog, created by this app or existing. */
export interface IApi extends IConstruct {
  /** Id in Konnect, a UUID. */
  readonly apiId: string;

  /**
   * Whether the API is linked to a gateway service or a control plane. The strategy of an API without a link is not
   * enforced. `undefined` if unknown.
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
 * @throws ValidationError if Konnect would reject the API. At synthesis, if the stack has one of this name and version
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
    warnAboutForgottenMove(this, this.resource);
    this.apiId = this.resource.id;
    this._requireUniqueName('API', props.version ? `${props.name} ${props.version}` : props.name);
    if (props.specification !== undefined) {
      this.version = createCurrentVersion(this, props.specification, props.version);
    }
    if (props.gatewayService) {
      this.linkTo(props.gatewayService);
    }
    if (props.controlPlane) {
      this.linkToControlPlane(props.controlPlane);
    }
  }

  /** The link to the gateway service or the control plane, `undefined` without one. */
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
   * @throws ValidationError if the API is linked already, or the control plane of the service enforces access control
   */
  public linkTo(service: IGatewayService): ApiImplementation {
    this.link = linkToService(this, service);
    return this.link;
  }

  /**
   * Links the API to the control plane that implements it. Call `enforceAccess` of the control plane, so that its
   * gateways enforce the strategy of a publication.
   *
   * @throws ValidationError if the API is linked already, or another API is linked to a service of the control plane
   */
  public linkToControlPlane(controlPlane: IControlPlane): ApiImplementation {
    this.link = linkToControlPlane(this, controlPlane, this.version);
    return this.link;
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
