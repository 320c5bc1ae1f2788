import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema, ResourceType } from '../../providers/definition';

/** Resources that the provider has from 3.21 on, in the shape that `terraform providers schema -json` prints. */
const FILE = join(__dirname, '..', '..', '..', 'schema', 'additions-3.21.json');

interface SchemaFile {
  readonly provider_schemas: {
    readonly [source: string]: { readonly resource_schemas: { readonly [type: string]: JsonSchema } };
  };
}

let schemas: { readonly [type: string]: JsonSchema } | undefined;

/** A resource with its schema from the additions to the pinned one. */
export function added(type: string, resource: ResourceType): ResourceType {
  schemas ??= Object.values((JSON.parse(readFileSync(FILE, 'utf8')) as SchemaFile).provider_schemas)[0]
    .resource_schemas;
  return { ...resource, schema: schemas[type] };
}
