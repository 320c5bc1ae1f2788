import type { JWTPayload } from 'jose';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Signer } from '../../../packages/sandbox/src/oauth/signer';
import { ManualSetup } from '../../support/manual-setup';

/*
 * What the gateway asks of a token, with settings as Konnect has them, for both ways in which a token gets there.
 */
let sandbox: Sandbox;
let made: ManualSetup;

beforeAll(async () => {
  sandbox = await Sandbox.start();
  made = await ManualSetup.create(sandbox);
  const portal = `/v3/portals/${made.portalId}`;
  const { id: developer } = await made.admin.konnect('POST', `${portal}/developers`, {
    email: 'dev@example.test',
    full_name: 'Dev',
  });
  const { id: application } = await made.admin.konnect('POST', `${portal}/applications`, {
    name: 'My app',
    client_id: made.clientId,
    auth_strategy_id: made.strategyId,
    owner: { type: 'developer', id: developer },
  });
  const registrations = `${portal}/applications/${application}/registrations`;
  await made.admin.konnect('POST', registrations, { api_id: made.apiId, status: 'approved' });
});

afterEach(() => {
  jest.restoreAllMocks();
});

afterAll(() => sandbox.stop());

/** Puts settings of the plugin into the strategy. */
async function require(settings: object, authMethods = ['client_credentials', 'bearer']): Promise<void> {
  await made.admin.konnect('PATCH', `/v2/application-auth-strategies/${made.strategyId}`, {
    configs: {
      'openid-connect': {
        issuer: made.issuer,
        credential_claim: ['clientId'],
        scopes: ['api.access'],
        auth_methods: authMethods,
        ...settings,
      },
    },
  });
}

const basic = () => `Basic ${Buffer.from(`${made.clientId}:${made.clientSecret}`).toString('base64')}`;

async function bearer(): Promise<string> {
  const response = await fetch(`${made.issuer}/v1/token`, {
    method: 'POST',
    headers: { authorization: basic() },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'api.access' }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return `Bearer ${token}`;
}

/** Lets the tokens have more claims, also such as no expression of Okta makes. */
function nestClaims(claimsFor: (payload: JWTPayload) => JWTPayload): void {
  const { sign } = Signer.prototype;
  jest.spyOn(Signer.prototype, 'sign').mockImplementation(function (this: Signer, payload) {
    return sign.call(this, { ...payload, ...claimsFor(payload) });
  });
}

/** Status and reason of a request to the API. */
async function call(authorization: string): Promise<[number, string]> {
  const response = await fetch(`${sandbox.gateway.url}/anything`, { headers: { authorization } });
  await response.text();
  return [response.status, response.headers.get('x-sandbox-reason') ?? ''];
}

/** What both ways are answered with, which is the same. */
async function answer(): Promise<[number, string]> {
  const [got, sent] = [await call(basic()), await call(await bearer())];
  expect(sent).toEqual(got);
  return got;
}

describe.each([
  ['scope', 'scopes_required', 'scopes_claim', 'scp', 'api.access', 'scope'],
  ['audience', 'audience_required', 'audience_claim', 'aud', 'api://default', 'aud'],
])('a required %s', (name, required, claim, actual, value, byDefault) => {
  test.each([
    ['the value', [value]],
    ['one of several', ['other', value]],
  ])('is met by %s', async (_what, entries) => {
    await require({ [required]: entries, [claim]: [actual] });
    expect(await answer()).toEqual([200, '']);
  });

  test.each([
    ['another value', ['other'], 'other'],
    ['a part of the value', [value.slice(0, -1)], value.slice(0, -1)],
    ['one of two that belong together', [`${value} other`], `${value} other`],
    ['none of several', ['other', 'another'], 'other or another'],
  ])('is not met by %s: 403', async (_what, entries, shown) => {
    await require({ [required]: entries, [claim]: [actual] });
    expect(await answer()).toEqual([403, `the token has no ${name} ${shown} in ${actual}`]);
  });

  test('is looked for where the plugin does by default', async () => {
    await require({ [required]: [value] });
    expect(await answer()).toEqual(
      byDefault === actual ? [200, ''] : [403, `the token has no ${name} ${value} in ${byDefault}`],
    );
  });

  test('is met by a nested claim, and only where the path ends', async () => {
    nestClaims((payload) => ({ resource: { [`${name}s`]: payload[actual] } }));
    await require({ [required]: [value], [claim]: ['resource', `${name}s`] });
    expect(await answer()).toEqual([200, '']);
    for (const path of [['resource'], [`${name}s`], ['resource', 'other']]) {
      await require({ [required]: [value], [claim]: path });
      expect(await answer()).toEqual([403, `the token has no ${name} ${value} in ${path.join('.')}`]);
    }
  });

  test('is not met by a claim that is nested elsewhere: 403', async () => {
    await require({ [required]: [value], [claim]: ['app', actual] });
    expect(await answer()).toEqual([403, `the token has no ${name} ${value} in app.${actual}`]);
  });
});

test.each([
  ['group', 'groups'],
  ['role', 'roles'],
])('a required %s is not met by tokens of clients, which have none: 403', async (name, claim) => {
  await require({ [`${claim}_required`]: ['staff'] });
  expect(await answer()).toEqual([403, `the token has no ${name} staff in ${claim}`]);
});

test('everything that is required has to be met', async () => {
  const scopes = { scopes_required: ['api.access'], scopes_claim: ['scp'] };
  await require({ ...scopes, audience_required: ['api://default'] });
  expect(await answer()).toEqual([200, '']);
  await require({ ...scopes, audience_required: ['api://other'] });
  expect(await answer()).toEqual([403, 'the token has no audience api://other in aud']);
});

test('an empty list requires nothing', async () => {
  await require({ scopes_required: [], audience_required: [] });
  expect(await answer()).toEqual([200, '']);
});

test('a strategy takes what it has the method for, and nothing else: 401', async () => {
  await require({}, ['bearer']);
  expect(await call(basic())).toEqual([401, 'no credentials for bearer']);
  expect((await call(await bearer()))[0]).toBe(200);
  await require({}, ['client_credentials']);
  expect((await call(basic()))[0]).toBe(200);
  expect(await call(await bearer())).toEqual([401, 'no credentials for client_credentials']);
});

test('a token that is not valid is refused before anything is required of it: 401', async () => {
  await require({ audience_required: ['api://other'] });
  const token = await bearer();
  sandbox.clock.advance(60 * 60 + 1);
  expect(await call(token)).toEqual([401, '"exp" claim timestamp check failed']);
});
