import { count } from '../count';
import { StepStatus } from '../progress';

/** A checked link of a report. */
export interface SuiteLink {
  readonly name: string;
  readonly title: string;
  readonly status: `${StepStatus}`;
  readonly detail: string;
  readonly remedy?: string;
  readonly milliseconds: number;
}

/** The checked links of one client, for a report. */
export interface Suite {
  readonly name: string;
  readonly links: readonly SuiteLink[];
}

/** How many links have a status. */
export function countLinks(links: readonly SuiteLink[], status: StepStatus): number {
  return links.filter((link) => link.status === status).length;
}

/** One line: how many links are OK, broken and not checked. */
export function summarize(links: readonly SuiteLink[]): string {
  const [passed, broken, skipped] = [StepStatus.OK, StepStatus.FAILED, StepStatus.SKIPPED].map((status) =>
    countLinks(links, status),
  );
  return `${count(passed, 'link')} OK, ${broken} broken, ${skipped} not checked`;
}
