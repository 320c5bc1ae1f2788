/** One request that a service of the sandbox answered. */
export interface LoggedRequest {
  /** Which service: `okta`, `konnect`, `portal` or `gateway`. */
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

  /** A copy of what was logged. */
  public all(): LoggedRequest[] {
    return [...this.entries];
  }

  /** What changed something: everything but GET and HEAD. */
  public writes(): LoggedRequest[] {
    return this.entries.filter(({ method }) => method !== 'GET' && method !== 'HEAD');
  }

  /** Forgets what was logged. */
  public clear(): void {
    this.entries.length = 0;
  }
}
