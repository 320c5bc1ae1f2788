import { TerraformStack } from 'cdktf';
import { Construct, type IConstruct, RootConstruct } from 'constructs';
import { pathInStack } from '../core/elements';
import { hasFormerPaths, MovedBlocks } from '../core/former-paths';
import { validateArgument } from '../core/props-spec';
import { Registry } from '../core/registry';
import { construct as constructSpec, listOf, text } from '../core/specs';
import { type Check, requireValid } from '../core/validation';

/** Constructs that were renamed or moved to another place in their stack. */
export class Moves {
  /**
   * Declares former paths of a construct, so that Terraform keeps its resources: each resource in it, now or later, gets
   * a `moved` block.
   *
   * Values that derive from the path, such as the id of a gateway service, stay the same. So keep the call: without it
   * the next deployment replaces such a service.
   *
   * @param construct the construct that was renamed or moved
   * @param formerPaths its former paths, oldest first: ids below the stack, joined by `/`, for example `platform/oidc`
   * @throws ValidationError if a path is invalid, the current path, or declared twice
   */
  public static from(construct: IConstruct, ...formerPaths: string[]): void {
    // An error names a construct. If the argument is no construct, it names the method.
    const subject = Construct.isConstruct(construct) ? construct : new RootConstruct('Moves.from');
    validateArgument(subject, 'construct', construct, constructSpec('node'));
    validateArgument(subject, 'formerPaths', formerPaths, listOf(text().known(), { minItems: 1 }).known());
    const isInStack =
      !TerraformStack.isStack(construct) && construct.node.scopes.some(TerraformStack.isStack);
    requireValid(
      construct,
      {
        prop: 'construct',
        value: construct,
        isValid: isInStack,
        rule: 'must be in a stack: addresses in a state start there (Terraform)',
        remedy: 'Pass the constructs of the stack that were renamed or moved',
      },
      {
        prop: 'construct',
        value: construct,
        isValid: !hasFormerPaths(construct),
        rule: 'must not be declared twice',
        remedy: 'Pass all former paths in one call, oldest first',
      },
      ...(isInStack ? formerPaths.flatMap((_, index) => pathChecks(construct, formerPaths, index)) : []),
    );
    Registry.of(construct).formerPaths.set(construct, [...formerPaths]);
    MovedBlocks.ensure(TerraformStack.of(construct));
  }

  private constructor() {}
}

function pathChecks(construct: IConstruct, paths: readonly string[], index: number): Check[] {
  const path = paths[index];
  const at = { prop: `formerPaths[${index}]`, value: path };
  const stack = TerraformStack.of(construct);
  const [first, ...rest] = path.split('/');
  // A construct of the stack may have the id of the stack.
  const startsWithStack = rest.length > 0 && first === stack.node.id && !stack.node.tryFindChild(first);
  return [
    {
      ...at,
      isValid: path.split('/').every((id) => id.trim() !== ''),
      rule: 'must be the ids from the stack to the construct, joined by /, without the name of the stack',
      remedy: 'Write it like platform/oidc',
    },
    {
      ...at,
      isValid: !startsWithStack,
      rule: 'must not start with the name of the stack: addresses in the state do not (Terraform)',
      remedy: 'Remove the name of the stack',
    },
    {
      ...at,
      isValid: path !== pathInStack(construct),
      rule: 'must not be the current path of the construct',
      remedy: 'Use the path that it had before, or remove the call if it has not moved',
    },
    {
      ...at,
      isValid: paths.indexOf(path) === index,
      rule: 'must not be declared twice',
      remedy: 'Remove the duplicate',
    },
  ];
}
