import type { ChainLink, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { type CommandResult, runCommand, type StackState } from './command';
import { SandboxApi } from './sandbox-api';
import { issuersIn, resourcesIn } from './terraform-state';
import { UnregisteredClient } from './unregistered-client';

/**
 * Prepares what the pages of a sandbox need: a client in Okta that is not registered yet, and the check of the chain.
 *
 * @param readStates reads the states of the deployed stacks
 */
export async function preparePages(
  sandbox: Sandbox,
  readStates: () => Promise<readonly StackState[]>,
): Promise<void> {
  await UnregisteredClient.create(new SandboxApi(sandbox), issuersIn(resourcesIn(await readStates())));
  sandbox.portal.showChain(async (client) => {
    // Nobody reads the log, and it would grow with each check.
    sandbox.requests.clear();
    const { links } = await runCommand<CommandResult & { readonly links: readonly ChainLink[] }>(
      sandbox,
      await readStates(),
      ['verify'],
      { wait: '0', client: client?.clientId },
      { OKTA_CLIENT_SECRET: client?.clientSecret },
    );
    return links;
  });
}
