/** Which existing resources a stack adopts. */
export interface ImportIds {
  /** Whether the stack creates what is not listed. */
  readonly isPartial: boolean;

  /** Import id of the resource with this address, `undefined` if it is not adopted. */
  idOf(address: string): string | undefined;
}
