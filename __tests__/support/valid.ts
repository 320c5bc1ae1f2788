import type { SchemaOptions } from '../../testing';
import '../../testing/jest';

/** Fails the test with what the pinned schemas have against a configuration, given as an object or as `Testing.synth` gives it. */
export function expectValid(terraformJson: object | string, options?: SchemaOptions): void {
  expect(terraformJson).toBeValidTerraform(options);
}
