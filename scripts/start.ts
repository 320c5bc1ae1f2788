import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { findTerraform, Providers, type Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeHowTo, proofTable, type StackJson } from './how-to-steps';
import { PlayError, type Proofs, play } from './play';

const STACK = 'how-to';
const ROOT = resolve(__dirname, '..');

interface Manifest {
  readonly stacks: {
    readonly [name: string]: {
      readonly synthesizedStackPath: string;
      readonly annotations: readonly { readonly constructPath: string; readonly message: string }[];
    };
  };
}

/** A failure that its message explains; it is printed without a stack trace. */
class StartError extends Error {}

interface Options {
  /** Whether the sandbox stays up for playing. */
  readonly keep: boolean;
  readonly providers: Providers;
}

/** Synthesizes main.ts, shows what each step of the how-to became, and plays it in a sandbox. */
async function start({ keep, providers }: Options): Promise<void> {
  const outdir = resolve(ROOT, process.env.CDKTF_OUTDIR ?? 'cdktf.out');
  synthesize(outdir);

  const stack = read<Manifest>(join(outdir, 'manifest.json')).stacks[STACK];
  if (!stack) {
    throw new StartError(`main.ts has no stack ${STACK}`);
  }
  const file = join(outdir, stack.synthesizedStackPath);
  const { lines, missing } = describeHowTo(read<StackJson>(file));
  const warnings = stack.annotations.map(
    ({ constructPath, message }) => `warning: ${constructPath}: ${message}`,
  );
  print([`Stack ${STACK}, synthesized from main.ts`, '', ...lines, ...warnings]);
  if (missing.length > 0) {
    throw new StartError(
      `The stack lacks steps of the how-to:\n${missing.map((each) => `  ${each}`).join('\n')}`,
    );
  }
  print([`Terraform JSON: ${relative(process.cwd(), file)}`, '']);
  if (findTerraform() === undefined) {
    print([
      'To see it run, without an account, install Terraform 1.5 or newer or OpenTofu, and start again.',
    ]);
  } else {
    print(['In a sandbox, with Terraform and without an account']);
    const proofs = await play({
      name: STACK,
      json: readFileSync(file, 'utf8'),
      providers,
      report: (line) => print([line]),
      ...(keep && { keep: untilInterrupted }),
    });
    if (keep) {
      return;
    }
    printProofs(proofs);
  }
  print([
    '',
    'Next, with Terraform 1.5 or newer, or OpenTofu:',
    '  export OKTA_ORG_NAME=... OKTA_BASE_URL=... OKTA_API_TOKEN=...',
    '  export KONNECT_SERVER_URL=... KONNECT_TOKEN=...   # the URL of a region',
    `  npx cdktf deploy ${STACK}`,
    `  npx okta-dev-portal-oidc register ${STACK} --developer you@your-company`,
    `  KONNECT_PROXY_URL=... npx okta-dev-portal-oidc verify ${STACK}`,
  ]);
}

function printProofs(proofs: Proofs): void {
  print(['', 'The steps of the how-to, and their proof', ...proofTable(proofs)]);
}

/** Tells how to play with the sandbox, and waits. */
async function untilInterrupted(sandbox: Sandbox, proofs: Proofs): Promise<void> {
  printProofs(proofs);
  print([
    '',
    'The sandbox is up until Ctrl-C. In another terminal:',
    ...Object.entries(sandbox.environment()).map(([name, value]) => `  export ${name}='${value}'`),
    `  terraform -chdir=${sandbox.workspace(STACK).folder} show`,
    `  npx okta-dev-portal-oidc verify --chdir ${sandbox.workspace(STACK).folder}`,
    `  curl -i -u "$OKTA_CLIENT_ID:$OKTA_CLIENT_SECRET" ${sandbox.gateway.url}/anything`,
  ]);
  await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
}

function synthesize(outdir: string): void {
  // `cdktf synth` would do the same and look for Terraform first.
  const { context } = read<{ readonly context?: unknown }>(join(ROOT, 'cdktf.json'));
  const { status, signal, stdout, stderr, error } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'main.ts'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: {
        ...process.env,
        CDKTF_OUTDIR: outdir,
        CDKTF_CONTEXT_JSON: process.env.CDKTF_CONTEXT_JSON ?? JSON.stringify(context ?? {}),
      },
    },
  );
  if (status !== 0) {
    const reason = error?.message ?? `${stdout}${stderr}`.trim();
    throw new StartError(`main.ts cannot be synthesized (${signal ?? `exit code ${status}`}):\n${reason}`);
  }
  process.stderr.write(stderr);
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

new Command('npm start --')
  .description('Synthesizes main.ts and plays the how-to in a sandbox')
  .option('--keep', 'leave the sandbox up for playing, until Ctrl-C', false)
  .addOption(
    new Option('--providers <providers>', 'fake, or registry for the real ones')
      .choices(Object.values(Providers))
      .default(Providers.FAKE),
  )
  .action(start)
  .parseAsync()
  .catch((error: unknown) => {
    const explained = error instanceof StartError || error instanceof PlayError;
    process.stderr.write(`${explained ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
