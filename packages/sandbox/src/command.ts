import { spawn } from 'node:child_process';
import { Command, InvalidArgumentError, Option } from 'commander';
import { banner, DEPLOY, exportLines } from './banner';
import { verifyCheck } from './chain/verify-check';
import type { OidcIssuerClient } from './issuer/oidc-issuer';
import { Providers, Sandbox } from './sandbox';
import { StateFiles } from './terraform/state-files';

interface Options {
  readonly format: string;
  readonly providers: Providers;
  readonly strategiesInPlace: boolean;
  readonly issuerClient?: readonly OidcIssuerClient[];
}

const FORMATS: { readonly [format: string]: (environment: { readonly [name: string]: string }) => string } = {
  shell: (environment) => exportLines(environment),
  json: (environment) => JSON.stringify(environment),
};

const EXAMPLES = `
Examples:
  $ okta-dev-portal-oidc-sandbox
  $ okta-dev-portal-oidc-sandbox -- npx cdktf deploy --auto-approve --skip-provider-lock`;

/** Starts a sandbox for one command, or until Ctrl-C. Returns the exit code. */
async function main(
  command: readonly string[],
  { format, issuerClient: clients, ...options }: Options,
): Promise<number> {
  const sandbox = await Sandbox.start({ ...options, ...(clients && { issuer: { clients } }) });
  const checks = new AbortController();
  const environment = sandbox.environment();
  const stateFiles = new StateFiles(process.cwd());
  try {
    if (command.length > 0) {
      return await run(command, environment);
    }
    sandbox.portal.showChain(verifyCheck(sandbox, process.cwd(), checks.signal), [DEPLOY]);
    const interrupted = untilInterrupted();
    process.stdout.write(`${FORMATS[format](environment)}\n`);
    process.stderr.write(`${[banner(sandbox.portal.url), stateFiles.warning].filter(Boolean).join('\n')}\n`);
    return await interrupted;
  } finally {
    checks.abort();
    const remedy = stateFiles.remedy([sandbox.okta.snapshot(), sandbox.konnect.snapshot()]);
    await sandbox.stop();
    if (remedy !== undefined) {
      process.stderr.write(`\n${remedy}\n`);
    }
  }
}

function run(
  [file, ...args]: readonly string[],
  environment: { readonly [name: string]: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
    child
      .on('error', (error: NodeJS.ErrnoException) =>
        reject(
          error.code === 'ENOENT'
            ? new Error(`${file} was not found. Name a program that is on the PATH.`)
            : error,
        ),
      )
      .on('close', (code) => resolve(code ?? 1));
  });
}

function addClient(value: string, previous: readonly OidcIssuerClient[] = []): OidcIssuerClient[] {
  const [, clientId, clientSecret] = /^([^:]+):(.+)$/.exec(value) ?? [];
  if (clientId === undefined || clientSecret === undefined) {
    throw new InvalidArgumentError('It must be a client id and a secret, separated by a colon.');
  }
  return [...previous, { clientId, clientSecret }];
}

/** Waits for Ctrl-C, or until the reader of the output is gone. */
function untilInterrupted(): Promise<number> {
  return new Promise((resolve, reject) => {
    for (const stream of [process.stdout, process.stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EPIPE' ? resolve(0) : reject(error),
      );
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => resolve(0));
    }
  });
}

const program = new Command('okta-dev-portal-oidc-sandbox')
  .description(
    'Starts an Okta org, a Konnect tenant and a gateway on loopback, and prints the environment that points Terraform, cdktf and okta-dev-portal-oidc at them',
  )
  .addOption(
    new Option('--format <format>', 'of the environment').choices(Object.keys(FORMATS)).default('shell'),
  )
  .addOption(
    new Option('--providers <providers>', 'fake, or registry for the real ones')
      .choices(Object.values(Providers))
      .default(Providers.FAKE),
  )
  .option(
    '--strategies-in-place',
    'change auth strategies in place, as kong/konnect does from 3.22 on',
    false,
  )
  .option(
    '--issuer-client <id:secret>',
    "start an OpenID Connect issuer with Keycloak's paths and this client, repeatable",
    addClient,
  )
  .addHelpText('after', EXAMPLES)
  .argument('[command...]', 'run this in the environment instead of printing it, and end with its exit code')
  .action(async (command: string[], options: Options) => {
    process.exitCode = await main(command, options);
  });

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
