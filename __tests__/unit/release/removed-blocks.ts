import type { Synthesized } from '../../support/synth';

/** A `removed` block. */
interface Removed {
  readonly from: string;
  readonly lifecycle: { readonly destroy: boolean };
}

/** Addresses of the `removed` blocks of a stack, sorted. None of them destroys. */
export function removedAddresses({ json }: Synthesized): string[] {
  const blocks = (json.removed ?? []) as Removed[];
  expect(blocks.filter(({ lifecycle }) => lifecycle.destroy)).toEqual([]);
  return blocks.map(({ from }) => from).sort();
}
