import type { SynthesizedStack } from './synthesized';
import { TestKitError } from './test-kit-error';

/** Values of Terraform variables by name, as in `terraform.tfvars.json`. */
type Variables = { readonly [name: string]: unknown };

interface Declaration {
  readonly stack: string;
  readonly name: string;
  readonly hasDefault: boolean;
}

/**
 * Requires a value for every variable of the stacks, and no other values.
 *
 * @throws TestKitError with the names of the variables
 */
export function requireVariables(
  stacks: readonly SynthesizedStack[],
  variables: Variables,
  environment: { readonly [name: string]: string | undefined } = process.env,
): void {
  const declared = stacks.flatMap(declarationsIn);
  const names = [...new Set(declared.map(({ name }) => name))];
  const unknown = Object.keys(variables).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new TestKitError(
      `No stack declares the variable ${unknown.join(' or ')}. ${
        names.length > 0 ? `Declared: ${names.join(', ')}` : 'The stacks declare none'
      }`,
    );
  }
  const missing = declared.filter(
    ({ name, hasDefault }) =>
      !hasDefault && variables[name] === undefined && environment[`TF_VAR_${name}`] === undefined,
  );
  if (missing.length > 0) {
    const each = missing.map(({ name, stack }) => `${name} of ${stack}`);
    throw new TestKitError(
      `No value for the variable ${each.join(', ')}. Pass it: StackTester.start(app, { variables: { ${missing[0].name}: … } })`,
    );
  }
}

function declarationsIn({ name: stack, json }: SynthesizedStack): Declaration[] {
  const { variable } = JSON.parse(json) as { readonly variable?: unknown };
  return [variable]
    .flat()
    .filter((group): group is object => typeof group === 'object' && group !== null)
    .flatMap((group) => Object.entries(group))
    .filter(([name]) => name !== '//')
    .map(([name, body]) => ({ stack, name, hasDefault: [body].flat().some(declaresDefault) }));
}

function declaresDefault(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'default' in body;
}
