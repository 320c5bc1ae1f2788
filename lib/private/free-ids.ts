import type { IConstruct } from 'constructs';
import { Occurrence } from '../rules';
import { idRules } from '../rules-ids';
import { check, demand, validate } from '../validation';

/** Refuses an id that CDK would refuse for a child, without a remedy. The child may be called after the id. */
export function requiresFreeId(construct: IConstruct, id: string, childId = id): void {
  validate(construct, [demand('id', id, idRules.constructId)]);
  const taken = construct.node.tryFindChild(childId) !== undefined;
  validate(construct, [check('id', new Occurrence(id, taken), idRules.idOnce)]);
}
