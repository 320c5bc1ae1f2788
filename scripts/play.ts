import type { PlannedChange, Providers, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { StackTester } from '../testing';

/** A step went wrong; its message says how. */
export class PlayError extends Error {}

/** What is played, and how. */
export interface PlayOptions {
  /** Name of the stack. */
  readonly name: string;

  /** Its Terraform JSON. */
  readonly json: string;

  readonly providers: Providers;

  /** Takes one line for each step that is done. */
  readonly report: (line: string) => void;

  /** Called at the end, instead of destroying everything; the sandbox is up until it returns. */
  readonly keep?: (sandbox: Sandbox, proofs: Proofs) => Promise<void>;
}

/** What was seen, by the names that the steps of the how-to have for their proofs. */
export type Proofs = { readonly [name: string]: string };

/**
 * Plays the how-to in a sandbox: deploys the stack with real Terraform, registers its client and proves the
 * chain with the command `okta-dev-portal-oidc`, and destroys everything unless it is to be kept.
 *
 * @throws PlayError when a step does not end as it must
 */
export async function play({ name, json, providers, report, keep }: PlayOptions): Promise<Proofs> {
  const proofs: { [name: string]: string } = {};
  let begun = performance.now();
  const step = (what: string, result: string, milliseconds = performance.now() - begun) => {
    report(`  ✓ ${what}: ${result} (${(milliseconds / 1000).toFixed(1)} s)`);
    begun = performance.now();
  };
  const tester = await StackTester.start([{ name, json }], { providers });
  try {
    proofs.deploy = `${(await tester.deploy()).add} resources added`;
    step('Deploy', proofs.deploy);
    proofs.plan = nothing(await tester.plan());
    step('Plan again', proofs.plan);

    for (const { kind, name: registered, status } of await tester.register()) {
      proofs[kind] = status ?? 'created';
      step(`Register: ${kind} ${registered}`, proofs[kind]);
    }
    const proof = await tester.prove();
    if (!proof.opensForClientOnly) {
      throw new PlayError(`The API is not open for its client only:\n${proof}`);
    }
    for (const link of proof.links) {
      proofs[link.name] = link.detail;
      step(`Verify: ${link.title}`, link.detail, link.milliseconds);
    }

    if (keep) {
      await keep(tester.sandbox, proofs);
      return proofs;
    }
    proofs.destroy = `${(await tester.destroy()).remove} resources destroyed`;
    step('Destroy', proofs.destroy);
    return proofs;
  } finally {
    await tester.stop();
  }
}

function nothing(changes: readonly PlannedChange[]): string {
  if (changes.length > 0) {
    throw new PlayError(`The second plan is not empty: ${changes.map(({ address }) => address).join(', ')}`);
  }
  return 'no changes';
}
