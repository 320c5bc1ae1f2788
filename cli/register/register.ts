import type { Console } from '../console';
import { Deployment } from '../deployment';
import { CommandError, ExitCode } from '../exit';
import { KonnectClient } from '../konnect-client';
import { runSteps } from '../progress';
import type { StateOptions } from '../state';
import { Registration } from './registration';

/** What `register` is asked for. */
export interface RegisterOptions extends StateOptions {
  /** E-mail address of the developer. */
  readonly developer: string;

  /** Full name of a developer who is not there yet. */
  readonly fullName?: string;

  /** Name of the application in the portal. */
  readonly application?: string;

  /** Label or client id of the Okta application. */
  readonly client?: string;

  /** Name or id of the API; all that are published on the portal without it. */
  readonly api?: string;

  /** Name or id of the portal. */
  readonly portal?: string;

  /** Whether an application with a strategy that the API has no longer is deleted and created anew. */
  readonly replace: boolean;

  /** Whether nothing is created. */
  readonly dryRun: boolean;

  /** How long to wait for approvals, in seconds. */
  readonly waitForApproval: number;
  readonly json: boolean;
}

/**
 * Registers an Okta client for the APIs of deployed stacks, as its developer would do in the portal:
 * developer, application, registration. What is there already is left alone.
 */
export async function register(options: RegisterOptions, console: Console): Promise<ExitCode> {
  const deployment = await Deployment.load(options, console);
  const client = deployment.selectClient(options.client);
  const publications = deployment.selectWithStrategy(options.api, options.portal);
  const portals = [...new Set(publications.map(({ portalId }) => portalId))];
  if (portals.length > 1) {
    throw CommandError.usage(
      `The stacks publish on ${portals.length} portals, and a developer belongs to one`,
      `Name one with --portal: ${portals.map((id) => deployment.portalName(id)).join(', ')}.`,
    );
  }
  const konnect = await KonnectClient.create(console);
  const registration = new Registration(options, deployment, client, publications, konnect);
  await runSteps(registration.steps(), console, options.json);
  const { results, error, exitCode } = registration;
  if (options.json) {
    console.print(JSON.stringify({ ok: exitCode === ExitCode.OK, results, error }, null, 2));
  }
  return exitCode;
}
