import { HOW_TO, type Part, PREREQUISITES, type Proofs, type Step, shortName } from './how-to-steps';

/** A block of Terraform JSON: attributes by name. */
interface Block {
  readonly [attribute: string]: unknown;
}

/** Blocks by type and logical name. */
interface Blocks {
  readonly [type: string]: { readonly [name: string]: Block };
}

/** Terraform JSON of a stack. */
export interface StackJson {
  readonly resource?: Blocks;
  readonly data?: Blocks;
}

/** The steps of the how-to as a stack implements them. */
interface HowToReport {
  /** Every step with its resources and attributes. */
  readonly lines: readonly string[];
  /** Steps that the stack does not have. */
  readonly missing: readonly string[];
}

const STEPS = [...PREREQUISITES, ...HOW_TO];

/** Titles of all steps in order, prerequisites first. */
export const stepTitles: readonly string[] = STEPS.map(({ title }) => title);

/** Each step of the how-to and its proof, one line a step. */
export function proofTable(proofs: Proofs): string[] {
  return table(STEPS.map(({ title, proof }) => [title, proof(proofs)]));
}

/** Each step of the how-to and what implements it, one line a step. */
export function partTable(): string[] {
  return table(
    STEPS.map(({ title, parts, developer }) => [
      title,
      parts.map(({ what }) => what).join(', ') || `the developer ${developer}`,
    ]),
  );
}

/** First path of the route, for a request to the API. */
export function routePath(stack: StackJson): string {
  const [, route] = blocksOf(stack, 'konnect_gateway_route')[0] ?? [];
  const paths = route?.paths;
  return Array.isArray(paths) && typeof paths[0] === 'string' ? paths[0] : '/';
}

/** Finds the resources of each step in the stack. */
export function describeHowTo(stack: StackJson): HowToReport {
  const lines: string[] = [];
  const missing: string[] = [];
  const shown = new Set<string>();
  const describePart = (part: Part, title: string) => {
    const found = part.types.flatMap((type) => blocksOf(stack, type));
    if (found.length === 0) {
      missing.push(`${title}: no ${part.what} (${part.types.join(' or ')})`);
      lines.push(`     MISSING ${part.what}`);
    }
    for (const [address, block] of found) {
      shown.add(address);
      lines.push(`     ${address}`);
      for (const attribute of part.attributes) {
        const value = valueAt(block, attribute);
        if (value === undefined) {
          missing.push(`${title}: ${address} has no ${attribute}`);
        }
        lines.push(`       ${shortName(attribute)} = ${format(value)}`);
      }
    }
  };
  const describeSteps = (heading: string, steps: readonly Step[], first: number) => {
    lines.push(heading);
    for (const [index, { title, parts, developer }] of steps.entries()) {
      lines.push(`${String(first + index).padStart(3)}. ${title}`);
      for (const part of parts) {
        describePart(part, title);
      }
      if (developer) {
        lines.push(`     The developer ${developer}.`);
      }
    }
    lines.push('');
  };
  describeSteps('Prerequisites', PREREQUISITES, 1);
  describeSteps('How-to', HOW_TO, PREREQUISITES.length + 1);
  const others = addresses(stack).filter((address) => !shown.has(address));
  if (others.length > 0) {
    lines.push('Other resources', ...others.map((address) => `     ${address}`), '');
  }
  return { lines, missing };
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([title]) => title.length));
  return rows.map(
    ([title, text], index) => `${String(index + 1).padStart(3)}. ${title.padEnd(width)}  ${text}`,
  );
}

function blocksOf(stack: StackJson, type: string): [address: string, block: Block][] {
  const isData = type.startsWith('data.');
  const blocks = isData ? stack.data?.[type.slice('data.'.length)] : stack.resource?.[type];
  return Object.entries(blocks ?? {}).map(([name, block]) => [`${type}.${name}`, block]);
}

function addresses(stack: StackJson): string[] {
  const types = [
    ...Object.keys(stack.resource ?? {}),
    ...Object.keys(stack.data ?? {}).map((type) => `data.${type}`),
  ];
  return types.flatMap((type) => blocksOf(stack, type).map(([address]) => address));
}

function valueAt(block: Block, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (isBlock(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      block,
    );
}

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Formats a value. A reference is printed as its address. */
function format(value: unknown): string {
  if (value === undefined) {
    return 'MISSING';
  }
  if (Array.isArray(value)) {
    return `[${value.map(format).join(', ')}]`;
  }
  return typeof value === 'string' ? value.replace(/^\$\{(.*)\}$/, '$1') : JSON.stringify(value);
}
