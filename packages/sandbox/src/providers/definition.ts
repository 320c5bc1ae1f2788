import type { JsonSchema } from './schema';

/** A value that Terraform knows at apply only. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A value of an attribute. Absent and null are the same to a resource; unknown occurs in plans only. */
export type Value =
  | null
  | string
  | number
  | boolean
  | typeof UNKNOWN
  | readonly Value[]
  | { readonly [name: string]: Value };

/** Attributes and nested blocks of a resource by name. */
export type Attributes = { readonly [name: string]: Value };

/** A response of an API with a status below 400. */
export interface ApiResponse {
  readonly status: number;
  // Not typed: a resource reads the fields that it knows.
  readonly body: unknown;
  readonly headers: Headers;
}

/** Sends requests to one of the sandbox's APIs. Throws an `ApiError` for a status of 400 and above. */
export interface ApiClient {
  send(method: string, path: string, body?: unknown): Promise<ApiResponse>;
}

/** A client for one call of Terraform. It sends no more requests after the signal is aborted. */
export type Connection = (signal: AbortSignal) => ApiClient;

/** An API rejected a request. The message has status, method, path and the API's message. */
export class ApiError extends Error {
  public constructor(
    message: string,
    public readonly status: number,
    public readonly body: unknown,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export type { JsonSchema };

/** The behaviour of one resource type. Its attributes are in the pinned schema. */
export interface ResourceType {
  /** Schema of a resource that the pinned version of the provider does not have. */
  readonly schema?: JsonSchema;
  /** Defaults of omitted attributes, by name. The plan shows them. */
  readonly defaults?: { readonly [name: string]: Value };
  /** Attributes whose change replaces the resource; a change anywhere below counts. */
  readonly replacedBy?: readonly string[];
  /** Attributes that replace the resource for some of their changes. */
  readonly replacedIf?: (planned: Attributes, prior: Attributes) => readonly string[];
  /** Computed attributes that an update in place makes unknown, unless the configuration sets them. */
  readonly unknownAfterUpdate?: readonly string[];
  /** Attributes whose differences between configuration and state are suppressed, as by the real provider. */
  readonly ignoresChange?: (name: string, planned: Value, prior: Value) => boolean;
  /**
   * Creates the resource and returns the new state. Omitted attributes are null.
   *
   * @param exists called with the known attributes as soon as the resource exists. After a later failure Terraform
   * keeps it as tainted and creates it again at the next apply
   */
  create(api: ApiClient, planned: Attributes, exists?: (state: Attributes) => void): Promise<Attributes>;
  /** The current state, or undefined if the resource is gone. Attributes that no API returns come from `prior`. */
  read(api: ApiClient, prior: Attributes): Promise<Attributes | undefined>;
  update(api: ApiClient, planned: Attributes, prior: Attributes): Promise<Attributes>;
  /** Deletes the resource. A missing one is no error. */
  delete(api: ApiClient, prior: Attributes): Promise<void>;
  /** The attributes that `read` needs for this import id. Throws an Error for a malformed id. */
  import(id: string): Attributes;
}

export interface DataSourceType {
  read(api: ApiClient, configuration: Attributes): Promise<Attributes>;
}

/** One provider: its address, its pinned schema, and its resources. */
export interface ProviderDefinition {
  /** For example `okta`. */
  readonly name: string;
  /** For example `okta/okta`. */
  readonly source: string;
  /** The pinned schema, as `terraform providers schema -json` prints it. */
  readonly schemaFile: string;
  readonly resources: { readonly [type: string]: ResourceType };
  readonly dataSources: { readonly [type: string]: DataSourceType };
  /** Creates the client of the sandbox's API; the configuration may have a token. Runs at each ConfigureProvider. */
  connect(configuration: Attributes): Connection;
  /**
   * Whether running requests are aborted when Terraform is stopped, for example with Ctrl-C, as in providers with
   * Terraform's plugin framework. Other providers finish them.
   */
  readonly stopsAtOnce: boolean;
  /** Requests that the provider sends when it is configured. */
  configured?(api: ApiClient): Promise<void>;
}
