import { type Suite, type SuiteLink, summarize } from './suite';

const MARKS = { ok: '✅', failed: '❌', skipped: '➖' };

/** Formats results as Markdown: a table for each client, with the remedy of each link that is not OK. */
export function formatMarkdown(suites: readonly Suite[]): string {
  return suites
    .flatMap(({ name, links }) => [
      `### ${escapeText(name)}`,
      '',
      summarize(links),
      '',
      '| | Link | Result |',
      '| --- | --- | --- |',
      ...links.map(formatRow),
      '',
    ])
    .join('\n');
}

function formatRow({ title, status, detail, remedy }: SuiteLink): string {
  const result =
    remedy === undefined ? escapeText(detail) : `${escapeText(detail)}<br>→ ${escapeText(remedy)}`;
  return `| ${MARKS[status]} | ${escapeText(title)} | ${result} |`;
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\|`*_[\]]/g, '\\$&')
    .replace(/\s*\n\s*/g, '<br>');
}
