import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldOf } from '../../entity';
import { CommandError } from '../../exit';
import { stackFolders } from '../../state';
import { literalText } from './terraform-text';

interface Blocks {
  readonly [type: string]: { readonly [name: string]: object };
}

/** The JSON that `cdktf synth` writes for a stack. */
interface StackJson {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: { readonly [name: string]: { readonly value?: unknown } };
  readonly import?: readonly ImportBlock[];
}

/** An `import` block. */
interface ImportBlock {
  readonly to: string;
  readonly id: string;
}

/** A resource or data source of a synthesized stack. */
export class SynthesizedResource {
  public readonly address: string;

  public constructor(
    public readonly stack: SynthesizedStack,
    public readonly type: string,
    name: string,
    private readonly block: object,
  ) {
    this.address = `${type}.${name}`;
  }

  /** The resource in findings: its type and the path of its construct, or its address if CDKTF noted no path. */
  public get title(): string {
    const path = fieldOf(this.block, '//', 'metadata', 'path');
    return typeof path === 'string'
      ? `${this.type} ${path.replace(/\/(Resource|Default)$/, '')}`
      : this.address;
  }

  /** Value of an argument. The path to a nested one has dots. */
  public argument(path: string): unknown {
    return fieldOf(this.block, ...path.split('.'));
  }
}

/** Value of an argument: a literal text, or an attribute of a resource or data source. */
type ResolvedValue =
  | { readonly text: string }
  | { readonly resource: SynthesizedResource; readonly attribute: string };

/** A synthesized stack. */
export class SynthesizedStack {
  private readonly elements = new Map<string, SynthesizedResource>();

  public constructor(
    public readonly name: string,
    private readonly json: StackJson,
  ) {
    for (const [prefix, blocks] of [
      ['', json.resource],
      ['data.', json.data],
    ] as const) {
      for (const [type, named] of Object.entries(blocks ?? {})) {
        for (const [id, block] of Object.entries(named)) {
          this.elements.set(`${prefix}${type}.${id}`, new SynthesizedResource(this, type, id, block));
        }
      }
    }
  }

  /** Resources of the two providers, without data sources. */
  public get resources(): SynthesizedResource[] {
    return [...this.elements]
      .filter(([address]) => /^(okta|konnect)_/.test(address))
      .map(([, resource]) => resource);
  }

  public get importBlocks(): readonly ImportBlock[] {
    return this.json.import ?? [];
  }

  /** @param address of a data source with `data.` */
  public element(address: string): SynthesizedResource | undefined {
    return this.elements.get(address);
  }

  public output(name: string): unknown {
    return this.json.output?.[name]?.value;
  }
}

const REFERENCE = /^\$\{((?:data\.)?[\w-]+\.[\w-]+)\.([\w-]+)\}$/;

/** How CDKTF refers to an output of another stack. */
const OTHER_STACK =
  /^\$\{data\.terraform_remote_state\.cross-stack-reference-input-([^.]+)\.outputs\.([\w-]+)\}$/;

/** All stacks that `cdktf synth` wrote. */
export class SynthesizedApp {
  /** @throws CommandError if there is no synthesized app, or it is not JSON */
  public static read(output: string, cwd: string): SynthesizedApp {
    const stacks = stackFolders({ stacks: [], output }, cwd);
    return new SynthesizedApp(stacks.map(({ name, folder }) => new SynthesizedStack(name, readJson(folder))));
  }

  private constructor(private readonly stacks: readonly SynthesizedStack[]) {}

  /** @throws CommandError if a name is unknown */
  public select(names: readonly string[]): SynthesizedStack[] {
    const known = this.stacks.map(({ name }) => name);
    const missing = names.find((name) => !known.includes(name));
    if (missing !== undefined) {
      throw CommandError.usage(`The app has no stack ${missing}`, `Its stacks are ${known.join(', ')}.`);
    }
    return this.stacks.filter(({ name }) => names.length === 0 || names.includes(name));
  }

  /** Resolves a value to a literal text or an attribute; `undefined` if only Terraform can. */
  public resolve(stack: SynthesizedStack, value: unknown): ResolvedValue | undefined {
    if (typeof value !== 'string') {
      return undefined;
    }
    const [, otherStack, output] = OTHER_STACK.exec(value) ?? [];
    const other = this.stacks.find(({ name }) => name === otherStack);
    if (other) {
      return this.resolve(other, other.output(output));
    }
    const [, address = '', attribute = ''] = REFERENCE.exec(value) ?? [];
    const resource = stack.element(address);
    if (resource) {
      return { resource, attribute };
    }
    const text = literalText(value);
    return text === undefined ? undefined : { text };
  }
}

function readJson(folder: string): StackJson {
  const file = join(folder, 'cdk.tf.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as StackJson;
  } catch (error) {
    throw CommandError.usage(
      `${file} cannot be read: ${(error as Error).message}`,
      'Run cdktf synth, without --hcl.',
    );
  }
}
