import type { IConstruct } from 'constructs';
import type { Check } from '../validation';
import { errorOf } from './tellers';

/** Checks a construct when the app is synthesized, for what may be added or changed until then. */
export function checkAtSynthesis(construct: IConstruct, checks: () => readonly Check[]): void {
  construct.node.addValidation({
    validate: () => {
      const failures = checks().flatMap((each) => each.failure() ?? []);
      return failures.length > 0 ? [errorOf(construct, failures).message] : [];
    },
  });
}
