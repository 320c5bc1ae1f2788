export {
  assertKeepsSecretsOut,
  assertMatchesProviderSchemas,
  assertOpensForItsClientOnly,
} from './assertions';
export { type KitMatchers, matchers } from './matchers';
export { AccessProof, type ProofLink } from './proof';
export type { Registered } from './registration';
export { junitReport, markdownReport, type NamedProof } from './reports';
export type { SchemaOptions } from './schema/versions';
export { schemaViolations } from './schema/violations';
export { writtenSecrets } from './secrets';
export { StackTester } from './stack-tester';
export type { ProveOptions, StackTesterOptions } from './stack-tester-options';
export { readStacks, type SynthesizedStack, synthesizedStacks, type Testable } from './synthesized';
export { TestKitError } from './test-kit-error';
