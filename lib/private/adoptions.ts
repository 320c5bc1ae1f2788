import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { AdoptedIds } from '../adoption/adopted-ids';

const adoptions = new WeakMap<TerraformStack, AdoptedIds>();

/** Says that the stack takes over what exists. */
export function adopts(stack: TerraformStack, ids: AdoptedIds): void {
  adoptions.set(stack, ids);
}

/** What the stack of a construct takes over; undefined when it creates everything. */
export function adoptedBy(construct: IConstruct): AdoptedIds | undefined {
  return adoptions.get(TerraformStack.of(construct));
}
