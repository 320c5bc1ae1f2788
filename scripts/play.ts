import type { PlannedChange } from 'okta-dev-portal-oidc-sandbox';
import type { Console } from '../cli/console';
import { count } from '../cli/count';
import { Outcome, runSteps, type Step } from '../cli/progress';
import type { StackTester } from '../testing';
import type { Proofs } from './how-to-steps';

/** A step that does not end as it must. */
export class PlayError extends Error {}

/** What playing the how-to found. */
interface PlayResult {
  readonly proofs: Proofs;
  /** A line for each registered entity and each link. */
  readonly details: readonly string[];
}

/**
 * Deploys the stack with Terraform in a sandbox, registers its client, and proves the chain with the command
 * `okta-dev-portal-oidc`. Shows each step as it goes.
 *
 * @throws PlayError when a step does not end as it must
 */
export async function play(tester: StackTester, console: Console): Promise<PlayResult> {
  const proofs: { [name: string]: string } = {};
  const details: string[] = [];
  await runSteps(
    [
      timed('Deploy', async () => {
        proofs.deploy = `${count((await tester.deploy()).add, 'resource')} added`;
        return proofs.deploy;
      }),
      timed('Plan again', async () => {
        proofs.plan = requireNoChanges(await tester.plan());
        return proofs.plan;
      }),
      timed('Register', async () => {
        const registered = await tester.register();
        for (const { kind, name, status = 'created' } of registered) {
          proofs[kind] = status;
          details.push(`Register: ${kind} ${name}: ${status}`);
        }
        return registered.map(({ kind }) => kind).join(', ');
      }),
      timed('Verify', async () => {
        const proof = await tester.prove();
        if (!proof.opensForClientOnly) {
          throw new PlayError(`The API is not open for its client only:\n${proof}`);
        }
        for (const { name, title, detail } of proof.links) {
          proofs[name] = detail;
          details.push(`Verify: ${title}: ${detail}`);
        }
        return `${count(proof.links.length, 'link')} OK`;
      }),
    ],
    console,
    false,
  );
  return { proofs, details };
}

/** Destroys the stack, and shows it as a step. */
export async function destroy(tester: StackTester, console: Console): Promise<void> {
  const step = timed(
    'Destroy',
    async () => `${count((await tester.destroy()).remove, 'resource')} destroyed`,
  );
  await runSteps([step], console, false);
}

function timed(title: string, act: () => Promise<string>): Step {
  return {
    title,
    run: async () => {
      const start = performance.now();
      const result = await act();
      return Outcome.ok(`${result} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    },
  };
}

function requireNoChanges(changes: readonly PlannedChange[]): string {
  if (changes.length > 0) {
    throw new PlayError(`The second plan is not empty: ${changes.map(({ address }) => address).join(', ')}`);
  }
  return 'no changes';
}
