import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { findTerraform } from 'okta-dev-portal-oidc-sandbox';
import { describeHowTo, type StackJson } from './how-to-steps';
import { PlayError, play } from './play';

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

/** Synthesizes main.ts, shows what each step of the how-to became, and plays it in a sandbox. */
async function start(): Promise<void> {
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
    await play(STACK, readFileSync(file, 'utf8'), (line) => print([line]));
  }
  print([
    '',
    'Next, with Terraform 1.5 or newer, or OpenTofu:',
    '  export OKTA_ORG_NAME=... OKTA_BASE_URL=... OKTA_API_TOKEN=...',
    '  export KONNECT_SERVER_URL=... KONNECT_TOKEN=...   # the URL of a region',
    `  npx cdktf deploy ${STACK}`,
    `  npx cdktf output ${STACK} --outputs-file outputs.json --outputs-file-include-sensitive-outputs`,
  ]);
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

start().catch((error: unknown) => {
  const explained = error instanceof StartError || error instanceof PlayError;
  process.stderr.write(`${explained ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
