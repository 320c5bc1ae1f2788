import { Token } from 'cdktf';
import { hasUnknownToken } from './private/tokens';
import type { Occurrence } from './rules';
import type { Rule } from './validation';

/** The rules for the id of whatever is added to a construct. */
export const idRules = {
  constructId: {
    rule: 'must be the id of a construct: a text that is not empty and holds no token',
    remedy: 'Choose another id',
    holds: (id: unknown) =>
      typeof id === 'string' && id !== '' && !Token.isUnresolved(id) && !hasUnknownToken(id),
  },
  idOnce: {
    rule: 'must not be the id of something that the construct has already',
    remedy: 'Choose another id',
    holds: (id: Occurrence) => !id.known,
  },
} satisfies { [name: string]: Rule<never> };
