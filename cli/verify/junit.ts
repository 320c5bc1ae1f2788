import { StepStatus } from '../progress';
import type { Suite, SuiteLink } from './suite';

/**
 * Formats results as a JUnit report, which CI systems show as tests: one test suite for each client, one test case for
 * each link.
 *
 * @param requireAll whether a link that was not checked is a failure
 */
export function formatJunit(suites: readonly Suite[], requireAll: boolean): string {
  const isFailure = ({ status }: SuiteLink) =>
    status === StepStatus.FAILED || (requireAll && status === StepStatus.SKIPPED);
  const attributes = (name: string, links: readonly SuiteLink[]) => {
    const failures = links.filter(isFailure).length;
    const skipped = links.filter((link) => link.status === StepStatus.SKIPPED && !isFailure(link)).length;
    const total = links.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    return `name="${escapeXml(name)}" tests="${links.length}" failures="${failures}" skipped="${skipped}" time="${seconds(total)}"`;
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes(
      'okta-dev-portal-oidc verify',
      suites.flatMap(({ links }) => links),
    )}>`,
    ...suites.flatMap(({ name, links }) => [
      `  <testsuite ${attributes(name, links)}>`,
      ...links.flatMap((link) => testCase(name, link, isFailure(link))),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(suite: string, link: SuiteLink, isFailure: boolean): string[] {
  const { name, title, status, detail, remedy, milliseconds } = link;
  const start = `    <testcase classname="${escapeXml(suite)}" name="${escapeXml(title)}" time="${seconds(milliseconds)}"`;
  if (isFailure) {
    const text = escapeXml(remedy ?? detail);
    return [
      `${start}>`,
      `      <failure message="${escapeXml(detail)}" type="${name}">${text}</failure>`,
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
