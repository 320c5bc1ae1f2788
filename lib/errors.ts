import type { IConstruct } from 'constructs';

/** One rule that the input of a construct breaks. */
export interface ValidationFailure {
  /** The prop that breaks the rule, with the index or key inside of it: `scopes[1]`, `labels.team`. */
  readonly prop: string;
  /** What holds for every accepted value, and who demands it (Okta, Konnect, the provider, this library). */
  readonly rule: string;
  /** The value that came, as JSON, shortened to 100 characters. */
  readonly received: string;
  /** What to do about it. */
  readonly remedy: string;
}

/**
 * The input of a construct breaks one or more rules.
 *
 * All the rules that one construct's input breaks are reported together; the message
 * names the construct's path and, for each rule, the prop, the rule, the value and the remedy.
 */
export class ValidationError extends Error {
  /** Path of the construct in the tree, for example `my-stack/Oidc`. */
  public readonly constructPath: string;
  /** What is wrong, in the order of the props. */
  public readonly failures: ValidationFailure[];

  public constructor(construct: IConstruct, failures: ValidationFailure[]) {
    super(ValidationError.describe(construct.node.path, failures));
    this.name = 'ValidationError';
    this.constructPath = construct.node.path;
    this.failures = [...failures];
  }

  private static describe(path: string, failures: ValidationFailure[]): string {
    const lines = failures.map(
      (failure) => `  - ${failure.prop}: ${failure.rule}. Received ${failure.received}. ${failure.remedy}.`,
    );
    return [`${path}: invalid input`, ...lines].join('\n');
  }
}
