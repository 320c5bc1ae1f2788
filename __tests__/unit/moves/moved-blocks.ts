import type { Synthesized } from '../../support/synth';

/** A `moved` block. */
interface Moved {
  readonly from: string;
  readonly to: string;
}

/** The `moved` blocks of a stack, in order. */
export function movedBlocks(json: Synthesized): Moved[] {
  return (json.json.moved ?? []) as Moved[];
}

/** What the moves make of the addresses that a state has. */
export function followed(addresses: readonly string[], json: Synthesized): string[] {
  const steps = new Map(movedBlocks(json).map(({ from, to }) => [from, to]));
  const end = (address: string): string => {
    const next = steps.get(address);
    return next === undefined ? address : end(next);
  };
  return addresses.map(end).sort();
}
