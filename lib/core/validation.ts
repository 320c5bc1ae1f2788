import { Annotations, Aspects } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { inSpellingOfApp, ValidationError, type ValidationFailure } from './validation-error';

/** Maximum length of a received value in a message. */
const RECEIVED_MAX_LENGTH = 100;

/** The rule, with who requires it, and how to fix an invalid value. */
export interface RuleText {
  readonly rule: string;
  readonly remedy: string;
}

/** A rule about one value. Values with tokens are not checked. */
export interface Rule<T = unknown> extends RuleText {
  isValid(value: T): boolean;

  /** How to fix this value. `undefined` for the general remedy. */
  remedyFor?(value: T): string | undefined;

  /** The same rule in JSON Schema. */
  readonly schema?: { readonly [keyword: string]: unknown };
}

/** The result of a rule that depends on more than one value, for example on the rest of the app. */
export interface Check extends RuleText {
  readonly prop: string;
  readonly value: unknown;
  readonly isValid: boolean;
}

/** A check with the construct that it is about. */
export type ConstructCheck = readonly [construct: IConstruct, check: Check];

/** Collects the failures of one construct. */
export class Failures {
  private readonly list: ValidationFailure[] = [];
  private types = 0;

  public constructor(public readonly construct: IConstruct) {}

  /** How many values have the wrong type. Rules about several props are checked only if all types are right. */
  public get typeFailures(): number {
    return this.types;
  }

  public add(prop: string, value: unknown, { rule, remedy }: RuleText): void {
    this.list.push({ prop, rule, received: formatReceived(prop, value), remedy });
  }

  public addTypeFailure(prop: string, value: unknown, rule: RuleText): void {
    this.types++;
    this.add(prop, value, rule);
  }

  public addChecks(checks: readonly Check[]): void {
    for (const check of checks) {
      if (!check.isValid) {
        this.add(check.prop, check.value, check);
      }
    }
  }

  /** @returns the failures, empty if the construct is valid */
  public all(): ValidationFailure[] {
    return this.list;
  }

  /** @throws ValidationError if there are failures */
  public throwIfAny(): void {
    if (this.list.length > 0) {
      throw new ValidationError(this.construct, this.list);
    }
  }
}

/** @throws ValidationError with every check that is not valid */
export function requireValid(construct: IConstruct, ...checks: readonly Check[]): void {
  const failures = new Failures(construct);
  failures.addChecks(checks);
  failures.throwIfAny();
}

function formatReceived(prop: string, value: unknown): string {
  const text = Construct.isConstruct(value) ? value.node.path : asJson(redact(prop, value));
  return text.length > RECEIVED_MAX_LENGTH ? `${text.slice(0, RECEIVED_MAX_LENGTH)}…` : text;
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value, redact) ?? String(value);
  } catch {
    return `a value of type ${typeof value} that is not JSON`;
  }
}

/** Shown in place of a secret. */
const REDACTED = '********';

/** Last words of the names of secrets, in the spelling of Okta, Konnect and Terraform. */
const SECRET = '(?:secret|password|private_?key|api_?key|token)';
const SECRET_NAME = new RegExp(`${SECRET}$`, 'i');
const SECRET_IN_LINE = new RegExp(`(${SECRET}["']?\\s*[:=]\\s*)\\S.*`, 'i');

/** User and password in front of a host, with or without a scheme. */
const CREDENTIALS = /(^|\/\/)[^/\s:@]*:[^/\s@]+@/g;

/** Replacer for `JSON.stringify`: redacts strings and lists whose key is the name of a secret, and credentials in URLs. */
export function redact(name: string, value: unknown): unknown {
  const isText = typeof value === 'string' || Array.isArray(value);
  if (isText && SECRET_NAME.test(name)) {
    return REDACTED;
  }
  return typeof value === 'string' ? value.replace(CREDENTIALS, `$1${REDACTED}@`) : value;
}

/** Redacts the value in a line of a file whose key is the name of a secret. */
export function redactLine(line: string): string {
  return line.replace(SECRET_IN_LINE, `$1${REDACTED}`);
}

/** Adds a warning at synthesis. `undefined` for no warning. */
export function addLazyWarning(construct: IConstruct, warning: () => string | undefined): void {
  Aspects.of(construct).add({
    // An aspect visits the children too.
    visit: (node) => {
      const message = node === construct ? warning() : undefined;
      if (message !== undefined) {
        Annotations.of(construct).addWarning(inSpellingOfApp(message));
      }
    },
  });
}
