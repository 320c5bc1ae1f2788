import type { ChainLink, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { type CommandResult, runCommand, type StackState } from '../testing/command';
import { select } from '../testing/registration';
import { SandboxApi } from '../testing/sandbox-api';
import { UnregisteredClient } from '../testing/unregistered-client';

/**
 * Prepares what the pages of the sandbox need: a client in Okta that is not registered yet, and the check of the chain.
 *
 * @param stack name of the deployed stack
 */
export async function preparePages(sandbox: Sandbox, stack: string): Promise<void> {
  const { servers } = select(await statesOf(sandbox, stack), {});
  await UnregisteredClient.create(new SandboxApi(sandbox), servers);
  sandbox.portal.showChain(async () => {
    // Nobody reads the log, and it would grow with each check.
    sandbox.requests.clear();
    const { links } = await runCommand<CommandResult & { readonly links: readonly ChainLink[] }>(
      sandbox,
      await statesOf(sandbox, stack),
      ['verify'],
      { wait: '0' },
    );
    return links;
  });
}

async function statesOf(sandbox: Sandbox, stack: string): Promise<StackState[]> {
  return [{ stack, state: await sandbox.workspace(stack).show() }];
}
