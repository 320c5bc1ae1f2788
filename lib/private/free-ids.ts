import type { IConstruct } from 'constructs';
import { Occurrence } from '../rules';
import { idRules } from '../rules-ids';
import { check, demand, validate } from '../validation';

/** Refuses an id that CDK would refuse for a child, without a remedy. The id of the child may have a prefix. */
export function requiresFreeId(construct: IConstruct, id: string, prefix = ''): void {
  validate(construct, [demand('id', id, idRules.constructId)]);
  const taken = construct.node.tryFindChild(`${prefix}${id}`) !== undefined;
  validate(construct, [check('id', new Occurrence(id, taken), idRules.idOnce)]);
}
