import {
  type ApiVersionConfig,
  ApiVersion as ApiVersionResource,
} from '@kong/konnect-cdktf-bindings/lib/api-version';
import type { Construct } from 'constructs';
import { addressOf } from '../core/elements';
import { type PropsRule, propsSpec, validateProps } from '../core/props-spec';
import { KONNECT_RESOURCE_PROPS, KonnectConstruct, type ResourceProps } from '../core/provider-construct';
import { EntryKind, identityKey, Registry } from '../core/registry';
import { replaceTriggers } from '../core/replacement';
import { construct, text } from '../core/specs';
import { escapeTemplates, referenceList } from '../core/terraform-text';
import type { Api, IApi } from './api';

/** Options of `addVersion`. */
export interface ApiVersionOptions extends ResourceProps {
  /** Version, 1 to 255 characters, unique for the API. */
  readonly version: string;

  /** OpenAPI or AsyncAPI document of the version, JSON or YAML. A change updates the version in place. */
  readonly specification: string;
}

/** Properties of `ApiVersion`. */
export interface ApiVersionProps extends ApiVersionOptions {
  /** API of the version. */
  readonly api: IApi;
}

export const VERSION = text({ minLength: 1, maxLength: 255, source: 'Konnect' });

export const SPECIFICATION = text().check({
  rule: 'must be an OpenAPI or AsyncAPI document in JSON or YAML (Konnect)',
  remedy: "Pass the content of the file, for example readFileSync('openapi.yaml', 'utf8')",
  isValid: (content) => /^\s*(\{[\s\S]*\}\s*$|["']?[\w$-]+["']?\s*:(\s|$))/m.test(content),
});

/** An API with a specification has a version. */
export const VERSION_OF_SPECIFICATION: PropsRule<{
  readonly version?: string;
  readonly specification?: string;
}> = {
  prop: 'version',
  rule: 'is required with a specification (Konnect)',
  remedy: 'Set version, for example 1.0.0',
  isValid: ({ version, specification }) => specification === undefined || version !== undefined,
};

export const API_VERSION = propsSpec<ApiVersionProps>({
  ...KONNECT_RESOURCE_PROPS.fields,
  api: construct('apiId').required(),
  version: VERSION.required(),
  specification: SPECIFICATION.required(),
});

const VERSION_OF_API = new EntryKind<Construct>('version of an API');

/**
 * Another version of an API with its specification. The version of the API itself is `version` and `specification` of
 * `Api`.
 *
 * @throws ValidationError if the API has the version already, or Konnect would reject it
 */
export class ApiVersion extends KonnectConstruct {
  /** The underlying resource (escape hatch). */
  public readonly resource: ApiVersionResource;

  public constructor(scope: Construct, id: string, props: ApiVersionProps) {
    super(scope, id, props);
    validateProps(this, props, API_VERSION, () => [
      {
        prop: 'version',
        value: props.version,
        isValid: findVersion(props.api, props.version) === undefined,
        rule: 'must be unique for the API (Konnect)',
        remedy: 'Change the existing version, or use another one',
      },
    ]);
    const { api, version, specification } = props;
    const config = this._resourceConfig<ApiVersionConfig>(
      { apiId: api.apiId, version, spec: { content: specification } },
      { replaceTriggeredBy: replaceTriggers(this, api, api.apiId) },
    );
    this.resource = new ApiVersionResource(this, 'Resource', config);
    registerVersion(api, version, this);
  }
}

/**
 * Creates the version that the API itself names.
 *
 * Not `spec_content` of the API: the provider replaces the whole API when that changes.
 */
export function createCurrentVersion(
  api: Api,
  content: string,
  version: string | undefined,
): ApiVersionResource {
  const config = escapeTemplates<ApiVersionConfig>({
    apiId: api.apiId,
    version,
    spec: { content },
    provider: api.provider,
    lifecycle: { replaceTriggeredBy: referenceList(() => [`${addressOf(api.resource)}.id`]) },
  });
  registerVersion(api, version ?? '', api);
  return new ApiVersionResource(api, 'Version', config);
}

/** Notes that the API has a version. */
function registerVersion(api: IApi, version: string, owner: Construct): void {
  Registry.of(api).add(VERSION_OF_API, versionKey(api, version), owner);
}

function findVersion(api: IApi, version: string): Construct | undefined {
  return Registry.of(api).find(VERSION_OF_API, versionKey(api, version));
}

function versionKey(api: IApi, version: string): string {
  return `${identityKey(api.apiId, api)}\n${version}`;
}
