import { Annotations, Aspects } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Warns of a construct when the app is synthesized, with whatever was added to it since; undefined for nothing to say. */
export function warnsAtSynthesis(construct: IConstruct, warning: () => string | undefined): void {
  Aspects.of(construct).add({
    // An aspect sees everything inside of the construct, too.
    visit: (node) => {
      const message = node === construct ? warning() : undefined;
      if (message !== undefined) {
        Annotations.of(construct).addWarning(message);
      }
    },
  });
}
