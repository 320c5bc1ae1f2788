import type { ResourceProps } from '../../resource-props';
import { dependable, flag, known, listOf, provider, type Shape } from '../kinds';

/** The meta-arguments. */
export const RESOURCE_PROPS: Shape<ResourceProps> = {
  provider,
  dependsOn: known(listOf(dependable)),
  preventDestroy: known(flag),
};
