export { AccessProof, type ProofLink } from './proof';

export type { SchemaOptions } from './schema/versions';
export { schemaViolations } from './schema/violations';
export { writtenSecrets } from './secrets';
export { type ProveOptions, type Registered, StackTester, type StackTesterOptions } from './stack-tester';
export { readStacks, type SynthesizedStack, synthesizedStacks, type Testable } from './synthesized';
export { TestKitError } from './test-kit-error';
