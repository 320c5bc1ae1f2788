/** A JSON object of a request or an answer. */
export interface Body {
  readonly [field: string]: unknown;
}

/** An entity of an API. */
export interface Entity extends Body {
  readonly id: string;
}
