import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Console } from '../console';
import { count } from '../count';
import { CommandError, ExitCode } from '../exit';
import { StepStatus } from '../progress';
import type { LinkResult } from './chain';
import { formatJunit } from './junit';
import { formatMarkdown } from './markdown';
import type { VerifiedLink, VerifyResult } from './output';
import type { VerifyOptions } from './verify-options';

/** Writes the reports that are asked for, prints the results, and returns the exit code. */
export function report(
  results: readonly LinkResult[],
  { requireAll, json, junit, markdown }: VerifyOptions,
  console: Console,
): ExitCode {
  const [passed, broken, skipped] = [StepStatus.OK, StepStatus.FAILED, StepStatus.SKIPPED].map(
    (status) => results.filter(({ outcome }) => outcome.status === status).length,
  );
  const ok = passed > 0 && broken === 0 && (skipped === 0 || !requireAll);
  const summary = `${count(passed, 'link')} OK, ${broken} broken, ${skipped} not checked`;
  if (junit !== undefined) {
    writeReport(junit, formatJunit(results, requireAll), console);
  }
  if (markdown !== undefined) {
    writeReport(markdown, formatMarkdown(results, summary), console);
  }
  if (json) {
    const result: VerifyResult = { ok, links: results.map(verifiedLink) };
    console.printJson(result);
  } else {
    console.print(summary);
  }
  if (ok) {
    return ExitCode.OK;
  }
  const isUnreachable = results.some(({ outcome }) => outcome.error?.exitCode === ExitCode.UNREACHABLE);
  return isUnreachable ? ExitCode.UNREACHABLE : ExitCode.FAILED;
}

function verifiedLink({ link: { name, title }, outcome, milliseconds }: LinkResult): VerifiedLink {
  const { status, detail, remedy } = outcome;
  return { name, title, status, detail, remedy, milliseconds };
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
