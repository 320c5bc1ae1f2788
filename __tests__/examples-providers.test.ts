import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeExample } from '../test-support/examples';
import { schemaViolations } from '../test-support/terraform-schema';

/*
 * Every example, held against the schemas of each provider version that it accepts.
 */
const names = readdirSync(join(__dirname, '..', 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.each(names)('%s', (name) => {
  let json: {
    readonly terraform: { readonly required_providers: { readonly konnect: { version: string } } };
  };

  beforeAll(() => {
    json = JSON.parse(synthesizeExample(name));
  }, 60_000);

  test.each(['4.20.0', '6.12.0'] as const)('is valid for okta %s', (okta) => {
    const { version } = json.terraform.required_providers.konnect;
    // Whoever asks for 3.20 or 3.21 may use what came with it; nobody else may.
    const least = (['3.21', '3.20'] as const).find((each) => version.includes(each));
    const konnect = least ?? '3.19.0';
    expect(schemaViolations(json, { okta, konnect })).toEqual([]);
  });
});
