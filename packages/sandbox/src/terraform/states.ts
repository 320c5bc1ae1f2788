import { existsSync } from 'node:fs';
import { describePlace, isSamePlace, type StatePlace } from './state-place';
import { TerraformError } from './terraform';

type Block = { [name: string]: unknown };

/** The state of a stack in the sandbox, and its location according to the stack. */
interface KnownState {
  readonly stack: string;
  readonly place: StatePlace;
  readonly file: string;
}

/**
 * Keeps the state of each stack in the sandbox, beside the stack, so that no real backend is read or written. A
 * `terraform_remote_state` of the same settings reads it there.
 */
export class States {
  private known: readonly KnownState[] = [];

  /** @param keepsBackends whether backends other than `local` are kept */
  public constructor(private readonly keepsBackends: boolean) {}

  /**
   * The configuration of a stack with its state in `file`, and reads states of earlier stacks from the sandbox.
   *
   * @throws TerraformError if it reads the state of an unknown stack
   */
  public redirect(stack: string, json: string, file: string): string {
    const configuration = JSON.parse(json) as Block;
    for (const terraform of blocksIn(configuration.terraform)) {
      for (const place of placesIn(terraform)) {
        this.known = [...this.known.filter((each) => each.file !== file), { stack, place, file }];
      }
      this.removeBackends(terraform);
    }
    for (const data of blocksIn(configuration.data)) {
      for (const sources of blocksIn(data.terraform_remote_state)) {
        for (const [name, source] of Object.entries(sources)) {
          sources[name] = Array.isArray(source)
            ? source.map((each) => this.redirected(name, each as Block))
            : this.redirected(name, source as Block);
        }
      }
    }
    return JSON.stringify(configuration, undefined, 2);
  }

  /** Without a backend the state is in the folder and needs no init. */
  private removeBackends(terraform: Block): void {
    if (this.keepsBackends && !placesIn(terraform).some(({ backend }) => backend === 'local')) {
      return;
    }
    delete terraform.backend;
    delete terraform.cloud;
  }

  private redirected(name: string, { workspace, ...source }: Block): Block {
    const { backend, config } = source;
    const place: StatePlace = {
      backend: String(backend),
      config: typeof config === 'object' ? { ...config } : { config },
    };
    if (this.keepsBackends && backend !== 'local') {
      return { ...source, workspace };
    }
    // A stack has one state in a sandbox, in every workspace.
    return { ...source, backend: 'local', config: { path: this.fileOf(name, place) } };
  }

  private fileOf(name: string, place: StatePlace): string {
    const found = this.known.filter((each) => isSamePlace(each.place, place));
    const reads = `data.terraform_remote_state.${name} reads a state (${describePlace(place)})`;
    if (found.length > 1) {
      throw new TerraformError(
        `${reads} that ${found.map(({ stack }) => stack).join(' and ')} may have: let it say which in the settings of its backend`,
        null,
      );
    }
    if (found.length === 0) {
      const others = this.known.map(({ stack, place: each }) => `${stack} (${describePlace(each)})`);
      throw new TerraformError(
        `${reads} that no stack in the sandbox has. A sandbox reads no real backend: deploy the stack with that backend before, or one in its place that has the same outputs. ${
          others.length === 0 ? 'So far no stack names a backend.' : `So far there are ${others.join('; ')}.`
        }`,
        null,
      );
    }
    const [{ stack, file }] = found;
    if (!existsSync(file)) {
      throw new TerraformError(
        `${reads} of stack ${stack}, which is not deployed yet: deploy it before`,
        null,
      );
    }
    return file;
  }
}

/**
 * State locations of the backends in a `terraform` block. A local backend without a path is in the folder of the stack.
 */
function placesIn({ backend, cloud }: Block): StatePlace[] {
  const types = blocksIn(backend).flatMap((each) => Object.entries(each));
  return [...types, ...blocksIn(cloud).map((each) => ['cloud', each] as const)].flatMap(([type, body]) =>
    blocksIn(body).map((config) => ({ backend: type, config })),
  );
}

/** Terraform JSON has an object or a list of them for a block. */
function blocksIn(value: unknown): Block[] {
  return [value].flat().filter((each): each is Block => typeof each === 'object' && each !== null);
}
