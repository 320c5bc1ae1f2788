import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { catalogSpec } from '../lib/catalog/catalog-spec';

/*
 * Writes the JSON Schema of data files from the spec that validates them, into schema or the file that is named.
 */
const target = resolve(process.argv[2] ?? join(__dirname, '..', 'schema', 'catalog.schema.json'));
const { schema } = catalogSpec({ portals: [], controlPlanes: [], strategies: [], codeStrategies: [] });
const document = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Catalog of okta-dev-portal-oidc',
  description:
    'APIs that are published to Dev Portals, the strategies that protect them, and the clients that use them.',
  ...schema,
};
writeFileSync(target, `${JSON.stringify(document, undefined, 2)}\n`);
