import type { IConstruct } from 'constructs';

/** Whether a construct was taken out of the tree, alone or with a parent, so that it is not synthesized. */
export function isDetached(construct: IConstruct): boolean {
  return construct.node.scopes.some(
    ({ node }) => node.scope !== undefined && node.scope.node.tryFindChild(node.id)?.node !== node,
  );
}
