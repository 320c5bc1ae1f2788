import type { SchemaOptions } from '../../testing';
import { schemaViolations } from '../../testing/schema/violations';

/** Fails the test with the violations of the pinned provider schemas in a configuration. */
export function expectValid(terraformJson: object | string, options?: SchemaOptions): void {
  const json = typeof terraformJson === 'string' ? JSON.parse(terraformJson) : terraformJson;
  expect(schemaViolations(json, options)).toEqual([]);
}
