import { Command, CommanderError, Option } from 'commander';
import { type AdoptOptions, adopt } from './adopt/adopt';
import { rejectIneffectiveOptions } from './adopt/conflicts';
import { Part, parseParts } from './adopt/parts';
import { type PrintAppOptions, printApp } from './adopt/print-app';
import { failureOf } from './command-failure';
import { givenOptions } from './conflicts';
import { Console, type Io } from './console';
import { CommandError, ExitCode } from './exit';
import { init } from './init/init';
import { type InitOptions, Language } from './init/init-options';
import { readTestedVersions } from './init/template';
import {
  addClientOptions,
  addCommonOptions,
  addStateOptions,
  nonEmpty,
  outputOption,
  seconds,
} from './options';
import { register } from './register/register';
import type { RegisterOptions } from './register/register-options';
import { collect, rejectRepeatedOptions } from './repeated-options';
import { rotate } from './rotate/rotate';
import type { RotateOptions } from './rotate/rotate-options';
import { verify } from './verify/verify';
import type { VerifyOptions } from './verify/verify-options';

const HELP = `
Environment:
  KONNECT_SERVER_URL               URL of the Konnect region, for example https://eu.api.konghq.com
  KONNECT_TOKEN                    personal or system account access token
  KONNECT_PROXY_URL                proxy URL of a data plane (verify, rotate)
  OKTA_ORG_NAME, OKTA_BASE_URL     Okta org, as for the Terraform provider (rotate, adopt)
  OKTA_API_TOKEN                   API token of an administrator (rotate, adopt; explains refused tokens in verify)
  OKTA_CLIENT_SECRET               secret of the client, at any issuer; overrides the one in the state (verify)
  OKTA_UNREGISTERED_CLIENT_SECRET  secret of --unregistered-client-id, at any issuer (verify)
  NO_COLOR                         turns colors off, as --no-color does

Exit codes:
  0  success
  1  a link is broken, nothing was checked, an approval is pending, or something to adopt is missing
  2  wrong usage, or nothing is deployed
  3  Okta, Konnect or the gateway cannot be reached, or a token is refused

Examples:
  $ okta-dev-portal-oidc init dev-portal
  $ okta-dev-portal-oidc register --developer you@your-company.example
  $ okta-dev-portal-oidc verify`;

const INIT_EXAMPLES = `
Examples:
  $ okta-dev-portal-oidc init dev-portal
  $ okta-dev-portal-oidc init dev-portal --language python`;

const REGISTER_EXAMPLES = `
Examples:
  $ okta-dev-portal-oidc register --developer you@your-company.example
  $ okta-dev-portal-oidc register orders --api Orders --developer you@your-company.example --wait-for-approval 600`;

const VERIFY_EXAMPLES = `
Examples:
  $ okta-dev-portal-oidc verify
  $ okta-dev-portal-oidc verify orders --client "Orders app" --path /orders/1 --wait 60
  $ okta-dev-portal-oidc verify --junit verify.xml --markdown "$GITHUB_STEP_SUMMARY"`;

const ROTATE_EXAMPLES = `
Examples:
  $ okta-dev-portal-oidc rotate --client "Orders job" --exec 'vault kv put secret/orders okta=-' --delete-old
  $ okta-dev-portal-oidc rotate --client "Orders job" --file /run/secrets/okta --grace 300`;

const ADOPT_EXAMPLES = `
Examples:
  $ okta-dev-portal-oidc adopt --write-app main.ts --portal MyDevPortal --client "Dev Portal app"
  $ okta-dev-portal-oidc adopt --write-app main.ts --only portal,publications
  $ okta-dev-portal-oidc adopt dev-portal --file adoption.json`;

/**
 * Runs the command `okta-dev-portal-oidc`.
 *
 * @param argv arguments, without node and script
 * @returns the exit code
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode = ExitCode.OK;
  const console = new Console(io, argv.includes('--debug'));
  const { name, versions } = readTestedVersions();
  const program = new Command('okta-dev-portal-oidc')
    .description(
      'Creates projects, registers clients of deployed stacks, proves that their credentials open the API, rotates their secrets, and adopts a manual setup',
    )
    .version(versions[name], '--version', 'print the version')
    .addHelpText('after', HELP)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeOut: (text) => console.out(text), writeErr: (text) => console.err(text) });

  addCommonOptions(program.command('init'))
    .description('creates a project: a stack, its tests and a CI workflow')
    .addHelpText('after', INIT_EXAMPLES)
    .argument('[folder]', 'folder of the project, new or empty', '.')
    .addOption(
      new Option('--language <language>', 'language of the stack')
        .choices(Object.values(Language))
        .default(Language.TYPESCRIPT),
    )
    .option('--packages <folder>', 'packed packages to install instead of released ones')
    .action(async (folder: string, options: InitOptions) => {
      exitCode = await init({ ...options, folder }, console);
    });

  addCommonOptions(addClientOptions(addStateOptions(program.command('register'))))
    .description('registers a client for the published APIs: developer, application, registrations')
    .addHelpText('after', REGISTER_EXAMPLES)
    .requiredOption('--developer <e-mail>', 'e-mail address of the developer')
    .option('--full-name <name>', 'full name of a new developer (default: the e-mail address)')
    .option(
      '--application <name>',
      'name of the application in the portal (default: the label of the client)',
    )
    .option('--api <name or id>', 'API (default: all that the stacks publish)')
    .option('--portal <name or id>', 'portal (default: the only one)')
    .option('--replace', 'replace applications whose strategy no API uses any more', false)
    .option('--dry-run', 'change nothing, and print what would be created', false)
    .option('--wait-for-approval <seconds>', 'how long to wait for approvals', seconds, 0)
    .action(async (stacks: string[], options: RegisterOptions) => {
      exitCode = await register({ ...options, stacks }, console);
    });

  addCommonOptions(addClientOptions(addStateOptions(program.command('verify'))))
    .description('checks the chain from the credentials of a client to the API, link by link')
    .addHelpText('after', VERIFY_EXAMPLES)
    .option('--api <name or id>', 'API (default: all that the stacks publish)')
    .option('--portal <name or id>', 'portal (default: all that the stacks publish on)')
    .option('--path <path>', 'path of the requests (default: the path of a route)')
    .option(
      '--unsafe-methods',
      'send POST, PUT, PATCH or DELETE if the routes take neither GET nor HEAD',
      false,
    )
    .option('--unregistered-client-id <id>', 'client that gets tokens but has no registration', nonEmpty)
    .option('--require-all', 'treat links that were not checked as broken', false)
    .option('--wait <seconds>', 'how long the gateway may take to accept the credentials', seconds, 15)
    .option('--junit <file>', 'write a JUnit report')
    .option('--markdown <file>', 'write a Markdown table, for example a job summary')
    .action(async (stacks: string[], options: VerifyOptions) => {
      exitCode = await verify({ ...options, stacks }, console);
    });

  addCommonOptions(addStateOptions(program.command('rotate')))
    .description('replaces the secret of an Okta client without an interruption')
    .addHelpText('after', ROTATE_EXAMPLES)
    .option('--client <label or id>', 'Okta application (default: the only one)')
    .option('--exec <command>', 'shell command that reads the new secret from standard input')
    .option('--file <file>', 'file to write the new secret to, mode 0600')
    .option(
      '--grace <seconds>',
      'how long the old secret stays active after the proof (default: the lifetime of an access token)',
      seconds,
    )
    .option('--delete-old', 'delete the old secret now instead of in the next run', false)
    .option('--api <name or id>', 'API for the proof (default: all that the stacks publish)')
    .option('--portal <name or id>', 'portal (default: all that the stacks publish on)')
    .option('--path <path>', 'path of the requests (default: the path of a route)')
    .option('--wait <seconds>', 'how long the gateway may take to accept the new secret', seconds, 15)
    .option('--dry-run', 'change nothing, and print what would be done', false)
    .action(async (stacks: string[], options: RotateOptions) => {
      exitCode = await rotate({ ...options, stacks }, console);
    });

  addCommonOptions(program.command('adopt'))
    .description('matches synthesized stacks with what exists, and writes their import ids')
    .addHelpText('after', ADOPT_EXAMPLES)
    .argument('[stacks...]', 'synthesized stacks (default: all of the app)')
    .addOption(outputOption())
    .option('--file <file>', 'file to write', 'adoption.json')
    .option('--partial', 'the stacks create what does not exist', false)
    .option('--import <address=id>', 'id for a resource whose name is ambiguous, repeatable', collect)
    .option('--accept-loss <setting>', 'application setting that may be reset, repeatable', collect)
    .option('--write-app <file>', 'write an app for what exists to a new file, instead of an adoption file')
    .option('--overwrite', 'let --write-app replace a file', false)
    .option('--print-app', 'print that app to stdout instead', false)
    .option(
      '--only <parts>',
      `of the app: parts to take over, with commas: ${Object.values(Part).join(', ')} (default: the whole how-to)`,
      parseParts,
    )
    .option('--portal <name or id>', 'portal (default: the only one)')
    .option('--api <name or id>', 'API, repeatable (default: all with the strategy)', collect)
    .option('--strategy <name or id>', 'auth strategy (default: the only one of the portal)')
    .option('--policy <name or id>', 'access policy (default: the only one that allows client credentials)')
    .option('--rule <name or id>', 'rule of the access policy (default: the only one)')
    .option('--client <label or id>', 'Okta application, repeatable (default: those of the policy)', collect)
    .action(
      async (stacks: string[], options: AdoptOptions & PrintAppOptions & { printApp: boolean }, command) => {
        rejectIneffectiveOptions(givenOptions(command), options.only);
        const hasApp = options.printApp || options.writeApp !== undefined;
        exitCode = hasApp ? await printApp(options, console) : await adopt({ ...options, stacks }, console);
      },
    );

  for (const command of program.commands) {
    rejectRepeatedOptions(command);
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    exitCode = reportError(error, console, argv.includes('--json'));
  }
  return exitCode;
}

function reportError(error: unknown, console: Console, json: boolean): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) {
    return ExitCode.OK;
  }
  if (json) {
    console.printJson(failureOf(error));
  }
  if (error instanceof CommanderError) {
    return ExitCode.USAGE;
  }
  if (error instanceof CommandError) {
    console.note(`${error.message}\n    → ${error.remedy}`);
    return error.exitCode;
  }
  // An error of the command itself. A bug report needs the trace.
  console.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return ExitCode.FAILED;
}
