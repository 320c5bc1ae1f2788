import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Changes, PlannedChange, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { approve, readClientSecret } from './admin-console';
import { type CommandResult, runCommand, type StackState, withKitOptions } from './command';
import { removeImportBlocks } from './import-blocks';
import { explainMissingEntities } from './missing-entities';
import { Pages } from './pages';
import { AccessProof, type ProofLink } from './proof';
import { provideEntities } from './provided-entities';
import { removeVariableCredentials } from './provider-credentials';
import { isRegisteredByStacks, type Registered, register, select } from './registration';
import { SandboxApi } from './sandbox-api';
import { sandboxPackage } from './sandbox-package';
import type { ProveOptions, StackTesterOptions } from './stack-tester-options';
import { ASSETS_FOLDER, type SynthesizedStack, synthesizedStacks, type Testable } from './synthesized';
import { resourcesIn, resourcesWith } from './terraform-state';
import { TestKitError } from './test-kit-error';
import { UnregisteredClient } from './unregistered-client';
import { requireVariables } from './variables';

/**
 * Stacks in a sandbox: an Okta org, a Konnect tenant and a gateway on loopback, and real Terraform (1.5 or newer, or
 * OpenTofu, on the PATH). Needs no account and no registry.
 */
export class StackTester {
  /**
   * Starts a sandbox for the stacks of an app. Create the app with `Testing.app()`, so that its JSON is in a temporary
   * folder.
   *
   * The stacks' backends are not used, and each state is in a temporary folder. Credentials of providers that come from
   * variables are replaced by those of the sandbox. The sandbox starts empty: `import` blocks are ignored, and their
   * resources are created. Entities that the stacks name by id and do not create are created too. They have the
   * ids in the stacks as names, and the stacks get their ids in the sandbox.
   *
   * @throws TestKitError if okta-dev-portal-oidc-sandbox is not installed, or a variable has no value
   * @throws Error with what the app's validations find
   */
  public static async start(app: Testable, options: StackTesterOptions = {}): Promise<StackTester> {
    const { providers, variables = {}, strategiesInPlace } = options;
    const { stacks, replacedVariables } = removeVariableCredentials(
      removeImportBlocks(synthesizedStacks(app)),
    );
    const values = { ...replacedVariables, ...variables };
    requireVariables(stacks, values);
    const { Sandbox } = sandboxPackage();
    const sandbox = await Sandbox.start({ providers, variables: values, strategiesInPlace });
    try {
      const provided = await provideEntities(new SandboxApi(sandbox), stacks);
      return new StackTester(provided.stacks, provided.missingIds, sandbox);
    } catch (error) {
      await sandbox.stop();
      throw error;
    }
  }

  private readonly api: SandboxApi;

  private constructor(
    /** The tested stacks, in the order of their deployment. */
    public readonly stacks: readonly SynthesizedStack[],
    private readonly missingIds: readonly string[],
    /** Okta, Konnect, gateway and Terraform (escape hatch). */
    public readonly sandbox: Sandbox,
  ) {
    this.api = new SandboxApi(sandbox);
  }

  /**
   * Plans the stacks. Returns what a deployment would change, nothing after one. Stacks that read others can be planned
   * after those are deployed.
   *
   * @throws TerraformError with Terraform's message
   * @throws TestKitError if a stack refers to an entity by an id that the sandbox does not have
   */
  public async plan(): Promise<PlannedChange[]> {
    const changes: PlannedChange[] = [];
    for (const stack of this.stacks) {
      const plan = await this.run(stack, () => this.sandbox.planJson(stack.name, stack.json));
      changes.push(...plan.changes);
    }
    return changes;
  }

  /**
   * Deploys the stacks in their order, with their assets.
   *
   * @throws TerraformError with Terraform's message
   * @throws TestKitError if a stack refers to an entity by an id that the sandbox does not have
   */
  public async deploy(): Promise<Changes> {
    return sumChanges(this.stacks, async (stack) => {
      const { changes } = await this.run(stack, () => this.sandbox.deployJson(stack.name, stack.json));
      return changes;
    });
  }

  /** Destroys the stacks, the last one first. */
  public async destroy(): Promise<Changes> {
    return sumChanges([...this.stacks].reverse(), ({ name }) => this.sandbox.destroy(name));
  }

  /**
   * Registers a client as its developer does in the portal, with the command `okta-dev-portal-oidc register`, and
   * approves pending ones unless `approve` is false.
   *
   * @throws TestKitError with the command's message if it fails
   */
  public async register(options: ProveOptions = {}): Promise<Registered[]> {
    const states = await this.deployedStates();
    const { results, error } = await register(this.sandbox, this.api, states, options);
    if (error !== undefined && results.every(({ status }) => status !== 'pending')) {
      throw new TestKitError(`The client cannot be registered: ${withKitOptions(error)}`);
    }
    return results;
  }

  /**
   * Tests every link of the chain from the client's credentials to the API, with requests that must succeed and
   * requests that must be rejected: without credentials, with a wrong secret, and of a client that is not registered for
   * the API.
   * The client is registered first, unless the stacks do, and approved. Its secret is read from Okta if it is not in the
   * state.
   *
   * @throws TestKitError if nothing is deployed, or it is not clear which client is meant
   */
  public async prove(options: ProveOptions = {}): Promise<AccessProof> {
    const states = await this.deployedStates();
    const selection = select(states, options);
    const { clientId, portals, servers } = selection;
    if (portals.length > 0 && !isRegisteredByStacks(states, clientId)) {
      // An error of the registration is a broken link of the proof.
      await register(this.sandbox, this.api, states, options);
    } else if (options.approve ?? true) {
      await approve(this.api, clientId);
    }
    const { client, api, portal, path, unregisteredClient } = options;
    const secret = await this.secretOf(selection);
    const created =
      unregisteredClient === undefined ? await UnregisteredClient.create(this.api, servers) : undefined;
    try {
      const unregistered = created ?? select(states, { client: unregisteredClient });
      const { links } = await runCommand<CommandResult & { readonly links: readonly ProofLink[] }>(
        this.sandbox,
        states,
        // A request cannot change anything behind the gateway of the sandbox.
        ['verify', '--require-all', '--unsafe-methods'],
        { wait: '5', 'unregistered-client-id': unregistered.clientId, client, api, portal, path },
        {
          OKTA_CLIENT_SECRET: secret,
          OKTA_UNREGISTERED_CLIENT_SECRET: await this.secretOf(unregistered),
        },
      );
      return new AccessProof(
        links.map((link) => ({ ...link, remedy: link.remedy && (withKitOptions(link.remedy) || undefined) })),
      );
    } finally {
      await created?.remove();
    }
  }

  private async secretOf({
    clientId,
    clientSecret,
  }: {
    readonly clientId: string;
    readonly clientSecret?: string;
  }): Promise<string> {
    return clientSecret ?? readClientSecret(this.api, clientId);
  }

  /**
   * Shows the deployed stacks to people: adds a client to Okta that is not registered for an API, and shows the chain on
   * the page `/chain` of the sandbox.
   *
   * @param clients clients to check, each with the APIs that it calls. Default: all clients of the stacks, each with all
   * APIs
   * @returns lines to print, with the tokens of the sandbox: the environment, a request, the addresses of the pages,
   * `verify` for each client, and how to deploy again
   * @throws TestKitError if nothing is deployed, or it is not clear which client or API is meant
   */
  public async showPages(clients?: readonly ProveOptions[]): Promise<string> {
    const pages = await Pages.prepare(this.sandbox, () => this.deployedStates(), clients);
    return pages.lines();
  }

  /**
   * Addresses of the resources whose state contains a secret that Okta or Konnect issued. None for
   * ClientSecretStorage.OKTA_ONLY.
   *
   * @throws TestKitError if nothing is deployed
   */
  public async secretsInState(): Promise<string[]> {
    const { okta, konnect } = this.sandbox;
    const resources = resourcesIn(await this.deployedStates());
    return resourcesWith([...okta.secrets(), ...konnect.secrets()], resources);
  }

  /** Closes every port and removes every file. */
  public async stop(): Promise<void> {
    await this.sandbox.stop();
  }

  /** Runs Terraform with the assets of a stack. */
  private async run<T>(stack: SynthesizedStack, terraform: () => Promise<T>): Promise<T> {
    this.copyAssets(stack);
    try {
      return await terraform();
    } catch (error) {
      throw explainMissingEntities(error, this.missingIds);
    }
  }

  /** Terraform reads assets in the folder of the stack. */
  private copyAssets({ name, assets }: SynthesizedStack): void {
    if (assets !== undefined) {
      cpSync(assets, join(this.sandbox.workspace(name).folder, ASSETS_FOLDER), { recursive: true });
    }
  }

  /** The states of the stacks that have resources. */
  private async deployedStates(): Promise<StackState[]> {
    const states: StackState[] = [];
    for (const { name } of this.stacks) {
      states.push({ stack: name, state: await this.sandbox.workspace(name).show() });
    }
    const deployed = states.filter((state) => resourcesIn([state]).length > 0);
    if (deployed.length === 0) {
      throw new TestKitError('Nothing is deployed. Await deploy() of the tester first');
    }
    return deployed;
  }
}

async function sumChanges(
  stacks: readonly SynthesizedStack[],
  run: (stack: SynthesizedStack) => Promise<Changes>,
): Promise<Changes> {
  const total = { add: 0, change: 0, import: 0, remove: 0 };
  for (const stack of stacks) {
    const { add, change, import: imported, remove } = await run(stack);
    total.add += add;
    total.change += change;
    total.import += imported;
    total.remove += remove;
  }
  return total;
}
