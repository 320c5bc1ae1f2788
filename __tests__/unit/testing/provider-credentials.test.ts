import { removeVariableCredentials } from '../../../testing/provider-credentials';

const stackWith = (provider: object) => ({ name: 'stack', json: JSON.stringify({ provider }) });

function remove(provider: object) {
  const { stacks, replacedVariables } = removeVariableCredentials([stackWith(provider)]);
  return { provider: JSON.parse(stacks[0].json).provider, replaced: Object.keys(replacedVariables) };
}

test('credentials that come from variables are removed, and the variables need no value', () => {
  const okta = { org_name: '${var.org}', api_token: '${var.okta_token}' };
  const konnect = [
    { server_url: 'https://eu.api.konghq.com', personal_access_token: '${var.konnect_token}' },
    { alias: 'us', system_account_access_token: '${trimspace(var.other_token)}' },
  ];
  expect(remove({ okta, konnect })).toEqual({
    provider: {
      okta: { org_name: '${var.org}' },
      konnect: [{ server_url: 'https://eu.api.konghq.com' }, { alias: 'us' }],
    },
    replaced: ['okta_token', 'konnect_token', 'other_token'],
  });
});

test('a private key is a credential', () => {
  const okta = { client_id: '0oa1', scopes: ['okta.apps.manage'], private_key: '${var.key}' };
  expect(remove({ okta })).toEqual({
    provider: { okta: { client_id: '0oa1', scopes: ['okta.apps.manage'] } },
    replaced: ['key'],
  });
});

test.each([
  ['literal credentials', { okta: { api_token: '00abc' } }],
  ['other arguments', { okta: { org_name: '${var.org}' }, konnect: { server_url: '${var.url}' } }],
  ['other providers', { aws: { secret_key: '${var.key}' } }],
])('%s stay', (_case, provider) => {
  expect(remove(provider)).toEqual({ provider, replaced: [] });
});

test('stacks without such credentials stay as they are', () => {
  const stack = stackWith({ okta: { org_name: 'org' } });
  expect(removeVariableCredentials([stack]).stacks[0]).toBe(stack);
});
