import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LinkResult } from '../chain/chain';
import type { Console } from '../console';
import { CommandError, ExitCode } from '../exit';
import { StepStatus } from '../progress';
import { formatJunit } from './junit';
import { formatMarkdown } from './markdown';
import type { VerifiedLink, VerifyResult } from './output';
import { countLinks, summarize } from './suite';
import type { VerifyOptions } from './verify-options';

/** Writes the reports that are asked for, prints the results, and returns the exit code. */
export function report(
  results: readonly LinkResult[],
  { requireAll, json, junit, markdown, stacks }: VerifyOptions,
  console: Console,
): ExitCode {
  const links = results.map(verifiedLink);
  const suites = [{ name: ['okta-dev-portal-oidc verify', ...stacks].join(' '), links }];
  const skipped = countLinks(links, StepStatus.SKIPPED);
  const ok =
    countLinks(links, StepStatus.OK) > 0 &&
    countLinks(links, StepStatus.FAILED) === 0 &&
    (skipped === 0 || !requireAll);
  if (junit !== undefined) {
    writeReport(junit, formatJunit(suites, requireAll), console);
  }
  if (markdown !== undefined) {
    writeReport(markdown, formatMarkdown(suites), console);
  }
  if (json) {
    const result: VerifyResult = { ok, links };
    console.printJson(result);
  } else {
    console.print(summarize(links));
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
