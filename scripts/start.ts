import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { findTerraform, Providers } from 'okta-dev-portal-oidc-sandbox';
import { ignoreClosedPipe } from '../cli/closed-pipe';
import { Console, processIo } from '../cli/console';
import { quote } from '../cli/shell';
import { StackTester } from '../testing';
import { describeHowTo, partTable, proofTable, routePath, type StackJson } from './how-to-report';
import { destroy, PlayError, play } from './play';

const STACK = 'how-to';
const ROOT = resolve(__dirname, '..');

interface Manifest {
  readonly stacks: {
    readonly [name: string]: {
      readonly synthesizedStackPath: string;
      readonly workingDirectory: string;
      readonly annotations: readonly { readonly constructPath: string; readonly message: string }[];
    };
  };
}

interface Options {
  readonly keep: boolean;
  readonly verbose: boolean;
  readonly providers: Providers;
}

/** The synthesized stack. */
interface Synthesized {
  readonly json: string;
  /** Folder of the Terraform configuration. */
  readonly folder: string;
  /** Path of requests to the API. */
  readonly path: string;
}

/** A failure that is printed without a stack trace. */
class StartError extends Error {}

const readerGone = ignoreClosedPipe();
const console = new Console(processIo(), false);
const print = (...lines: readonly string[]) => console.print(lines.join('\n'));

/** Synthesizes main.ts, and plays the how-to in a sandbox. */
async function start(options: Options): Promise<void> {
  const stack = synthesizeStack(options);
  const terraform = findTerraform();
  if (terraform === undefined) {
    print(...partTable(), '');
    print(
      'To see it run, without an account: install Terraform 1.5 or newer, or OpenTofu, and start again.',
      '',
    );
  } else {
    print('Playing the how-to in a sandbox, with Terraform and without an account');
    const tester = await StackTester.start([{ name: STACK, json: stack.json }], options);
    try {
      const { proofs, details } = await play(tester, console);
      if (options.verbose) {
        print(...details.map((line) => `  ${line}`));
      }
      if (!options.keep) {
        await destroy(tester, console);
      }
      print('', 'The steps of the how-to and their proofs', ...proofTable(proofs), '');
      if (options.keep) {
        print('The sandbox runs until Ctrl-C.', await tester.showPages());
        await Promise.race([interrupt(), readerGone]);
        return;
      }
    } finally {
      await tester.stop();
    }
  }
  printNextSteps(stack, terraform ?? 'terraform');
}

/** Prints the stack in detail with `--verbose`, and requires that it has every step of the how-to. */
function synthesizeStack({ verbose }: Options): Synthesized {
  const outdir = resolve(ROOT, process.env.CDKTF_OUTDIR ?? 'cdktf.out');
  synthesize(outdir);
  const stack = read<Manifest>(join(outdir, 'manifest.json')).stacks[STACK];
  if (!stack) {
    throw new StartError(`main.ts has no stack ${STACK}`);
  }
  const file = join(outdir, stack.synthesizedStackPath);
  const json = readFileSync(file, 'utf8');
  const howTo = JSON.parse(json) as StackJson;
  const { lines, missing } = describeHowTo(howTo);
  print(`Stack ${STACK} of main.ts: ${relative(process.cwd(), file)}`, '');
  if (verbose || missing.length > 0) {
    print(...lines);
  }
  for (const { constructPath, message } of stack.annotations) {
    print(`warning: ${constructPath}: ${message}`);
  }
  if (missing.length > 0) {
    throw new StartError(
      `The stack lacks steps of the how-to:\n${missing.map((each) => `  ${each}`).join('\n')}`,
    );
  }
  return { json, folder: join(outdir, stack.workingDirectory), path: routePath(howTo) };
}

function printNextSteps({ folder, path }: Synthesized, terraform: string): void {
  print(
    'Next, in your own tenants. Set OKTA_ORG_NAME, OKTA_BASE_URL, OKTA_API_TOKEN, KONNECT_SERVER_URL, KONNECT_TOKEN and',
    'KONNECT_PROXY_URL (docs/start.md), and paste. main.ts keeps the client secret in the Terraform state. The default of the',
    'library is Okta only.',
    `  npx cdktf deploy ${STACK}`,
    `  npx okta-dev-portal-oidc register ${STACK} --developer "$(git config user.email)"`,
    `  npx okta-dev-portal-oidc verify ${STACK}`,
    ...requestLines(terraform, relative(process.cwd(), folder), path),
  );
}

/** A request to the API, with the credentials in the state. */
function requestLines(terraform: string, folder: string, path: string): string[] {
  const output = (name: string) => `"$(${quote(terraform)} -chdir=${quote(folder)} output -raw ${name})"`;
  return [
    `  export OKTA_CLIENT_ID=${output('client_id')}`,
    `  export OKTA_CLIENT_SECRET=${output('client_secret')}`,
    `  curl -i -u "$OKTA_CLIENT_ID:$OKTA_CLIENT_SECRET" "$KONNECT_PROXY_URL${path}"`,
  ];
}

async function interrupt(): Promise<void> {
  await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
}

function synthesize(outdir: string): void {
  // `cdktf synth` does the same, but needs Terraform.
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
  console.err(stderr);
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

new Command('npm start --')
  .description('Synthesizes main.ts and plays the how-to in a sandbox')
  .option('--keep', 'keep the sandbox running until Ctrl-C', false)
  .option('--verbose', 'print the resources of each step and the links of the proof', false)
  .option('--no-color', 'print without colors')
  .addOption(
    new Option('--providers <providers>', 'fake providers, or those that Terraform finds in the registry')
      .choices(Object.values(Providers))
      .default(Providers.FAKE),
  )
  .addHelpText('after', '\nExample:\n  $ npm start -- --keep --verbose')
  .action(start)
  .parseAsync()
  .catch((error: unknown) => {
    const isExplained = error instanceof StartError || error instanceof PlayError;
    console.err(`${isExplained ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
