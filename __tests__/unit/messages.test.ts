import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import {
  Api,
  AuthMethod,
  DevPortal,
  OidcAuthStrategy,
  OidcClient,
  OidcClientType,
  OktaDevPortalOidc,
  PortalPage,
  PortalTeam,
  ValidationError,
} from '../../lib';
import { newStack } from '../support/synth';
import { type Act, catchError, catchSynthError, ISSUER, messageOf, UUID } from '../support/validation';

/*
 * Full texts of some messages. The other tests ask for parts of them.
 */
const portal: (stack: Parameters<Act>[0]) => DevPortal = (stack) =>
  new DevPortal(stack, 'portal', { name: 'Portal' });

const strategy = { name: 'okta', issuer: ISSUER, credentialClaim: ['clientId'], scopes: ['api.access'] };

const messages: { readonly [message: string]: Act } = {
  '`name` is required. Received undefined. Set it.': (s) => new Api(s, 'Id', {} as never),
  '`props` must be an object with props. Received undefined. Pass the props that the constructor documents.':
    (s) => new DevPortal(s, 'Id', undefined as never),
  '`versoin` is not a known prop. Received "x". Use version.': (s) =>
    new Api(s, 'Id', { name: 'x', versoin: 'x' } as never),
  '`label` must be a string. Received 5. Pass a string, or a token of one.': (s) =>
    new OidcClient(s, 'Id', { label: 5 as never }),
  '`portal` must be a construct with portalId. Received "11111111-2222-4333-8444-555555555555". Pass the construct itself, not its id. Reference existing resources with a from… method.':
    (s) => new PortalPage(s, 'Id', { portal: UUID as never, slug: 'a', content: '' }),
  '`region` must be a member of the class of the prop. Received "eu". Use a static member of the class, or its custom().':
    (s) => {
      const members = DevPortal.fromPortalId(s, 'members', UUID, { rbacEnabled: true });
      return new PortalTeam(s, 'Id', { portal: members, name: 'team', region: 'eu' as never });
    },
  '`name` must contain only tokens that CDKTF knows, and no list or map inside of a text. Received "${TfToken[UNKNOWN.1]}". Pass tokens of this app unchanged. Fn.join makes a text of a list.':
    (s) => new DevPortal(s, 'Id', { name: '${TfToken[UNKNOWN.1]}' }),
  '`additionalProperties` must be JSON: plain objects, lists, strings, finite numbers, true, false and null. Received {"client_secret":"********","redis":{"password":"********"},"at":"1970-01-01T00:00:00.000Z"}. Convert other values, for example dates with toISOString().':
    (s) => {
      const additionalProperties = {
        client_secret: ['s3cret'],
        redis: { password: 'hunter2!' },
        at: new Date(0),
      };
      return new OidcAuthStrategy(s, 'Id', { ...strategy, additionalProperties });
    },
  '`visibility` must be one of public, private. Received "secret". Use a member of the enum.': (s) =>
    new PortalPage(s, 'Id', { portal: portal(s), slug: 'a', content: '', visibility: 'secret' as never }),
};

test.each(Object.entries(messages))('%s', (message, act) => {
  expect(messageOf(() => act(newStack()))).toBe(`stack/Id: invalid input\n  - ${message}`);
});

test('a message at synthesis has the same format', () => {
  const stack = newStack();
  portal(stack);
  new KonnectProvider(stack, 'konnect-eu', { alias: 'eu' });
  expect(catchSynthError(stack)).toContain(
    'stack/portal: invalid input\n  - `provider` is required: the stack has only aliased providers. Received "only konnect.eu". Pass one of them as provider, to OktaDevPortalOidc and PortalCatalog as konnectProvider or oktaProvider.',
  );
});

test('one error has all failures of a construct', () => {
  const error = catchError(
    () =>
      new OktaDevPortalOidc(newStack(), 'Id', {
        displayName: '',
        claimName: 'cid',
        scopes: ['openid', 'openid'],
        name: '',
        authMethods: [AuthMethod.PASSWORD, AuthMethod.CLIENT_CREDENTIALS],
        labels: { team: '' },
        accessPolicy: { priority: 0, accessTokenLifetimeMinutes: 4 },
        clients: {
          web: { label: 'web', redirectUris: [] },
          job: { label: '', type: OidcClientType.SERVICE, redirectUris: ['https://app.example.com/*'] },
        },
        allowedClientIds: ['0oa1', '0oa1'],
      }),
  );
  expect(error).toMatchObject({ name: 'ValidationError', constructPath: 'stack/Id' });
  expect(error.failures.map(({ prop }) => prop)).toEqual([
    'displayName',
    'authMethods',
    'labels.team',
    'accessPolicy.priority',
    'accessPolicy.accessTokenLifetimeMinutes',
    'claimName',
    'scopes',
    'scopes[0]',
    'scopes[1]',
    'name',
    'clients.web.redirectUris',
    'clients.job.label',
    'clients.job.redirectUris[0]',
    'clients.job.redirectUris',
    'allowedClientIds',
  ]);
  expect(error.failures[4]).toEqual({
    prop: 'accessPolicy.accessTokenLifetimeMinutes',
    rule: 'must be a whole number of minutes, 5 to 1440 (Okta)',
    received: '4',
    remedy: 'Use 5 to 1440',
  });
  expect(error.message.split('\n')).toHaveLength(1 + error.failures.length);
});

test('a long value is cut', () => {
  const { failures } = catchError(() => new Api(newStack(), 'Id', { name: 'x'.repeat(256) }));
  expect(failures[0].received).toBe(`"${'x'.repeat(99)}…`);
});

test.each([
  [5n, 'a value of type bigint that is not JSON'],
  [Number.NaN, 'null'],
  [Symbol('x'), 'Symbol(x)'],
])('%p is shown as %s', (value, received) => {
  const { failures } = catchError(() => new Api(newStack(), 'Id', { name: value as never }));
  expect(failures[0].received).toBe(received);
});

test('rules about several props are checked if all types are right', () => {
  const { failures } = catchError(
    () => new OidcClient(newStack(), 'Id', { label: 5 as never, type: OidcClientType.WEB, redirectUris: [] }),
  );
  expect(failures.map(({ prop }) => prop)).toEqual(['label']);
});

test('isValidationError', () => {
  const error = catchError(() => new Api(newStack(), 'Id', { name: '' }));
  expect(
    [error, new Error('other'), undefined].map((each) => ValidationError.isValidationError(each)),
  ).toEqual([true, false, false]);
});
