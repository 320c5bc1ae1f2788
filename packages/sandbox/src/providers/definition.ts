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

/** What an API answered with a status below 400. */
export interface ApiResponse {
  readonly status: number;
  // The shape of a body is the API's affair; a resource reads the fields that it knows.
  readonly body: unknown;
  readonly headers: Headers;
}

/** Sends requests to one of the sandbox's APIs. Throws an `ApiError` for a status of 400 and above. */
export interface ApiClient {
  send(method: string, path: string, body?: unknown): Promise<ApiResponse>;
}

/** A client for one call of Terraform's. It sends nothing more when the signal says that nobody waits for it. */
export type Connection = (signal: AbortSignal) => ApiClient;

/** An API refused a request. The message holds status, method, path and what the API says about it. */
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

/** What a fake provider knows about one resource type; its attributes are in the pinned schema. */
export interface ResourceType {
  /** Schema of a resource that later versions of the provider have, and the pinned one has not. */
  readonly schema?: JsonSchema;
  /**
   * Values for attributes that the configuration leaves out, by name. They are planned, so they show in the plan.
   */
  readonly defaults?: { readonly [name: string]: Value };
  /** Attributes whose change replaces the resource; a change anywhere below counts. */
  readonly replacedBy?: readonly string[];
  /** Attributes that replace the resource for some of their changes. */
  readonly replacedIf?: (planned: Attributes, prior: Attributes) => readonly string[];
  /** Computed attributes that an update in place makes unknown, unless the configuration sets them. */
  readonly unknownAfterUpdate?: readonly string[];
  /** Attributes whose difference between configuration and state is none, as the real provider suppresses it. */
  readonly ignoresChange?: (name: string, planned: Value, prior: Value) => boolean;
  /**
   * Creates it and returns the new state; an attribute left out is null.
   *
   * @param exists is told what is known of it as soon as it is there. When something fails after that, Terraform
   * keeps it as tainted and makes it anew at the next apply
   */
  create(api: ApiClient, planned: Attributes, exists?: (state: Attributes) => void): Promise<Attributes>;
  /** The state as the API has it, or undefined when it is gone. Attributes that no API returns come from `prior`. */
  read(api: ApiClient, prior: Attributes): Promise<Attributes | undefined>;
  update(api: ApiClient, planned: Attributes, prior: Attributes): Promise<Attributes>;
  /** Deletes it; one that is gone already is no error. */
  delete(api: ApiClient, prior: Attributes): Promise<void>;
  /** What `read` needs to find the resource with this import id. Throws an Error for a malformed id. */
  import(id: string): Attributes;
}

export interface DataSourceType {
  read(api: ApiClient, configuration: Attributes): Promise<Attributes>;
}

/** One provider: its address, its pinned schema, and what the fake provider knows of it. */
export interface ProviderDefinition {
  /** For example `okta`. */
  readonly name: string;
  /** For example `okta/okta`. */
  readonly source: string;
  /** The pinned schema, as `terraform providers schema -json` prints it. */
  readonly schemaFile: string;
  readonly resources: { readonly [type: string]: ResourceType };
  readonly dataSources: { readonly [type: string]: DataSourceType };
  /** The way to the sandbox's API; the configuration may hold a token. Runs at each ConfigureProvider. */
  connect(configuration: Attributes): Connection;
  /**
   * Whether requests on their way are given up when Terraform is told to stop, by Ctrl-C for example, as providers
   * on Terraform's plugin framework do. Others finish what they are doing.
   */
  readonly stopsAtOnce: boolean;
  /** Requests that the provider sends when it is configured. */
  configured?(api: ApiClient): Promise<void>;
}
