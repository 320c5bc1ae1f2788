import type { Console } from '../console';
import { ExitCode } from '../exit';
import { StepStatus } from '../progress';
import type { LinkResult } from './chain';
import type { VerifyOptions } from './verify-options';

/** Prints the results, and returns the exit code. */
export function report(
  results: readonly LinkResult[],
  { requireAll, json }: VerifyOptions,
  console: Console,
): ExitCode {
  const count = (status: StepStatus) => results.filter(({ outcome }) => outcome.status === status).length;
  const [passed, broken, skipped] = [StepStatus.OK, StepStatus.FAILED, StepStatus.SKIPPED].map(count);
  const ok = broken === 0 && (skipped === 0 || !requireAll);
  if (json) {
    const links = results.map(({ link: { name, title }, outcome, milliseconds }) => {
      const { status, detail, remedy } = outcome;
      return { name, title, status, detail, remedy, milliseconds };
    });
    console.print(JSON.stringify({ ok, links }, null, 2));
  } else {
    console.print(
      `${passed} ${passed === 1 ? 'link' : 'links'} OK, ${broken} broken, ${skipped} not checked`,
    );
  }
  if (ok) {
    return ExitCode.OK;
  }
  const isUnreachable = results.some(({ outcome }) => outcome.error?.exitCode === ExitCode.UNREACHABLE);
  return isUnreachable ? ExitCode.UNREACHABLE : ExitCode.FAILED;
}
