import { TerraformStack, Token } from 'cdktf';
import { Construct, RootConstruct } from 'constructs';
import { declareFormerPaths, hasFormerPaths, pathInStack } from './private/former-paths';
import { construct as constructWith, known, listOf, required, text } from './private/kinds';
import { MovedBlocks } from './private/moved-blocks';
import { Occurrence, rules } from './rules';
import { moveRules } from './rules-moves';
import { type Check, check, validate } from './validation';

const anyConstruct = constructWith('node');

/** Constructs that were renamed or moved to another place in their stack. */
export class Moves {
  /**
   * Says where a construct was before, so that Terraform keeps everything in it: its resources, those
   * of the constructs inside of it, and those that are added later, each get a `moved` block.
   *
   * Whatever derives from the path, as the id of a gateway service does, stays what it was. So keep the
   * call: without it the next deployment takes such a service for another one.
   *
   * @param construct what was renamed or moved, where it is now
   * @param formerPaths its paths before, oldest first: ids below the stack, joined by `/`, for example `platform/oidc`
   * @throws ValidationError when a path is no text or no path, is where the construct is now, or is named twice
   */
  public static from(construct: Construct, ...formerPaths: string[]): void {
    // An error names a construct; where none was passed, the method stands for it.
    validate(Construct.isConstruct(construct) ? construct : new RootConstruct('Moves.from'), [
      ...required(anyConstruct)('construct', construct),
      ...known(listOf(text))('formerPaths', formerPaths),
    ]);
    const inStack = !TerraformStack.isStack(construct) && construct.node.scopes.some(TerraformStack.isStack);
    validate(construct, [
      check('construct', new Occurrence(construct.node.path, inStack), moveRules.movedInStack),
      check('construct', new Occurrence(construct.node.path, hasFormerPaths(construct)), moveRules.movedOnce),
      check('formerPaths', formerPaths, rules.listNotEmpty),
      ...(inStack ? formerPaths.flatMap((_, index) => pathChecks(construct, formerPaths, index)) : []),
    ]);
    declareFormerPaths(construct, [...formerPaths]);
    MovedBlocks.ensure(TerraformStack.of(construct));
  }

  private constructor() {}
}

function pathChecks(construct: Construct, paths: readonly string[], index: number): Check[] {
  const path = paths[index];
  const prop = `formerPaths[${index}]`;
  const isKnown = check(prop, new Occurrence(path, !Token.isUnresolved(path)), moveRules.formerPathKnown);
  if (isKnown.failure()) {
    return [isKnown];
  }
  const stack = TerraformStack.of(construct);
  const [first, ...rest] = path.split('/');
  // A construct of the stack may be called like the stack itself.
  const withStack = rest.length > 0 && first === stack.node.id && !stack.node.tryFindChild(first);
  return [
    check(prop, path, moveRules.formerPath),
    check(prop, new Occurrence(path, withStack), moveRules.formerPathWithoutStack),
    check(prop, new Occurrence(path, path === pathInStack(construct)), moveRules.formerPathDiffers),
    check(prop, new Occurrence(path, paths.indexOf(path) < index), moveRules.formerPathOnce),
  ];
}
