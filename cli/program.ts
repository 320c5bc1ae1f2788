import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type AdoptOptions, adopt } from './adopt/adopt';
import { Console, type Io } from './console';
import { CommandError, ExitCode } from './exit';
import { type RegisterOptions, register } from './register/register';
import { type VerifyOptions, verify } from './verify/verify';

/** Exit codes, as `--help` prints them. */
const HELP = `
Environment:
  KONNECT_SERVER_URL               URL of the Konnect region, for example https://eu.api.konghq.com
  KONNECT_TOKEN                    personal or system account access token
  KONNECT_PROXY_URL                URL of a data plane (verify)
  OKTA_ORG_NAME, OKTA_BASE_URL     Okta org, as the Terraform provider takes it (adopt)
  OKTA_API_TOKEN                   API token of an administrator (adopt)
  OKTA_CLIENT_SECRET               secret of the client, where the state does not hold it (verify)
  OKTA_UNREGISTERED_CLIENT_SECRET  secret of --unregistered-client-id (verify)

Exit codes:
  0  everything that was asked for holds
  1  a link is broken, something waits for an approval, or something to adopt is missing
  2  called wrongly, or nothing is deployed
  3  Konnect or the gateway cannot be reached, or the token is refused`;

/**
 * Runs the command `okta-dev-portal-oidc`.
 *
 * @param argv arguments, without node and script
 * @returns the exit code
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode = ExitCode.OK;
  const console = new Console(io, argv.includes('--debug'));
  const program = new Command('okta-dev-portal-oidc')
    .description(
      'Registers clients of deployed stacks, proves that their credentials open the API, and adopts what was set up by hand',
    )
    .addHelpText('after', HELP)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeOut: (text) => console.out(text), writeErr: (text) => console.err(text) });

  withState(program.command('register'))
    .description('registers an Okta client for the published APIs: developer, application, registration')
    .requiredOption('--developer <e-mail>', 'e-mail address of the developer')
    .option('--full-name <name>', 'full name of a new developer; the e-mail address without it')
    .option(
      '--application <name>',
      'name of the application in the portal; the label of the client without it',
    )
    .option('--client <label or id>', 'Okta application; not needed if the stacks have one')
    .option('--api <name or id>', 'API; all that the stacks publish without it')
    .option('--portal <name or id>', 'portal; not needed if the stacks publish on one')
    .option('--replace', 'create applications anew whose strategy no API has any more', false)
    .option('--dry-run', 'create nothing, and tell what would be created', false)
    .option('--wait-for-approval <seconds>', 'wait until everything is approved', seconds, 0)
    .action(async (stacks: string[], options: RegisterOptions) => {
      exitCode = await register({ ...options, stacks }, console);
    });

  withState(program.command('verify'))
    .description('checks the chain from the credentials of a client to the API, link by link')
    .option('--client <label or id>', 'Okta application; not needed if the stacks have one')
    .option('--api <name or id>', 'API; all that the stacks publish without it')
    .option('--portal <name or id>', 'portal; all that the stacks publish on without it')
    .option('--path <path>', 'path to ask the gateway for; that of a route without it')
    .option(
      '--unsafe-methods',
      'send POST, PUT, PATCH or DELETE where the routes take neither GET nor HEAD',
      false,
    )
    .option('--unregistered-client-id <id>', 'client that gets tokens and has no registration')
    .option('--require-all', 'links that were not checked are broken', false)
    .option('--wait <seconds>', 'how long the gateway may take to let the credentials in', seconds, 15)
    .action(async (stacks: string[], options: VerifyOptions) => {
      exitCode = await verify({ ...options, stacks }, console);
    });

  const collect = (value: string, before: string[] = []) => [...before, value];
  program
    .command('adopt')
    .description('finds a how-to that was set up by hand, and writes the file for the prop adopt')
    .option('--portal <name or id>', 'portal; not needed if there is one')
    .option('--api <name or id>', 'API, repeatable; all that have the strategy without it', collect)
    .option('--strategy <name or id>', 'auth strategy; not needed if the portal has one')
    .option('--policy <name or id>', 'access policy; not needed if one allows client credentials')
    .option('--rule <name or id>', 'rule of the access policy; not needed if there is one')
    .option('--client <label or id>', 'Okta application, repeatable; those of the policy without it', collect)
    .option('--partial', 'write whatever exists, for a stack that creates the rest', false)
    .option('--file <file>', 'file to write', 'adopt.json')
    .option('--json', 'print the result as JSON', false)
    .option('--debug', 'print every request to stderr, without secrets')
    .action(async (options: AdoptOptions) => {
      exitCode = await adopt(options, console);
    });

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    exitCode = explain(error, console);
  }
  return exitCode;
}

/** What all commands that read deployed stacks take. */
function withState(command: Command): Command {
  return command
    .argument('[stacks...]', 'deployed stacks; all of the app without one')
    .addOption(
      new Option('--output <folder>', 'folder of the synthesized app')
        .default('cdktf.out')
        .env('CDKTF_OUTDIR'),
    )
    .option('--chdir <folder>', 'folder of a Terraform configuration, for stacks that cdktf did not write')
    .option('--state <file...>', 'what terraform show -json printed, instead of running it')
    .option('--json', 'print the result as JSON', false)
    .option('--debug', 'print every request to stderr, without secrets');
}

function seconds(value: string): number {
  const parsed = Number(value);
  if (!Number.isFinite(parsed) || parsed < 0) {
    throw new InvalidArgumentError('It must be a number of seconds, 0 or more.');
  }
  return parsed;
}

function explain(error: unknown, console: Console): ExitCode {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? ExitCode.OK : ExitCode.USAGE;
  }
  if (error instanceof CommandError) {
    console.note(`${error.message}\n    → ${error.remedy}`);
    return error.exitCode;
  }
  // A mistake of the command itself: the trace is what a bug report needs.
  console.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return ExitCode.FAILED;
}
