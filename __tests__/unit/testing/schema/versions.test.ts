import { konnectProvider } from '../../../../packages/sandbox/src/fake-providers/konnect';
import { providers } from '../../../../testing/schema/entries';
import type { Provider } from '../../../../testing/schema/types';
import { schemaViolations } from '../../../../testing/schema/violations';
import { portal } from './schema-fixtures';
import '../../../../testing/jest';

describe('a resource of konnect 3.21', () => {
  const developer = (body: object) => ({
    resource: { konnect_portal_developer: { D: { portal_id: 'p', email: 'a@b.example', ...body } } },
  });

  test('exists from 3.21 on', () => {
    expect(developer({ full_name: 'D' })).toMatchProviderSchemas({ konnect: '3.21' });
    expect(schemaViolations(developer({ full_name: 'D' }))).toEqual([
      'konnect_portal_developer.D: unknown resource type',
    ]);
  });

  test('is checked', () => {
    expect(schemaViolations(developer({ status: {} }), { konnect: '3.21' })).toEqual([
      'konnect_portal_developer.D: attribute "status" must be string, is object',
      'konnect_portal_developer.D: missing required attribute "full_name"',
    ]);
    expect(portal({})).toMatchProviderSchemas({ konnect: '3.21' });
  });
});

describe('a developer in a team', () => {
  const member = (version: string) => ({
    terraform: { required_providers: { konnect: { version } } },
    resource: {
      konnect_portal_team_developer: { M: { portal_id: 'p', team_id: 't', developer_id: 'd' } },
    },
  });

  test('exists from konnect 3.24 on', () => {
    expect(member('>= 3.24.0, < 4.0.0')).toMatchProviderSchemas();
    expect(schemaViolations(member('>= 3.21.0, < 4.0.0'))).toEqual([
      'konnect_portal_team_developer.M: unknown resource type',
    ]);
  });

  test('has the attributes of the fake provider', () => {
    const { resources } = konnectProvider({ url: 'http://127.0.0.1', token: 'token' });
    const known = providers({ okta: '4.20.0', konnect: '3.24' }).get('konnect')?.resources;
    expect(Object.keys(resources).filter((type) => !known?.has(type))).toEqual([]);
    for (const type of ['konnect_portal_team_role', 'konnect_portal_team_developer']) {
      expect([...(known?.get(type)?.attributes.keys() ?? [])].sort()).toEqual(
        Object.keys(resources[type].schema?.block.attributes ?? {}).sort(),
      );
    }
  });
});

describe('the pinned schemas of okta', () => {
  const okta = (version: '4.20.0' | '6.12.0') =>
    providers({ okta: version, konnect: '3.19.0' }).get('okta') as Provider;

  test('are complete: 6.12.0 has everything of 4.20.0, and more', () => {
    const [older, newer] = [okta('4.20.0'), okta('6.12.0')];
    expect([older.resources.size, older.dataSources.size]).toEqual([104, 48]);
    expect([newer.resources.size, newer.dataSources.size]).toEqual([145, 99]);
    expect([...newer.resources.keys()]).toEqual(expect.arrayContaining([...older.resources.keys()]));
    expect([...newer.dataSources.keys()]).toEqual(expect.arrayContaining([...older.dataSources.keys()]));
  });

  test('have attributes with the name description', () => {
    const user = { first_name: 'A', last_name: 'B', login: 'a@b.test', email: 'a@b.test' };
    const json = { resource: { okta_group: { G: { name: 'g', description: 'd' } }, okta_user: { U: user } } };
    expect(json).toMatchProviderSchemas({ okta: '4.20.0' });
    expect(json).toMatchProviderSchemas({ okta: '6.12.0' });
  });
});
