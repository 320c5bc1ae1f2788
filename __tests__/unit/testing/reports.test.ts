import { AccessProof, junitReport, markdownReport, type ProofLink } from '../../../testing';

const link = (title: string, status: ProofLink['status']): ProofLink => ({
  name: title.toLowerCase(),
  title,
  status,
  detail: `${title} was checked`,
  milliseconds: 500,
});

const proofs = [
  { name: 'Shop', proof: new AccessProof([link('Issuer', 'ok'), link('Token', 'ok')]) },
  { name: 'Billing', proof: new AccessProof([link('Issuer', 'failed'), link('Token', 'skipped')]) },
];

test('a JUnit report has a test suite for each proof, and the totals of all', () => {
  const report = junitReport(proofs);
  expect(report).toContain(
    '<testsuites name="okta-dev-portal-oidc verify" tests="4" failures="2" skipped="0" time="2.000">',
  );
  expect(report).toContain('  <testsuite name="Shop" tests="2" failures="0" skipped="0" time="1.000">');
  // As for AccessProof.broken, a link that was not checked is a failure.
  expect(report).toContain('  <testsuite name="Billing" tests="2" failures="2" skipped="0" time="1.000">');
  expect(report).toContain('    <testcase classname="Shop" name="Token" time="0.500"/>');
  expect(report).toContain('<failure message="Issuer was checked" type="issuer">');
});

test('a Markdown report has a table for each proof', () => {
  expect(markdownReport(proofs)).toBe(`### Shop

2 links OK, 0 broken, 0 not checked

| | Link | Result |
| --- | --- | --- |
| ✅ | Issuer | Issuer was checked |
| ✅ | Token | Token was checked |

### Billing

0 links OK, 1 broken, 1 not checked

| | Link | Result |
| --- | --- | --- |
| ❌ | Issuer | Issuer was checked |
| ➖ | Token | Token was checked |
`);
});
