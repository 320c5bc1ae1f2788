import { Annotations, Aspects } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Adds a warning at synthesis. `undefined` for no warning. */
export function addLazyWarning(construct: IConstruct, warning: () => string | undefined): void {
  Aspects.of(construct).add({
    // An aspect visits the children too.
    visit: (node) => {
      const message = node === construct ? warning() : undefined;
      if (message !== undefined) {
        Annotations.of(construct).addWarning(message);
      }
    },
  });
}
