import { schemaViolations } from '../../testing/schema/violations';
import { type ExampleRun, exampleCommand, exampleNames, synthesizeExample } from '../support/examples';

describe.each(exampleNames())('examples/%s', (name) => {
  let run: ExampleRun;

  beforeAll(() => {
    run = synthesizeExample(name);
  }, 30_000);

  test('its README deploys all of its stacks', () => {
    const { stacks, app } = exampleCommand(name);
    expect(app).toEqual(['-r', 'sucrase/register/ts', `examples/${name}/main.ts`]);
    const names = run.stacks.map((stack) => stack.name);
    // cdktf requires names if there are several stacks.
    expect([names.length === 1 ? [] : ['*'], names.sort()]).toContainEqual([...stacks].sort());
  });

  test('synthesizes without a setting, an error or a warning', () => {
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    expect(run.stacks.length).toBeGreaterThan(0);
    expect(run.annotations).toEqual([]);
  });

  test.each(['4.20.0', '6.12.0'] as const)('is valid for okta %s and the oldest konnect it takes', (okta) => {
    const violations = run.stacks.map(({ json }) => {
      const { version } = JSON.parse(json).terraform.required_providers.konnect;
      // Only stacks that require 3.20 or 3.21 may use its resources.
      const least = (['3.21', '3.20'] as const).find((each) => version.includes(each));
      return schemaViolations(JSON.parse(json), { okta, konnect: least ?? '3.19.0' });
    });
    expect(violations).toEqual(run.stacks.map(() => []));
  });
});

test.each([
  [{ KONNECT_SERVER_URL: 'https://eu.api.konghq.com' }, 'eu'],
  [{ KONNECT_SERVER_URL: 'http://127.0.0.1:8080', KONNECT_REGION: 'au' }, 'au'],
])('the role of examples/private-api with %j is in region %s', (settings, region) => {
  const { stacks, stderr } = synthesizeExample('private-api', settings);
  expect(stderr).toBe('');
  expect(stacks[0]?.json).toContain(`"entity_region": "${region}"`);
});
