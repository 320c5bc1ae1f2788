import {
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  TerraformStack,
  Token,
  Tokenization,
} from 'cdktf';
import type { IConstruct } from 'constructs';

/** Notes which stacks the references come from. */
class OriginsResolver extends DefaultTokenResolver {
  public readonly origins = new Set<string>();

  public constructor() {
    super(new StringConcat());
  }

  public override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: IPostProcessor,
  ): unknown {
    const origin: unknown = Reflect.get(token, 'originStack');
    if (TerraformStack.isStack(origin)) {
      this.origins.add(origin.node.path);
    }
    return super.resolveToken(token, context, postProcessor);
  }
}

/**
 * The expression that a token stands for, with the stacks that it refers to: the same for two tokens of one
 * thing. A literal text is its own; so is a token that cannot be resolved yet.
 */
export function expressionOf(value: string, scope: IConstruct): string {
  if (!Token.isUnresolved(value)) {
    return value;
  }
  const resolver = new OriginsResolver();
  try {
    const expression: unknown = Tokenization.resolve(value, { scope, resolver, preparing: false });
    return typeof expression === 'string' ? `${expression}\n${[...resolver.origins].join('\n')}` : value;
  } catch {
    return value;
  }
}
