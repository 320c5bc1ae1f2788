import { Lazy } from 'cdktf';
import type { IConstruct } from 'constructs';
import { gatewayRules } from '../rules-gateway';
import { check } from '../validation';
import { firstIdOf } from './former-paths';
import { literal } from './literal';
import { checkAtSynthesis } from './synthesis-checks';

/**
 * The name of a gateway service or route: the given one, or the id that its construct was created with. Which one
 * that is, is known at synthesis, because the construct may be said to have moved.
 */
export function gatewayName(construct: IConstruct, given: string | undefined): string {
  if (given !== undefined) {
    return given;
  }
  checkAtSynthesis(construct, () => [check('name', firstIdOf(construct), gatewayRules.gatewayName)]);
  return Lazy.stringValue({ produce: () => literal(firstIdOf(construct)) });
}
