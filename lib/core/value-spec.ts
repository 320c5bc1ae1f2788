import { Token, Tokenization } from 'cdktf';
import { hasUnknownToken, isToken } from './tokens';
import type { Failures, Rule, RuleText } from './validation';

/** A part of a JSON Schema. */
export type JsonSchema = { readonly [keyword: string]: unknown };

const REQUIRED: RuleText = { rule: 'is required', remedy: 'Set it' };

const KNOWN: RuleText = {
  rule: 'must be known at synthesis: it decides which resources there are',
  remedy: 'Write the value into the code instead of passing a token',
};

const TOKENS: RuleText = {
  rule: 'must contain only tokens that CDKTF knows, and no list or map inside of a text',
  remedy: 'Pass tokens of this app unchanged. Fn.join makes a text of a list',
};

/**
 * The valid values of a prop: type, limits, who requires them, remedy.
 *
 * An omitted prop is valid unless it is required. A token is valid for every type and rule unless the value must be
 * known at synthesis.
 */
export abstract class ValueSpec<T = unknown> {
  public readonly isRequired: boolean = false;
  public readonly isKnown: boolean = false;
  public readonly rules: readonly Rule<T>[] = [];

  /** The type, checked before the rules. */
  protected abstract readonly type: Rule;

  /** Requires the prop. */
  public required(): this {
    return this.with({ isRequired: true });
  }

  /** Rejects tokens: the value decides which resources are created. */
  public known(): this {
    return this.with({ isKnown: true });
  }

  /** Adds rules. */
  public check(...rules: readonly Rule<T>[]): this {
    return this.with({ rules: [...this.rules, ...rules] });
  }

  /** JSON Schema of the values in a data file. */
  public get schema(): JsonSchema {
    return Object.assign({}, ...this.rules.map((rule) => rule.schema ?? {}));
  }

  /** Adds the failures of the value to `failures`. */
  public validate(value: unknown, prop: string, failures: Failures): void {
    if (value === undefined) {
      if (this.isRequired) {
        failures.addTypeFailure(prop, value, REQUIRED);
      }
    } else if (this.isKnown && isToken(value)) {
      failures.addTypeFailure(prop, value, KNOWN);
    } else if (this.isWholeToken(value)) {
      this.validateTokens(value, prop, failures);
    } else if (!this.type.isValid(value)) {
      failures.addTypeFailure(prop, value, this.type);
    } else {
      this.validateContent(value as T, prop, failures);
    }
  }

  /** Called with values of the right type. */
  protected validateContent(value: T, prop: string, failures: Failures): void {
    for (const rule of this.rules) {
      if (!rule.isValid(value)) {
        failures.add(prop, value, { ...rule, remedy: rule.remedyFor?.(value) ?? rule.remedy });
      }
    }
  }

  protected validateTokens(value: unknown, prop: string, failures: Failures): boolean {
    const isValid = !hasUnknownToken(value);
    if (!isValid) {
      failures.addTypeFailure(prop, value, TOKENS);
    }
    return isValid;
  }

  /**
   * A token is an object, a text without anything else, or has the form of the type: a negative number, a list of one
   * text.
   */
  private isWholeToken(value: unknown): boolean {
    if (typeof value === 'string') {
      return Token.isUnresolved(value) && /^\$\{[^}]*\}$/.test(value);
    }
    return isToken(value) && (Tokenization.isResolvable(value) || this.type.isValid(value));
  }

  private with(change: Partial<ValueSpec<T>>): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this)), this, change);
  }
}

/** Values that one rule decides on, for example constructs and providers. */
export class OpaqueSpec extends ValueSpec {
  public constructor(protected readonly type: Rule) {
    super();
  }
}

/** Limits of a text. Lengths are in characters (Unicode code points). */
export interface TextLimits {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Who sets the limits. */
  readonly source?: string;
}

export class TextSpec extends ValueSpec<string> {
  protected readonly type: Rule = {
    rule: 'must be a string',
    remedy: 'Pass a string, or a token of one',
    isValid: (value) => typeof value === 'string',
  };

  public constructor(public readonly limits: TextLimits) {
    super();
  }

  /** Rejects a text of white space. */
  public notBlank(): this {
    return this.check(NOT_BLANK);
  }

  public override get schema(): JsonSchema {
    const { minLength, maxLength } = this.limits;
    return { type: 'string', ...defined({ minLength, maxLength }), ...super.schema };
  }

  protected override validateContent(value: string, prop: string, failures: Failures): void {
    if (!this.validateTokens(value, prop, failures) || Token.isUnresolved(value)) {
      return;
    }
    checkRange(prop, value, [...value].length, textRange(this.limits), failures);
    super.validateContent(value, prop, failures);
  }
}

const NOT_BLANK: Rule<string> = {
  rule: 'must not be empty',
  remedy: 'Set it',
  isValid: (value) => value.trim() !== '',
  schema: { pattern: '\\S' },
};

/** Limits of a number. */
export interface NumberLimits {
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
  /** Who sets the limits. */
  readonly source: string;
}

/** Whole numbers. */
export class IntegerSpec extends ValueSpec<number> {
  protected readonly type: Rule = {
    rule: 'must be a finite number',
    remedy: 'Pass a number, or a token of one',
    isValid: Number.isFinite,
  };

  public constructor(public readonly limits: NumberLimits) {
    super();
  }

  public override get schema(): JsonSchema {
    return { type: 'integer', minimum: this.limits.min, maximum: this.limits.max, ...super.schema };
  }

  protected override validateContent(value: number, prop: string, failures: Failures): void {
    const { min, max, unit, source } = this.limits;
    if (!Number.isInteger(value) || value < min || value > max) {
      const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
      failures.add(prop, value, {
        rule: `must be a whole number${unit ? ` of ${unit}` : ''}, ${range} (${source})`,
        remedy: `Use ${range}`,
      });
    }
    super.validateContent(value, prop, failures);
  }
}

export class FlagSpec extends ValueSpec<boolean> {
  protected readonly type: Rule = {
    rule: 'must be true or false',
    remedy: 'Use true or false without quotes',
    isValid: (value) => typeof value === 'boolean',
  };

  public override get schema(): JsonSchema {
    return { type: 'boolean' };
  }
}

/** Members of an enum. */
export class EnumSpec extends ValueSpec<string> {
  protected readonly type: Rule;

  public constructor(public readonly values: readonly string[]) {
    super();
    this.type = {
      rule: `must be one of ${values.join(', ')}`,
      remedy: 'Use a member of the enum',
      isValid: (value) => values.some((each) => each === value),
    };
  }

  public override get schema(): JsonSchema {
    return { type: 'string', enum: this.values };
  }
}

function textRange({ minLength, maxLength, source }: TextLimits): Range {
  return { min: minLength, max: maxLength, unit: 'character', source };
}

/** Limits of a length. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly unit: string;
  readonly source?: string;
}

export function checkRange(
  prop: string,
  value: unknown,
  length: number,
  { min = 0, max = Number.POSITIVE_INFINITY, unit, source }: Range,
  failures: Failures,
): void {
  if (length >= min && length <= max) {
    return;
  }
  const plural = max === 1 || (max === Number.POSITIVE_INFINITY && min === 1) ? unit : `${unit}s`;
  const range =
    min === max
      ? `exactly ${min}`
      : max === Number.POSITIVE_INFINITY
        ? `at least ${min}`
        : min === 0
          ? `at most ${max}`
          : `${min} to ${max}`;
  failures.add(prop, value, {
    rule: `must have ${range} ${plural}${bracketed(source)}`,
    remedy: length > max ? 'Shorten it' : 'Set it, or leave the prop out if it is optional',
  });
}

export function bracketed(source: string | undefined): string {
  return source === undefined ? '' : ` (${source})`;
}

/** The entries that have a value. */
export function defined(values: { readonly [key: string]: unknown }): JsonSchema {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
