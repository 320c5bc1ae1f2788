import { StepStatus } from '../progress';
import type { LinkResult } from './chain';

const SUITE = 'okta-dev-portal-oidc verify';

/** Formats results as a JUnit report, which CI systems show as tests: one test case for each link. */
export function formatJunit(results: readonly LinkResult[], requireAll: boolean): string {
  const isFailure = ({ outcome: { status } }: LinkResult) =>
    status === StepStatus.FAILED || (requireAll && status === StepStatus.SKIPPED);
  const failures = results.filter(isFailure).length;
  const skipped = results.filter(
    (each) => each.outcome.status === StepStatus.SKIPPED && !isFailure(each),
  ).length;
  const total = results.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const counts = `name="${SUITE}" tests="${results.length}" failures="${failures}" skipped="${skipped}" time="${seconds(total)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite ${counts}>`,
    ...results.flatMap((result) => testCase(result, isFailure(result))),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ link, outcome, milliseconds }: LinkResult, isFailure: boolean): string[] {
  const { status, detail, remedy } = outcome;
  const start = `    <testcase classname="${SUITE}" name="${escapeXml(link.title)}" time="${seconds(milliseconds)}"`;
  if (isFailure) {
    const text = escapeXml(remedy ?? detail);
    return [
      `${start}>`,
      `      <failure message="${escapeXml(detail)}" type="${link.name}">${text}</failure>`,
      '    </testcase>',
    ];
  }
  return status === StepStatus.SKIPPED
    ? [`${start}>`, `      <skipped message="${escapeXml(detail)}"/>`, '    </testcase>']
    : [`${start}/>`];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}

function escapeXml(text: string): string {
  const entities: { readonly [character: string]: string } = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\n': '&#10;',
  };
  // XML 1.0 has no other control characters.
  return text.replace(/[&<>"\n]/g, (character) => entities[character]).replace(/\p{Cc}/gu, ' ');
}
