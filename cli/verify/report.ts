import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Console } from '../console';
import { CommandError, ExitCode } from '../exit';
import { StepStatus } from '../progress';
import type { LinkResult } from './chain';
import { formatJunit } from './junit';
import { formatMarkdown } from './markdown';
import type { VerifyOptions } from './verify-options';

/** Prints the results, writes the reports that are asked for, and returns the exit code. */
export function report(
  results: readonly LinkResult[],
  { requireAll, json, junit, markdown }: VerifyOptions,
  console: Console,
): ExitCode {
  const count = (status: StepStatus) => results.filter(({ outcome }) => outcome.status === status).length;
  const [passed, broken, skipped] = [StepStatus.OK, StepStatus.FAILED, StepStatus.SKIPPED].map(count);
  const ok = passed > 0 && broken === 0 && (skipped === 0 || !requireAll);
  const summary = `${passed} ${passed === 1 ? 'link' : 'links'} OK, ${broken} broken, ${skipped} not checked`;
  if (json) {
    const links = results.map(({ link: { name, title }, outcome, milliseconds }) => {
      const { status, detail, remedy } = outcome;
      return { name, title, status, detail, remedy, milliseconds };
    });
    console.print(JSON.stringify({ ok, links }, null, 2));
  } else {
    console.print(summary);
  }
  if (junit !== undefined) {
    writeReport(junit, formatJunit(results, requireAll), console);
  }
  if (markdown !== undefined) {
    writeReport(markdown, formatMarkdown(results, summary), console);
  }
  if (ok) {
    return ExitCode.OK;
  }
  const isUnreachable = results.some(({ outcome }) => outcome.error?.exitCode === ExitCode.UNREACHABLE);
  return isUnreachable ? ExitCode.UNREACHABLE : ExitCode.FAILED;
}

function writeReport(file: string, content: string, console: Console): void {
  try {
    writeFileSync(resolve(console.io.cwd, file), console.redactor.redact(content));
  } catch (error) {
    throw CommandError.usage(
      `${file} cannot be written: ${(error as Error).message}`,
      'Name a file in a writable folder.',
    );
  }
}
