import type { IConstruct } from 'constructs';
import { CHILD_ID, validateArgument } from './props-spec';
import { requireValid } from './validation';

/** Rejects an id that a child of the construct has already. CDK would reject it without a remedy. */
export function requireFreeId(construct: IConstruct, id: string, prefix = ''): void {
  validateArgument(construct, 'id', id, CHILD_ID);
  requireValid(construct, {
    prop: 'id',
    value: id,
    isValid: construct.node.tryFindChild(`${prefix}${id}`) === undefined,
    rule: 'must not be the id of another child of the construct',
    remedy: 'Use another id',
  });
}
