import { existsSync, readFileSync } from 'node:fs';
import { CommandError } from '../../exit';
import { writeWhole } from '../files';

/** Format that the library reads. */
const VERSION = 2;

/** Imports of one stack. */
interface StackImports {
  /** Whether the stack creates resources that are not listed. */
  readonly partial?: boolean;

  /** Import ids by address. */
  readonly imports: { readonly [address: string]: string };
}

interface Content {
  readonly version: number;
  readonly stacks: { readonly [name: string]: StackImports };
}

/** The file that `Adoption.fromFile` reads: import ids by stack and address. It has no secrets. */
export class AdoptionFile {
  /** @throws CommandError if the file has another format */
  public static read(path: string): AdoptionFile {
    return new AdoptionFile(path, existsSync(path) ? parse(path) : {});
  }

  private constructor(
    private readonly path: string,
    private stacks: Content['stacks'],
  ) {}

  public importsOf(stack: string): StackImports['imports'] {
    return this.stacks[stack]?.imports ?? {};
  }

  /** Replaces the imports of a stack. Keeps those of other stacks. */
  public set(stack: string, imports: StackImports): void {
    this.stacks = { ...this.stacks, [stack]: imports };
  }

  public write(): void {
    const content: Content = { version: VERSION, stacks: this.stacks };
    writeWhole(this.path, `${JSON.stringify(content, null, 2)}\n`);
  }
}

function parse(path: string): Content['stacks'] {
  let content: Partial<Content> | null = null;
  try {
    content = JSON.parse(readFileSync(path, 'utf8')) as Partial<Content> | null;
  } catch {
    // Refused below.
  }
  if (content?.version !== VERSION || typeof content.stacks !== 'object') {
    throw CommandError.usage(
      `${path} is not an adoption file of this version`,
      'Delete it, or choose another file with --file.',
    );
  }
  return content.stacks;
}
