import { AnnotationMetadataEntryType, type TerraformStack, Testing } from 'cdktf';
import { ValidationError } from '../../lib';

export const UUID = '11111111-2222-4333-8444-555555555555';
export const OTHER_UUID = '99999999-8888-4777-8666-555555555555';
export const ISSUER = 'https://dev-1.okta.com/oauth2/default';

/** What a test does in a stack. */
export type Act = (stack: TerraformStack) => unknown;

/** What one failure must be: its prop, a part of its text, and the path of its construct. */
export type ExpectedFailure = readonly [prop: string, text: RegExp, path?: string];

/** Input that fails, each act alone, with exactly this failure. */
export type InvalidInput = readonly [prop: string, text: RegExp, ...acts: Act[]];

/** One failure as messages show it. */
interface Failure {
  readonly path: string;
  readonly prop: string;
  readonly text: string;
}

/** The ValidationError that `act` throws. Fails the test if it throws another error or none. */
export function catchError(act: () => unknown): ValidationError {
  try {
    act();
  } catch (error) {
    if (error instanceof ValidationError) {
      return error;
    }
    throw error;
  }
  throw new Error('no ValidationError was thrown');
}

/** The message of the ValidationError that `act` throws. */
export function messageOf(act: () => unknown): string {
  return catchError(act).message;
}

/** Expects that `act` throws a ValidationError with exactly these failures, and returns it. */
export function expectFailures(act: () => unknown, ...expected: readonly ExpectedFailure[]): ValidationError {
  const error = catchError(act);
  expectAll(parseFailures(error.message), expected);
  return error;
}

/** Expects that synthesis of the stack finds exactly these failures, and returns them. */
export function expectSynthFailures(
  stack: TerraformStack,
  ...expected: readonly ExpectedFailure[]
): Failure[] {
  const failures = parseFailures(catchSynthError(stack) ?? '');
  expectAll(failures, expected);
  return failures;
}

/** The rows of a table, for `test.each`. */
export function rowsOf(inputs: readonly InvalidInput[]): (readonly [prop: string, text: RegExp, act: Act])[] {
  return inputs.flatMap(([prop, text, ...acts]) => acts.map((act) => [prop, text, act] as const));
}

/** The failures in the messages of one or more ValidationErrors. */
export function parseFailures(message: string): Failure[] {
  let path = '';
  return message.split('\n').flatMap((line) => {
    path = /(\S+): invalid input$/.exec(line)?.[1] ?? path;
    const [, prop, text] = /^ {2}- `(.*?)` (.*)$/.exec(line) ?? [];
    return text === undefined ? [] : [{ path, prop, text }];
  });
}

/** The error of the validations that run when a stack is synthesized, `undefined` if they pass. */
export function catchSynthError(stack: TerraformStack): string | undefined {
  try {
    Testing.synth(stack, true);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

/** The warnings of a synthesized stack, in the order of its constructs. */
export function warningsOf(stack: TerraformStack): string[] {
  Testing.synth(stack);
  return stack.node
    .findAll()
    .flatMap((construct) => construct.node.metadata)
    .filter((entry) => entry.type === AnnotationMetadataEntryType.WARN)
    .map((entry) => String(entry.data));
}

function expectAll(failures: readonly Failure[], expected: readonly ExpectedFailure[]): void {
  expect(failures).toEqual(
    expected.map(([prop, text, path = expect.any(String)]) => ({
      path,
      prop,
      text: expect.stringMatching(text),
    })),
  );
}
