import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findTerraform, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { synthesizedStacks } from '../../../testing';
import { Admin } from '../../support/admin';
import { type Fault, RequestFaults, type Written } from '../../support/request-faults';
import { end, howToStack, startApply } from '../../support/sandbox';
import { withImports } from './imports';

const NAME = 'how-to';

/** Faults that the providers of Okta and Konnect retry. */
export const OVERCOME: [string, Fault][] = [
  ['429', { status: 429 }],
  ['429 with Retry-After', { status: 429, headers: { 'retry-after': '0' } }],
  ['a slow answer', { delay: 100 }],
];

/** Faults before the API handled the request. */
export const NOT_DONE: [string, Fault][] = [
  ['500', { status: 500 }],
  ['502', { status: 502 }],
  ['a reset connection', { reset: true }],
];

/** Faults after the API handled the request: the provider does not learn the result. */
export const UNHEARD: [string, Fault][] = [
  ['500 after it was done', { status: 500, afterwards: true }],
  ['a reset connection after it was done', { reset: true, afterwards: true }],
  ['an answer that is cut in half', { cut: true }],
];

/** The how-to, and the same with other scopes: a strategy that is replaced, and changes in place on both sides. */
export const [first, second] = [
  {},
  {
    oidc: { scopes: ['api.access', 'api.write'], accessPolicy: { accessTokenLifetimeMinutes: 30 } },
    service: { retries: 2 },
    portalDescription: 'Changed',
  },
].map((changes) => () => synthesizedStacks(howToStack(changes))[0].json);

/** Matches one request of a run. */
export const only = (request: string) => (each: string) => each === request;

/** Matches the first try of a request, and the first after each success. */
export const everyOther = (request: string) => Number(request.split('#').at(-1)) % 2 === 1;

/** Deployments of the how-to with faults. */
export class FaultyDeployments {
  public static async start(): Promise<FaultyDeployments> {
    return new FaultyDeployments(await Sandbox.start());
  }

  private readonly before: object[];
  private readonly faults: RequestFaults;

  private constructor(private readonly sandbox: Sandbox) {
    this.before = this.tenants();
    this.faults = new RequestFaults(sandbox);
  }

  public async stop(): Promise<void> {
    this.faults.remove();
    await this.sandbox.stop();
  }

  public deploy(json: string): Promise<unknown> {
    return this.sandbox.deployJson(NAME, json);
  }

  public destroy(): Promise<unknown> {
    return this.sandbox.destroy(NAME);
  }

  /** The requests of a run without faults. */
  public async requestsOf(run: () => Promise<unknown>): Promise<readonly string[]> {
    this.faults.forget();
    await run();
    return [...this.faults.requests];
  }

  /** Runs a deployment with a fault. Returns the created objects that are not in the state. */
  public async meet(
    fault: Fault,
    isMeant: (request: string) => boolean,
    run: () => Promise<unknown>,
  ): Promise<readonly Written[]> {
    this.faults.forget();
    this.faults.faultFor = (request) => (isMeant(request) ? fault : undefined);
    try {
      await run();
    } finally {
      this.faults.faultFor = () => undefined;
    }
    return this.lost();
  }

  /**
   * Ends Terraform with a signal while it waits for the answer to a request of a deployment.
   *
   * @param isDone whether the API handles the request before Terraform ends
   * @param afterwards what happens to the state file before the next run
   * @returns the created objects that are not in the state
   */
  public async endAt(
    request: string,
    isDone: boolean,
    signal: NodeJS.Signals,
    json: string,
    afterwards: (stateFile: string) => void = () => {},
  ): Promise<readonly Written[]> {
    await this.sandbox.planJson(NAME, json);
    let reached = () => {};
    const hanging = new Promise<void>((resolve) => {
      reached = resolve;
    });
    return this.meet({ hangs: reached, afterwards: isDone }, only(request), async () => {
      const child = startApply(this.sandbox, NAME);
      await hanging;
      await end(child, signal);
      const stateFile = join(this.sandbox.workspace(NAME).folder, 'terraform.tfstate');
      afterwards(stateFile);
      restoreTruncated(stateFile);
    });
  }

  /**
   * Deploys again after a failure, with the manual steps that this needs.
   *
   * @param lost created objects that are not in the state
   * @param isDoubled whether a lost object is deleted by hand instead of imported: it was created twice, or the state
   * has its predecessor
   */
  public async deployAgain(
    json: string,
    lost: readonly Written[] = [],
    isDoubled: (path: string) => boolean = () => false,
  ): Promise<void> {
    await this.untaint();
    const doubled = lost.filter(({ path }) => isDoubled(path));
    const imported = lost.filter(({ path }) => !isDoubled(path));
    await this.deploy(withImports(json, imported));
    await this.removeByHand(doubled);
  }

  /** Expects an empty plan, and that a destroy leaves nothing behind. */
  public async expectComplete(json: string, request: string): Promise<void> {
    const { changes } = await this.sandbox.planJson(NAME, json);
    expect({ request, changes }).toEqual({ request, changes: [] });
    await this.destroy();
    this.expectNothing(request);
  }

  public expectNothing(request: string): void {
    expect({ request, tenants: this.tenants() }).toEqual({ request, tenants: this.before });
  }

  /** The created objects that are not in the state. */
  private async lost(): Promise<readonly Written[]> {
    const state = JSON.stringify(await this.sandbox.workspace(NAME).show());
    return this.faults.created.filter(
      ({ body }) => body.id !== undefined && !state.includes(String(body.id)),
    );
  }

  private tenants(): object[] {
    return [this.sandbox.okta.snapshot(), this.sandbox.konnect.snapshot()];
  }

  /**
   * Terraform taints what it created in an authorization server and could not read back. It would create a second one
   * before it deletes the first, and Okta refuses a second one with the same name.
   */
  private async untaint(): Promise<void> {
    const workspace = this.sandbox.workspace(NAME);
    const { values } = (await workspace.show()) as { values?: { root_module: { resources?: Shown[] } } };
    for (const { type, address, tainted } of values?.root_module.resources ?? []) {
      if (tainted && type.startsWith('okta_auth_server_')) {
        execFileSync(String(findTerraform()), ['untaint', address], {
          cwd: workspace.folder,
          stdio: 'ignore',
        });
      }
    }
  }

  private async removeByHand(created: readonly Written[]): Promise<void> {
    const admin = new Admin(this.sandbox);
    for (const { path, body } of created) {
      const id = String(body.id);
      if (path === '/api/v1/apps') {
        await admin.okta('POST', `/apps/${id}/lifecycle/deactivate`);
        await admin.okta('DELETE', `/apps/${id}`);
      } else {
        await admin.konnect('DELETE', `${path}/${id}`);
      }
    }
  }
}

/**
 * Terraform writes a state file in place: SIGKILL during a write truncates it. The backup is the state before the run,
 * if there was one.
 */
function restoreTruncated(stateFile: string): void {
  if (!existsSync(stateFile) || isJson(readFileSync(stateFile, 'utf8'))) {
    return;
  }
  rmSync(stateFile);
  if (existsSync(`${stateFile}.backup`)) {
    copyFileSync(`${stateFile}.backup`, stateFile);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A resource as `terraform show -json` prints it. */
interface Shown {
  readonly type: string;
  readonly address: string;
  readonly tainted?: boolean;
}
