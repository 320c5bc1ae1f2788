import { Api, type ApiVersionOptions } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures } from '../../support/validation';

const SPECIFICATION = 'openapi: 3.1.0';
const ID = '${konnect_api.api_C8550315.id}';

function setUp() {
  const stack = stackWithProviders();
  return {
    stack,
    api: new Api(stack, 'api', { name: 'Orders', version: '1.0', specification: SPECIFICATION }),
  };
}

test('adds a version beside that of the API, and replaces it when the API becomes another one', () => {
  const { stack, api } = setUp();
  const { resource } = api.addVersion('v2', { version: '2.0', specification: SPECIFICATION });
  const json = synthesize(stack);
  const versions = json.resources('konnect_api_version');
  expect(Object.values(versions)).toHaveLength(2);
  const added = versions[resource.friendlyUniqueId];
  expect(added).toMatchObject({ api_id: ID, version: '2.0', spec: { content: SPECIFICATION } });
  expect(json.replacementIds(added)).toEqual([{ id: ID }]);
});

test.each<[string, ApiVersionOptions]>([
  ['the version of the API', { version: '1.0', specification: SPECIFICATION }],
  ['an added version', { version: '2.0', specification: SPECIFICATION }],
])('rejects %s', (_name, options) => {
  const { api } = setUp();
  api.addVersion('v2', { version: '2.0', specification: SPECIFICATION });
  expectFailures(() => api.addVersion('it', options), ['version', /must be unique for the API/]);
});

test('rejects a specification that is a path', () => {
  const { api } = setUp();
  expectFailures(
    () => api.addVersion('v2', { version: '2.0', specification: 'openapi.yaml' }),
    ['specification', /must be an OpenAPI or AsyncAPI document/],
  );
});
