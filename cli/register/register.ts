import type { Console } from '../console';
import { Deployment } from '../deployment';
import { CommandError, ExitCode } from '../exit';
import { KonnectClient } from '../konnect-client';
import { Outcome, runSteps } from '../progress';
import { selectClient } from '../select-client';
import type { RegisterResult } from './output';
import type { RegisterOptions } from './register-options';
import { splitByStrategy } from './registrable';
import { Registration } from './registration';

/**
 * Registers a client for the APIs of deployed stacks, as a developer does in the portal: developer,
 * application, registrations. Existing ones are kept.
 */
export async function register(options: RegisterOptions, console: Console): Promise<ExitCode> {
  const deployment = await Deployment.load(options, console);
  const client = selectClient(deployment.clients, options);
  const konnect = await KonnectClient.create(console);
  await deployment.lookUpNames(konnect);
  const publications = deployment.selectWithStrategy(options.api, options.portal);
  const portals = [...new Set(publications.map(({ portalId }) => portalId))];
  if (portals.length > 1) {
    throw CommandError.usage(
      `The stacks publish on ${portals.length} portals, but a developer belongs to one`,
      `Name one with --portal: ${portals.map((id) => deployment.portalName(id)).join(', ')}.`,
    );
  }
  const { registrable, skipped } = await splitByStrategy(publications, deployment, konnect);
  const registration = new Registration(options, deployment, client, registrable, konnect);
  const skippedSteps = skipped.map(({ name, reason }) => ({
    title: `Registration for ${name}`,
    run: async () => Outcome.skipped(reason),
  }));
  await runSteps([...registration.steps(), ...skippedSteps], console, options.json);
  const { error, exitCode } = registration;
  const results: RegisterResult['results'] = [
    ...registration.results,
    ...skipped.map(
      ({ name, reason }) => ({ kind: 'registration', name, change: 'skipped', warning: reason }) as const,
    ),
  ];
  if (options.json) {
    const result: RegisterResult = { ok: exitCode === ExitCode.OK, results, error };
    console.printJson(result);
  }
  return exitCode;
}
