import { type Plan, type Providers, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { run } from '../cli/program';
import { OktaStranger } from './okta-stranger';

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

interface JsonOfRegister {
  readonly results: readonly { readonly kind: string; readonly name: string; readonly status?: string }[];
}

interface JsonOfVerify {
  readonly links: readonly {
    readonly name: string;
    readonly title: string;
    readonly detail: string;
    readonly milliseconds: number;
  }[];
}

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
  const sandbox = await Sandbox.start({ providers });
  try {
    const { changes } = await sandbox.deployJson(name, json);
    proofs.deploy = `${changes.add} resources added`;
    step('Deploy', proofs.deploy);
    proofs.plan = nothing(await sandbox.planJson(name, json));
    step('Plan again', proofs.plan);

    const { results } = await runCommand<JsonOfRegister>(sandbox, name, [
      'register',
      '--developer',
      'developer@example.test',
    ]);
    for (const { kind, name: registered, status } of results) {
      proofs[kind] = status ?? 'created';
      step(`Register: ${kind} ${registered}`, proofs[kind]);
    }
    const stranger = await OktaStranger.create(sandbox);
    const { links } = await runCommand<JsonOfVerify>(
      sandbox,
      name,
      ['verify', '--require-all', '--unregistered-client-id', stranger.clientId],
      stranger.clientSecret,
    );
    await stranger.remove();
    for (const link of links) {
      proofs[link.name] = link.detail;
      step(`Verify: ${link.title}`, link.detail, link.milliseconds);
    }

    if (keep) {
      await keep(sandbox, proofs);
      return proofs;
    }
    proofs.destroy = `${(await sandbox.destroy(name)).remove} resources destroyed`;
    step('Destroy', proofs.destroy);
    return proofs;
  } finally {
    await sandbox.stop();
  }
}

/** Runs the command in the environment of the sandbox and returns what it prints. */
async function runCommand<T>(
  sandbox: Sandbox,
  name: string,
  args: readonly string[],
  unregisteredSecret?: string,
): Promise<T> {
  const printed: string[] = [];
  const print = (text: string) => {
    printed.push(text);
  };
  const { folder } = sandbox.workspace(name);
  const env = {
    ...process.env,
    ...sandbox.environment(),
    OKTA_CLIENT_SECRET: undefined,
    OKTA_UNREGISTERED_CLIENT_SECRET: unregisteredSecret,
  };
  const exitCode = await run([...args, '--chdir', folder, '--json'], {
    ...{ env, cwd: folder, isTerminal: false },
    ...{ stdout: print, stderr: print },
  });
  if (exitCode !== 0) {
    throw new PlayError(
      `okta-dev-portal-oidc ${args[0]} ends with exit code ${exitCode}:\n${printed.join('')}`,
    );
  }
  return JSON.parse(printed.join('')) as T;
}

function nothing({ changes }: Plan): string {
  if (changes.length > 0) {
    throw new PlayError(`The second plan is not empty: ${changes.map(({ address }) => address).join(', ')}`);
  }
  return 'no changes';
}
