import { formatJunit } from '../cli/verify/junit';
import { formatMarkdown } from '../cli/verify/markdown';
import type { AccessProof } from './proof';

/** A proof and its name in a report. */
export interface NamedProof {
  /** Name, for example the label of the client. */
  readonly name: string;

  /** The awaited result of `StackTester.prove`. */
  readonly proof: AccessProof;
}

/** A JUnit report: one test suite for each proof, one test case for each link. */
export function junitReport(proofs: readonly NamedProof[]): string {
  return formatJunit(proofs.map(toSuite), true);
}

/** A Markdown table for each proof, for example for the summary of a job. */
export function markdownReport(proofs: readonly NamedProof[]): string {
  return formatMarkdown(proofs.map(toSuite));
}

function toSuite({ name, proof: { links } }: NamedProof) {
  return { name, links };
}
