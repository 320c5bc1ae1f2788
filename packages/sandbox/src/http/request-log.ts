/** One request that a service of the sandbox answered. */
export interface LoggedRequest {
  /** Which service: `okta`, `issuer`, `konnect`, `portal` or `gateway`. */
  readonly service: string;
  /** HTTP method, in capitals. */
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /**
   * Parsed body.
   *
   * @default - none, for a request without one
   */
  readonly body?: unknown;
  /** HTTP status of the answer. */
  readonly status: number;
  /**
   * Content type of the answer, without parameters.
   *
   * @default - none, for an answer without a body
   */
  readonly contentType?: string;
  /**
   * Body of the answer: parsed when it is JSON, otherwise its text.
   *
   * @default - none, for an answer without one
   */
  readonly answer?: unknown;
}

/** Every request to every service of a sandbox, in the order of their answers. */
export class RequestLog {
  private readonly entries: LoggedRequest[] = [];

  /** @internal */
  public add(request: LoggedRequest): void {
    this.entries.push(request);
  }

  /** A copy of the log. */
  public all(): LoggedRequest[] {
    return [...this.entries];
  }

  /** Requests that may change something: all except GET and HEAD. */
  public writes(): LoggedRequest[] {
    return this.entries.filter(({ method }) => method !== 'GET' && method !== 'HEAD');
  }

  /** Clears the log. */
  public clear(): void {
    this.entries.length = 0;
  }
}
