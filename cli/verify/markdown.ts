import { StepStatus } from '../progress';
import type { LinkResult } from './chain';

const MARKS = { [StepStatus.OK]: '✅', [StepStatus.FAILED]: '❌', [StepStatus.SKIPPED]: '➖' };

/** Formats results as a Markdown table, with the remedy of each link that is not OK. */
export function formatMarkdown(results: readonly LinkResult[], summary: string): string {
  return [
    '### okta-dev-portal-oidc verify',
    '',
    summary,
    '',
    '| | Link | Result |',
    '| --- | --- | --- |',
    ...results.map(({ link, outcome: { status, detail, remedy } }) => {
      const result =
        remedy === undefined ? escapeCell(detail) : `${escapeCell(detail)}<br>→ ${escapeCell(remedy)}`;
      return `| ${MARKS[status]} | ${escapeCell(link.title)} | ${result} |`;
    }),
    '',
  ].join('\n');
}

function escapeCell(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\|`*_[\]]/g, '\\$&')
    .replace(/\s*\n\s*/g, '<br>');
}
