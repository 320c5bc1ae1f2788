import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { AdoptedIds } from '../adoption/adopted-ids';

/** A file of what is taken over, and where it was read. */
export interface AdoptionFile {
  readonly path: string;
  readonly ids: AdoptedIds;
}

const adoptions = new WeakMap<TerraformStack, AdoptionFile[]>();

/** Says that the stack takes over what is in the file, beside what it takes over already. */
export function adopts(stack: TerraformStack, file: AdoptionFile): void {
  adoptions.set(stack, [...adoptionsOf(stack), file]);
}

/** What the stack of a construct takes over; nothing when it creates everything. */
export function adoptionsOf(construct: IConstruct): readonly AdoptionFile[] {
  return adoptions.get(TerraformStack.of(construct)) ?? [];
}

/** Whether the stack of a construct creates what it does not take over; all of it where nothing is taken over. */
export function createsResources(construct: IConstruct): boolean {
  const files = adoptionsOf(construct);
  return files.length === 0 || files.some(({ ids }) => ids.partial === true);
}
