import { Client } from '@okta/okta-sdk-nodejs';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import * as openid from 'openid-client';

/*
 * Published clients against the sandbox: Okta's SDK for Node.js sets up the Okta half of the how-to, and
 * openid-client gets tokens from the issuer.
 */
const AUTH_SERVER = 'default';
const LABELS = ['Dev Portal app', 'Second app', 'Third app'];

let sandbox: Sandbox;
let okta: Client;

beforeAll(async () => {
  sandbox = await Sandbox.start();
  okta = new Client({ orgUrl: sandbox.okta.url, token: sandbox.okta.apiToken });
});

afterAll(() => sandbox.stop());

/** The names in a collection of the SDK, which follows the links to further pages. */
async function namesOf(
  collection: Promise<{ each(visit: (item: { name?: string; label?: string }) => void): Promise<unknown> }>,
): Promise<unknown[]> {
  const names: unknown[] = [];
  await (await collection).each(({ label, name }) => {
    names.push(label ?? name);
  });
  return names;
}

/** Creates the Okta half of the how-to with the SDK. */
async function setUpHowTo(): Promise<{ readonly clientId: string; readonly clientSecret: string }> {
  await okta.authorizationServerApi.createOAuth2Scope({
    authServerId: AUTH_SERVER,
    oAuth2Scope: { name: 'api.access', metadataPublish: 'ALL_CLIENTS' },
  });
  await okta.authorizationServerApi.createOAuth2Claim({
    authServerId: AUTH_SERVER,
    oAuth2Claim: {
      name: 'clientId',
      status: 'ACTIVE',
      claimType: 'RESOURCE',
      valueType: 'EXPRESSION',
      value: 'app.clientId',
      alwaysIncludeInToken: true,
    },
  });
  const [{ client_id: clientId = '', client_secret: clientSecret = '' }] = await Promise.all(
    LABELS.map(createApplication),
  );
  const { id: policyId = '' } = await okta.authorizationServerApi.createAuthorizationServerPolicy({
    authServerId: AUTH_SERVER,
    policy: {
      type: 'OAUTH_AUTHORIZATION_POLICY',
      status: 'ACTIVE',
      name: 'Clients',
      description: 'Clients',
      conditions: { clients: { include: [clientId] } },
    },
  });
  await okta.authorizationServerApi.createAuthorizationServerPolicyRule({
    authServerId: AUTH_SERVER,
    policyId,
    policyRule: {
      type: 'RESOURCE_ACCESS',
      name: 'Client credentials',
      conditions: {
        people: { groups: { include: ['EVERYONE'] } },
        grantTypes: { include: ['client_credentials'] },
        scopes: { include: ['api.access'] },
      },
      actions: { token: { accessTokenLifetimeMinutes: 60 } },
    },
  });
  return { clientId, clientSecret };
}

async function createApplication(label: string) {
  const created = await okta.applicationApi.createApplication({
    application: {
      name: 'oidc_client',
      label,
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        oauthClient: {
          application_type: 'web',
          grant_types: ['authorization_code', 'client_credentials'],
          redirect_uris: ['https://localhost/callback'],
          response_types: ['code'],
        },
      },
    } as never,
  });
  const { credentials } = created as {
    credentials?: { oauthClient?: { client_id?: string; client_secret?: string } };
  };
  return credentials?.oauthClient ?? {};
}

test("Okta's SDK sets up the how-to, and openid-client gets a token", async () => {
  const { clientId, clientSecret } = await setUpHowTo();

  sandbox.requests.clear();
  expect(await namesOf(okta.applicationApi.listApplications({ limit: 1 }))).toEqual(LABELS);
  // One page for each application.
  expect(sandbox.requests.all().map(({ method, status }) => `${method} ${status}`)).toEqual(
    LABELS.map(() => 'GET 200'),
  );
  expect(
    await namesOf(okta.authorizationServerApi.listOAuth2Scopes({ authServerId: AUTH_SERVER, limit: 1 })),
  ).toContain('api.access');
  expect(
    await namesOf(okta.authorizationServerApi.listOAuth2Claims({ authServerId: AUTH_SERVER })),
  ).toContain('clientId');

  const issuer = new URL(`${sandbox.okta.url}/oauth2/${AUTH_SERVER}`);
  const discover = (secret: string) =>
    openid.discovery(issuer, clientId, undefined, openid.ClientSecretBasic(secret), {
      execute: [openid.allowInsecureRequests],
    });
  const tokens = await openid.clientCredentialsGrant(await discover(clientSecret), { scope: 'api.access' });
  expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'api.access', expires_in: 3600 });
  const [, payload = ''] = tokens.access_token.split('.');
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
    iss: issuer.href,
    clientId,
    scp: ['api.access'],
  });

  await expect(
    openid.clientCredentialsGrant(await discover(clientSecret), { scope: 'other' }),
  ).rejects.toMatchObject({ error: 'invalid_scope' });
  await expect(
    openid.clientCredentialsGrant(await discover('wrong'), { scope: 'api.access' }),
  ).rejects.toMatchObject({ error: 'invalid_client' });
});
