import type { IConstruct } from 'constructs';

/** One rule that the input of a construct breaks. */
export interface ValidationFailure {
  /** The prop, with the index or key inside of it: `scopes[1]`, `labels.team`. */
  readonly prop: string;

  /** What every valid value meets, and who requires it in brackets: Okta, Konnect, the provider, Terraform. */
  readonly rule: string;

  /** The received value as JSON, at most 100 characters. Secrets are redacted. */
  readonly received: string;

  /** How to fix it. */
  readonly remedy: string;
}

/**
 * The input of a construct is invalid.
 *
 * One error lists all failures of the construct. The message names the construct's path and, for each failure, the
 * prop, the rule, the value and the remedy.
 */
class ValidationError extends Error {
  /** Whether a value is a `ValidationError`, also one of another copy of this package. */
  public static isValidationError(value: unknown): value is ValidationError {
    return value instanceof Error && 'constructPath' in value && 'failures' in value;
  }

  /**
   * Spells the props in a message.
   *
   * @internal
   */
  protected static _spell(text: string): string {
    return inSpellingOfApp(text);
  }

  /** Path of the construct in the tree, for example `my-stack/oidc`. */
  public readonly constructPath: string;

  /** The failures, in the order of the props. */
  public readonly failures: ValidationFailure[];

  public constructor(construct: IConstruct, failures: ValidationFailure[]) {
    const { _spell: spell } = new.target;
    const lines = failures.map(
      ({ prop, rule, received, remedy }) =>
        `  - \`${spell(prop)}\` ${spell(rule)}. Received ${received}. ${spell(remedy)}.`,
    );
    super([`${construct.node.path}: invalid input`, ...lines].join('\n'));
    this.name = 'ValidationError';
    this.constructPath = construct.node.path;
    this.failures = [...failures];
  }
}

// Exported apart from its declaration: jsii has no type for errors, and skips the class like this.
export { ValidationError };

/** A prop or method, such as `redirectUris`. Neither a class nor gRPC, nor an id in the path of a construct. */
const CAMEL_CASE_NAME = /(?<![\w/-])[a-z]{2,}(?:[A-Z][a-z]+)+(?![\w/-])/g;

/** Spells the props in a message as the app does: `redirect_uris` in Python. */
export function inSpellingOfApp(text: string): string {
  // Set by jsii in the process of an app in another language.
  const isPython = process.env.JSII_AGENT?.startsWith('Python/');
  return isPython ? text.replace(CAMEL_CASE_NAME, toSnakeCase) : text;
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
