import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Changes, PlannedChange, Providers, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { run } from '../cli/program';
import { OktaStranger } from './okta-stranger';
import { AccessProof, type ProofLink } from './proof';
import { sandboxPackage, TestKitError } from './sandbox-package';
import { type SynthesizedStack, synthesizedStacks, type Testable } from './synthesized';
import { issuersIn, resourcesWith } from './terraform-state';

/** How the stacks of a test are run. */
export interface StackTesterOptions {
  /** @default - the sandbox's own: pinned versions, no registry */
  readonly providers?: Providers;
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
}

/** Developer, application or registration, and what became of it. */
export interface Registered {
  readonly kind: string;
  readonly name: string;
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
   * @throws TestKitError when okta-dev-portal-oidc-sandbox is not installed
   * @throws whatever the app's validations find
   */
  public static async start(app: Testable, options: StackTesterOptions = {}): Promise<StackTester> {
    const stacks = synthesizedStacks(app);
    return new StackTester(stacks, await sandboxPackage().Sandbox.start(options));
  }

  private constructor(
    /** What is tested, in the order of its deployment. */
    public readonly stacks: readonly SynthesizedStack[],
    /** The services, for whatever this class does not offer. */
    public readonly sandbox: Sandbox,
  ) {}

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
   * for an approval has the status `pending`.
   *
   * @throws TestKitError with what the command says when it ends with an error
   */
  public async register(options: ProveOptions = {}): Promise<Registered[]> {
    const { client, api, portal, developer = 'developer@example.test' } = options;
    const args = ['--developer', developer, ...flags({ client, api, portal })];
    const { results } = await this.command<{ results: Registered[] }>('register', args, [0, 1]);
    return results;
  }

  /**
   * Tries every link of the chain from the client's credentials to the API, with requests that have to pass and
   * requests that have to be refused: without credentials, with a wrong secret, of a client that Okta knows
   * and that is not registered. The client is registered before, unless the stacks do that.
   *
   * @throws TestKitError when it cannot be tried: nothing is deployed, or it is not clear which client is meant
   */
  public async prove(options: ProveOptions = {}): Promise<AccessProof> {
    const registers = this.stacks.some(({ json }) =>
      json.includes('"konnect_portal_application_registration"'),
    );
    if (!registers) {
      await this.register(options);
    }
    const { client, api, portal, path } = options;
    const states = await this.states();
    const stranger = await OktaStranger.create(this.sandbox, issuersIn(states));
    try {
      const args = ['--require-all', '--wait', '5', '--unregistered-client-id', stranger.clientId];
      const { links } = await this.command<{ links: ProofLink[] }>(
        'verify',
        [...args, ...flags({ client, api, portal, path })],
        [0, 1],
        { OKTA_UNREGISTERED_CLIENT_SECRET: stranger.clientSecret },
      );
      return new AccessProof(links);
    } finally {
      await stranger.remove();
    }
  }

  /** Addresses of the resources whose state holds a secret that Okta or Konnect issued; for ClientSecretStorage.OKTA_ONLY none. */
  public async secretsInState(): Promise<string[]> {
    const { okta, konnect } = this.sandbox;
    return resourcesWith([...okta.secrets(), ...konnect.secrets()], await this.states());
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

  private async states(): Promise<unknown[]> {
    return Promise.all(this.stacks.map(({ name }) => this.sandbox.workspace(name).show()));
  }

  /** Runs the command in the environment of the sandbox and returns what it prints. */
  private async command<T>(
    name: string,
    args: readonly string[],
    exitCodes: readonly number[],
    secrets: { readonly [variable: string]: string } = {},
  ): Promise<T> {
    const { folder } = this.sandbox;
    const files = (await this.states()).map((state, index) => {
      const file = join(folder, `state-${index}.json`);
      writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
      return file;
    });
    let stdout = '';
    let stderr = '';
    const exitCode = await run([name, ...args, '--json', '--state', ...files], {
      env: { ...process.env, ...this.sandbox.environment(), OKTA_CLIENT_SECRET: undefined, ...secrets },
      cwd: folder,
      isTerminal: false,
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
    });
    if (!exitCodes.includes(exitCode)) {
      throw new TestKitError(
        `okta-dev-portal-oidc ${name} ends with exit code ${exitCode}:\n${stderr}${stdout}`,
      );
    }
    return JSON.parse(stdout) as T;
  }
}

function flags(options: { readonly [name: string]: string | undefined }): string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
}
