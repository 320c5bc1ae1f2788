import { explainMissingEntities } from '../../../testing/missing-entities';
import { referencesIn } from '../../../testing/references';
import { TestKitError } from '../../../testing/test-kit-error';

const PORTAL = '7c504a93-d60b-4a18-bb06-0d1f4f25ac0a';
const SERVICE = '0f1e2d3c-4b5a-4968-8776-655443322110';

function valuesOf(...resources: object[]): string[] {
  const stacks = resources.map((resource, index) => ({
    name: `stack-${index}`,
    json: JSON.stringify({ resource }),
  }));
  return referencesIn(stacks).map(({ attribute, value }) => `${attribute}=${value}`);
}

describe('the references of stacks', () => {
  test('are the texts of attributes, lists and objects', () => {
    expect(
      valuesOf({
        konnect_api_publication: { one: { portal_id: PORTAL, auth_strategy_ids: ['a', 'b'] } },
        konnect_gateway_route: { two: { service: { id: SERVICE } } },
      }),
    ).toEqual([`portal_id=${PORTAL}`, 'auth_strategy_ids=a', 'auth_strategy_ids=b', `service.id=${SERVICE}`]);
  });

  test('have the attributes around them', () => {
    const service = { control_plane_id: 'plane', id: SERVICE };
    const json = JSON.stringify({
      resource: { konnect_api_implementation: { one: { api_id: 'api', service_reference: { service } } } },
    });
    const [, , reference] = referencesIn([{ name: 'stack', json }]);
    expect(reference).toMatchObject({
      attribute: 'service.id',
      siblings: { api_id: 'api', control_plane_id: 'plane' },
    });
  });

  test('are no expressions', () => {
    expect(valuesOf({ konnect_api_publication: { one: { portal_id: '${konnect_portal.one.id}' } } })).toEqual(
      [],
    );
  });

  test.each([
    ['a service with an id in the code', 'konnect_gateway_service', { id: SERVICE }],
    ['an application with a client id in the code', 'okta_app_oauth', { client_id: SERVICE }],
    ['a scope', 'okta_auth_server_scope', { name: SERVICE }],
  ])('are not to %s, of any stack', (_, type, body) => {
    const user = { any: { one: { used: SERVICE, other: PORTAL } } };
    expect(valuesOf(user, { [type]: { two: body } })).toContain(`other=${PORTAL}`);
    expect(valuesOf(user, { [type]: { two: body } })).not.toContain(`used=${SERVICE}`);
    expect(valuesOf(user)).toContain(`used=${SERVICE}`);
  });
});

describe('an error of Terraform', () => {
  const refused = (text: string, ids: readonly string[]) => explainMissingEntities(new Error(text), ids);

  test.each([
    '404 Not Found',
    'POST /v3/apis/1/implementations: 400 Invalid Parameters',
    'the portal does not\nexist',
  ])('%j names the ids that the sandbox does not have', (text) => {
    const error = refused(text, [PORTAL, SERVICE]);
    expect(error).toBeInstanceOf(TestKitError);
    expect(error).toMatchObject({
      message: expect.stringContaining(`refer to ${PORTAL}, ${SERVICE} by id`),
      cause: new Error(text),
    });
  });

  test('names only those in its message, if it has one', () => {
    expect(refused(`GET /v3/portals/${PORTAL}: 404`, [PORTAL, SERVICE])).toMatchObject({
      message: expect.stringContaining(`refer to ${PORTAL} by id`),
    });
  });

  test.each([
    ['the connection was refused', [PORTAL]],
    ['500 Internal Server Error', [PORTAL]],
    ['404 Not Found', []],
  ])('%j with missing ids %j stays as it is', (text, ids) => {
    const error = new Error(text);
    expect(explainMissingEntities(error, ids)).toBe(error);
  });
});
