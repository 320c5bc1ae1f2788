import type { Changes, PlannedChange, Providers, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Deployment } from '../cli/deployment';
import { asKitError, type CommandResult, inKitsWords, runCommand, type StackState } from './command';
import { approve, secretInOkta } from './console-work';
import { OktaStranger } from './okta-stranger';
import { AccessProof, type ProofLink } from './proof';
import { SandboxApi } from './sandbox-api';
import { sandboxPackage } from './sandbox-package';
import { type SynthesizedStack, synthesizedStacks, type Testable } from './synthesized';
import { issuersIn, resourcesIn, resourcesWith } from './terraform-state';
import { TestKitError } from './test-kit-error';
import { checkVariables } from './variables';

/** How the stacks of a test are run. */
export interface StackTesterOptions {
  /**
   * Which providers Terraform runs. The real ones talk to the sandbox as long as the stacks name no other server.
   *
   * @default - the sandbox's own: pinned versions, no registry
   */
  readonly providers?: Providers;

  /**
   * Values of Terraform variables by name; each stack gets those that it declares.
   *
   * @default - the variables' defaults, and what the environment has as TF_VAR_…
   */
  readonly variables?: { readonly [name: string]: unknown };

  /**
   * Whether auth strategies change in place, as with konnect 3.22 and newer.
   *
   * @default - false: they are replaced, as with older versions
   */
  readonly strategiesInPlace?: boolean;
}

/** Whose way to which API is tried. */
export interface ProveOptions {
  /**
   * Label or client id of the Okta application.
   *
   * @default - the only one
   */
  readonly client?: string;

  /**
   * Name or id of the API.
   *
   * @default - all that the stacks publish
   */
  readonly api?: string;

  /**
   * Name or id of the portal.
   *
   * @default - all that the stacks publish on
   */
  readonly portal?: string;

  /**
   * Path to ask the gateway for.
   *
   * @default - that of the first route
   */
  readonly path?: string;

  /**
   * E-mail address of the developer who registers the client.
   *
   * @default developer@example.test
   */
  readonly developer?: string;

  /**
   * Whether developer and registration are approved where they wait for it, as a Portal Admin does in Konnect. Without
   * that a portal that does not approve by itself leaves the client out.
   *
   * @default true
   */
  readonly approve?: boolean;
}

/** Developer, application or registration, and what became of it. */
export interface Registered {
  /** `developer`, `application` or `registration`. */
  readonly kind: string;

  /** E-mail address of the developer, name of the application, or names of API and portal. */
  readonly name: string;

  /**
   * `approved`, `pending` or what else Konnect says.
   *
   * @default - none, for an application
   */
  readonly status?: string;
}

/**
 * Stacks in a sandbox: an Okta org, a Konnect tenant and a gateway on loopback, and real Terraform
 * (1.5 or newer, or OpenTofu, on the PATH). No account and no registry is needed.
 */
export class StackTester {
  /**
   * Starts a sandbox for the stacks of an app. Make the app with `Testing.app()`, so that its JSON goes to a temporary
   * folder.
   *
   * Nothing leaves the sandbox: the stacks' backends are left out, and each state lies in a temporary folder.
   *
   * @throws TestKitError when okta-dev-portal-oidc-sandbox is not installed, or a variable has no value
   * @throws whatever the app's validations find
   */
  public static async start(app: Testable, options: StackTesterOptions = {}): Promise<StackTester> {
    const { providers, variables = {}, strategiesInPlace } = options;
    const stacks = synthesizedStacks(app);
    checkVariables(stacks, variables);
    const { Sandbox } = sandboxPackage();
    return new StackTester(stacks, await Sandbox.start({ providers, variables, strategiesInPlace }));
  }

  private readonly api: SandboxApi;

  private constructor(
    /** What is tested, in the order of its deployment. */
    public readonly stacks: readonly SynthesizedStack[],
    /** The services, for whatever this class does not offer. */
    public readonly sandbox: Sandbox,
  ) {
    this.api = new SandboxApi(sandbox);
  }

  /** What a deployment would change; empty after one. Stacks that read others can be planned once those are deployed. */
  public async plan(): Promise<PlannedChange[]> {
    const changes: PlannedChange[] = [];
    for (const { name, json } of this.stacks) {
      changes.push(...(await this.sandbox.planJson(name, json)).changes);
    }
    return changes;
  }

  /**
   * Applies the stacks in their order.
   *
   * @throws TerraformError with what Terraform says
   */
  public async deploy(): Promise<Changes> {
    return this.sum(async ({ name, json }) => (await this.sandbox.deployJson(name, json)).changes);
  }

  /** Destroys the stacks, the last one first. */
  public async destroy(): Promise<Changes> {
    return this.sum(({ name }) => this.sandbox.destroy(name), [...this.stacks].reverse());
  }

  /**
   * Registers a client, as its developer does in the portal: with the command `okta-dev-portal-oidc register`. What waits
   * for an approval gets it, unless `approve` is false; then it has the status `pending`.
   *
   * @throws TestKitError with what the command says when it ends with an error
   */
  public async register(options: ProveOptions = {}): Promise<Registered[]> {
    const { results, error } = await this.registered(options, await this.deployed());
    if (error !== undefined && results.every(({ status }) => status !== 'pending')) {
      throw new TestKitError(`The client cannot be registered: ${inKitsWords(error)}`);
    }
    return results;
  }

  /**
   * Tries every link of the chain from the client's credentials to the API, with requests that have to pass and
   * requests that have to be refused: without credentials, with a wrong secret, of a client that Okta knows
   * and that is not registered. The client is registered before, unless the stacks do that, and approved. Its secret is
   * read from Okta where the state does not hold it.
   *
   * @throws TestKitError when it cannot be tried: nothing is deployed, or it is not clear which client is meant
   */
  public async prove(options: ProveOptions = {}): Promise<AccessProof> {
    const states = await this.deployed();
    const { clientId, clientSecret, portals, servers } = chosen(states, options);
    if (portals.length > 0 && !isRegisteredBy(states, clientId)) {
      // What goes wrong with it is a broken link of the proof.
      await this.registered(options, states);
    } else if (options.approve ?? true) {
      await approve(this.api, clientId);
    }
    const secret = clientSecret ?? (await secretInOkta(this.api, clientId));
    const stranger = await OktaStranger.create(this.api, servers);
    try {
      const { client, api, portal, path } = options;
      const { links } = await runCommand<CommandResult & { readonly links: readonly ProofLink[] }>(
        this.sandbox,
        states,
        // Nothing is behind the gateway of the sandbox that a request could change.
        ['verify', '--require-all', '--unsafe-methods'],
        { wait: '5', 'unregistered-client-id': stranger.clientId, client, api, portal, path },
        { OKTA_CLIENT_SECRET: secret, OKTA_UNREGISTERED_CLIENT_SECRET: stranger.clientSecret },
      );
      return new AccessProof(
        links.map((link) => ({ ...link, ...(link.remedy && { remedy: inKitsWords(link.remedy) }) })),
      );
    } finally {
      await stranger.remove();
    }
  }

  /**
   * Addresses of the resources whose state holds a secret that Okta or Konnect issued; for ClientSecretStorage.OKTA_ONLY none.
   *
   * @throws TestKitError when nothing is deployed
   */
  public async secretsInState(): Promise<string[]> {
    const { okta, konnect } = this.sandbox;
    const states = await this.deployed();
    return resourcesWith([...okta.secrets(), ...konnect.secrets()], resourcesOf(states));
  }

  /** Closes every port and removes every file. */
  public async stop(): Promise<void> {
    await this.sandbox.stop();
  }

  private async sum(
    act: (stack: SynthesizedStack) => Promise<Changes>,
    stacks = this.stacks,
  ): Promise<Changes> {
    const total = { add: 0, change: 0, import: 0, remove: 0 };
    for (const stack of stacks) {
      const changes = await act(stack);
      for (const what of Object.keys(total) as (keyof Changes)[]) {
        total[what] += changes[what];
      }
    }
    return total;
  }

  /** The states of the stacks that have resources. */
  private async deployed(): Promise<StackState[]> {
    const states: StackState[] = [];
    for (const { name } of this.stacks) {
      states.push({ stack: name, state: await this.sandbox.workspace(name).show() });
    }
    const deployed = states.filter(({ state }) => resourcesIn([state]).length > 0);
    if (deployed.length === 0) {
      throw new TestKitError('Nothing is deployed: await deploy() of the tester before');
    }
    return deployed;
  }

  /** Registers on each portal, with approvals where they are wanted. */
  private async registered(
    { client, api, portal, developer = 'developer@example.test', approve: approves = true }: ProveOptions,
    states: readonly StackState[],
  ): Promise<Registration> {
    const { clientId, portals } = chosen(states, { client, api, portal });
    const all: Registration = { ok: true, results: [] };
    // A developer belongs to one portal. Where there is none to register on, the command says why.
    for (const each of portals.length > 0 ? portals : [portal]) {
      const options = { developer, client, api, portal: each };
      let one: Registration;
      do {
        one = await runCommand<Registration>(this.sandbox, states, ['register'], options);
        // What waited is looked at once more when it has been approved.
      } while (!one.ok && approves && (await approve(this.api, clientId)) > 0);
      all.results.push(...one.results);
      all.error ??= one.error;
    }
    return all;
  }
}

/** What the command `register` prints. */
interface Registration extends CommandResult {
  readonly results: Registered[];
  error?: string;
}

/** Client and APIs that are meant. */
interface Chosen {
  readonly clientId: string;
  /** Undefined where the state does not hold it. */
  readonly clientSecret?: string;
  /** Ids of the portals with an API that a client can be registered for. */
  readonly portals: readonly string[];
  /** Ids of the authorization servers. */
  readonly servers: readonly string[];
}

function chosen(states: readonly StackState[], { client, api, portal }: ProveOptions): Chosen {
  const resources = resourcesOf(states);
  const deployment = new Deployment(resources);
  try {
    const { clientId, clientSecret } = deployment.selectClient(client);
    const publications = deployment.selectPublications(api, portal);
    const withStrategy = publications.filter(({ strategyId }) => strategyId !== undefined);
    const portals = [...new Set(withStrategy.map(({ portalId }) => portalId))];
    return { clientId, clientSecret, portals, servers: issuersIn(resources) };
  } catch (error) {
    throw asKitError(error);
  }
}

/** Whether the stacks register the client, with resources of konnect 3.21. */
function isRegisteredBy(states: readonly StackState[], clientId: string): boolean {
  const resources = resourcesOf(states);
  const applications = resources
    .filter(({ type, values }) => type === 'konnect_portal_application' && values.client_id === clientId)
    .map(({ values }) => values.id);
  return resources.some(
    ({ type, values }) =>
      type === 'konnect_portal_application_registration' && applications.includes(values.application_id),
  );
}

function resourcesOf(states: readonly StackState[]) {
  return resourcesIn(states.map(({ state }) => state));
}
