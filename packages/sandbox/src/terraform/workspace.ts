import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { States } from './states';
import type { Terraform, TerraformError } from './terraform';

/** Number of changes in a plan or an apply. */
export interface Changes {
  /** Resources that are created; a replacement counts here and in `remove`. */
  readonly add: number;
  /** Resources that change in place. */
  readonly change: number;
  /** Resources that are taken over. */
  readonly import: number;
  /** Resources that are destroyed. */
  readonly remove: number;
}

/** The planned change of one resource. */
export interface PlannedChange {
  /** Address, for example `konnect_portal.portal_Portal_1A2B3C4D`. */
  readonly address: string;
  /** `create`, `read`, `update`, `delete`; a replacement has two, in their order. */
  readonly actions: readonly string[];
}

/** A plan that was not applied. */
export interface Plan {
  /** Resources that change; empty when the infrastructure matches. */
  readonly changes: readonly PlannedChange[];
}

/** Values of Terraform variables by name. */
export type Variables = { readonly [name: string]: unknown };

/** Outputs by name, sensitive ones too. */
export type Outputs = { readonly [name: string]: unknown };

const OPTIONS = ['-input=false', '-no-color'];

/**
 * The folder of one stack: its Terraform JSON and its state. Concurrent calls run one after the other, because
 * Terraform locks the state.
 */
export class Workspace {
  private initialised = '';
  private last: Promise<unknown> = Promise.resolve();

  /** @internal */
  public constructor(
    /** Where `terraform` runs. */
    public readonly folder: string,
    private readonly terraform: Terraform,
    private readonly states: States,
    private readonly variables: Variables,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  /** Applies a configuration. */
  public async apply(json: string): Promise<Changes> {
    return this.inTurn(async () => {
      await this.write(json);
      return summaryOf(await this.run('apply', '-auto-approve', '-json', ...OPTIONS));
    });
  }

  /** Plans a configuration. */
  public async plan(json: string): Promise<Plan> {
    return this.inTurn(async () => {
      await this.write(json);
      await this.run('plan', '-out=tfplan', ...OPTIONS);
      return planOf(await this.run('show', '-json', 'tfplan'));
    });
  }

  /** Destroys everything in the state. */
  public async destroy(): Promise<Changes> {
    return this.inTurn(async () =>
      summaryOf(await this.run('destroy', '-auto-approve', '-json', ...OPTIONS)),
    );
  }

  /** The outputs as the state has them. */
  public async outputs(): Promise<Outputs> {
    const printed = await this.inTurn(() => this.run('output', '-json'));
    const outputs = JSON.parse(printed) as { [name: string]: { value: unknown } };
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** The state as `terraform show -json` prints it. */
  public async show(): Promise<unknown> {
    return JSON.parse(await this.inTurn(() => this.run('show', '-json')));
  }

  /** Runs a task after all earlier ones, failed or not. */
  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.last.then(task);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async run(...args: readonly string[]): Promise<string> {
    const { stdout } = await this.terraform.run(this.folder, args);
    return stdout;
  }

  /**
   * With development overrides in the CLI configuration providers need no installation, and Terraform advises against
   * init.
   */
  private async init(): Promise<void> {
    try {
      await this.run('init', '-reconfigure', ...OPTIONS);
    } catch (error) {
      if (!(error as TerraformError).message.includes('development overrides are in effect')) {
        throw error;
      }
    }
  }

  private async write(json: string): Promise<void> {
    const configuration = this.states.redirect(
      basename(this.folder),
      json,
      join(this.folder, 'terraform.tfstate'),
    );
    writeFileSync(join(this.folder, 'cdk.tf.json'), configuration);
    // Runs `init` only if backend, providers or modules changed: it takes longer than a plan.
    const {
      terraform,
      module: modules,
      variable,
    } = JSON.parse(configuration) as {
      terraform?: object;
      module?: object;
      variable?: object | object[];
    };
    this.writeVariables([variable ?? []].flat());
    const key = JSON.stringify([terraform, modules]);
    if (key !== this.initialised) {
      await this.init();
      this.initialised = key;
    }
  }

  /** Only declared variables: Terraform warns about others. */
  private writeVariables(declarations: readonly object[]): void {
    const declared = declarations.flatMap((group) => Object.keys(group));
    const values = Object.entries(this.variables).filter(([name]) => declared.includes(name));
    if (values.length > 0) {
      const file = join(this.folder, 'terraform.tfvars.json');
      writeFileSync(file, JSON.stringify(Object.fromEntries(values)), { mode: 0o600 });
    }
  }
}

function planOf(json: string): Plan {
  const { resource_changes: all = [] } = JSON.parse(json) as {
    resource_changes?: { address: string; change: { actions: string[]; importing?: object } }[];
  };
  const changes = all
    .filter(({ change }) => change.actions[0] !== 'no-op' || change.importing)
    .map(({ address, change }) => ({
      address,
      actions: change.importing ? ['import', ...change.actions] : change.actions,
    }));
  return { changes };
}

function summaryOf(lines: string): Changes {
  const summaries = lines
    .split('\n')
    .filter((line) => line.includes('"change_summary"'))
    .map((line) => JSON.parse(line) as { changes: Changes });
  const { add = 0, change = 0, import: imported = 0, remove = 0 } = summaries.at(-1)?.changes ?? {};
  return { add, change, import: imported, remove };
}
