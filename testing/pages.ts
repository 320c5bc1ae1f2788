import type { ChainLink, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Deployment } from '../cli/deployment';
import { quote } from '../cli/shell';
import { type CommandResult, runCommand, type StackState } from './command';
import { type Selection, select } from './registration';
import { SandboxApi } from './sandbox-api';
import { sandboxPackage } from './sandbox-package';
import type { ProveOptions } from './stack-tester-options';
import { issuersIn, resourcesIn } from './terraform-state';
import { UnregisteredClient } from './unregistered-client';

/** A client to check, and the APIs that it calls. */
interface CheckedClient extends Selection {
  readonly options: ProveOptions;
}

/** The pages of a sandbox with deployed stacks, and lines for a terminal. */
export class Pages {
  /**
   * Prepares what the pages need: a client in Okta that is not registered yet, and the check of the chain.
   *
   * @param readStates reads the states of the deployed stacks
   * @param clients clients with their APIs. Default: all clients of the stacks, each with all APIs
   * @throws TestKitError if it is not clear which client or API is meant
   */
  public static async prepare(
    sandbox: Sandbox,
    readStates: () => Promise<readonly StackState[]>,
    clients?: readonly ProveOptions[],
  ): Promise<Pages> {
    const states = await readStates();
    const checked = (clients ?? clientsIn(states)).map((options) => ({
      ...select(states, options),
      options,
    }));
    const pages = new Pages(sandbox, readStates, states, checked);
    await UnregisteredClient.create(new SandboxApi(sandbox), issuersIn(resourcesIn(states)));
    sandbox.portal.showChain((client) => pages.check(client), pages.deployCommands());
    return pages;
  }

  private constructor(
    private readonly sandbox: Sandbox,
    private readonly readStates: () => Promise<readonly StackState[]>,
    private readonly states: readonly StackState[],
    private readonly clients: readonly CheckedClient[],
  ) {}

  /** Lines to print: the environment, a request, addresses, `verify` for each client, and how to deploy again. */
  public lines(): string {
    const [first] = this.clients;
    return [
      this.sandbox.usage(first?.clientId, first?.options.api && first.publications[0].apiId),
      ...this.clients.map((client) => this.verifyLines(client)),
      [
        'Deploy again, for example after you broke a link. The sandbox has its own state, so cdktf deploy in your project does',
        'not repair it:',
        ...this.deployCommands().map((command) => `  ${command}`),
      ].join('\n'),
    ].join('\n\n');
  }

  private verifyLines(client: CheckedClient): string {
    const { label, clientId, options, publications } = client;
    const isOnlyClient = this.clients.every((each) => each.clientId === clientId);
    const flags = Object.entries({ client: clientId, ...selectionOf(options) }).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name} ${quote(value)}`],
    );
    const stacks = this.states.filter((state) =>
      new Deployment(resourcesIn([state])).publications.some(({ apiId, portalId }) =>
        publications.some((each) => each.apiId === apiId && each.portalId === portalId),
      ),
    );
    return [
      `Check the chain of ${label} in the terminal:`,
      ...[
        `cd ${quote(process.cwd())}`,
        ...(isOnlyClient ? [] : this.sandbox.exportCredentials(clientId).split('\n')),
        ...stacks.map(({ stack }) =>
          ['npx okta-dev-portal-oidc verify --chdir', quote(this.folderOf(stack)), ...flags].join(' '),
        ),
      ].map((line) => `  ${line}`),
    ].join('\n');
  }

  /** Commands that deploy the stacks again, in the folders of the sandbox. */
  private deployCommands(): string[] {
    const terraform = quote(sandboxPackage().findTerraform() ?? 'terraform');
    return this.states.map(
      ({ stack }) => `${terraform} -chdir=${quote(this.folderOf(stack))} apply -auto-approve`,
    );
  }

  private folderOf(stack: string): string {
    return this.sandbox.workspace(stack).folder;
  }

  /** Checks the APIs of a client one after the other, or all APIs for a client that was not selected. */
  private async check(client?: {
    readonly clientId: string;
    readonly clientSecret: string;
  }): Promise<ChainLink[]> {
    // Nobody reads the log, and it would grow with each check.
    this.sandbox.requests.clear();
    const states = await this.readStates();
    const selected = this.clients.filter(({ clientId }) => clientId === client?.clientId);
    const links: ChainLink[] = [];
    for (const options of selected.length > 0 ? selected.map((each) => each.options) : [{}]) {
      const result = await runCommand<CommandResult & { readonly links: readonly ChainLink[] }>(
        this.sandbox,
        states,
        ['verify'],
        { wait: '0', client: client?.clientId, ...selectionOf(options) },
        { OKTA_CLIENT_SECRET: client?.clientSecret },
      );
      const suffix = selected.length > 1 && options.api ? ` (${options.api})` : '';
      links.push(...result.links.map((link) => ({ ...link, title: `${link.title}${suffix}` })));
    }
    return links;
  }
}

/** Options of `verify` that select APIs. */
function selectionOf({ api, portal, path }: ProveOptions): Pick<ProveOptions, 'api' | 'portal' | 'path'> {
  return { api, portal, path };
}

/** All clients of the stacks. None if the stacks publish no API that they could call. */
function clientsIn(states: readonly StackState[]): ProveOptions[] {
  const { clients, publications } = new Deployment(resourcesIn(states));
  return publications.length > 0 ? clients.map(({ clientId }) => ({ client: clientId })) : [];
}
