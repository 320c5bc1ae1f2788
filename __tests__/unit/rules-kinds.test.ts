import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AuthorizationServer,
  DevPortal,
  GatewayService,
  KonnectRegion,
  OidcAuthStrategy,
  OidcClient,
  OktaDevPortalOidc,
  PortalApi,
  PortalPage,
  PortalTeam,
  ProviderVersions,
} from '../../lib';
import { kinds } from '../../lib/rules-kinds';
import { newStack } from '../support/synth';
import { ISSUER, messageOf, UUID } from '../support/validation';

let stack: TerraformStack;
let portal: DevPortal;
const list = () => new TerraformVariable(stack, 'list', {}).listValue;
const name = () => new TerraformVariable(stack, 'name', {}).stringValue;

beforeEach(() => {
  stack = newStack();
  portal = new DevPortal(stack, 'portal', { name: 'portal' });
});

const service = { controlPlaneId: UUID, host: 'upstream.internal' };
const strategy = { name: 'strategy', issuer: ISSUER, credentialClaim: ['id'], scopes: ['api.access'] };
const cyclic: { self?: object } = {};
cyclic.self = cyclic;

let ordinal = 0;
const id = () => `it-${ordinal++}`;

/** What a mistake of the compiler's kind is answered with. `never` stands for what it would refuse. */
const refused: { readonly [message: string]: () => unknown } = {
  'props: must be an object with props. Received undefined. Pass the props that the constructor documents':
    () => new DevPortal(stack, id(), undefined as never),
  'props: must be an object with props. Received ["api"]. Pass the props that the constructor documents':
    () => new PortalApi(stack, id(), ['api'] as never),
  'clients.app: must be an object with props. Received null. Pass the props that the constructor documents':
    () => new OktaDevPortalOidc(stack, id(), { clients: { app: null as never } }),
  'name: must be given. Received undefined. Give it a value': () => new DevPortal(stack, id(), {} as never),
  'labels.team: must be given. Received undefined. Give it a value': () =>
    new PortalApi(stack, id(), { name: 'api', labels: { team: undefined as never } }),
  'redirectUris[1]: must be given. Received undefined. Give it a value': () =>
    new OidcClient(stack, id(), { label: 'app', redirectUris: ['https://a.b/c', undefined as never] }),
  'name: must be a string. Received null. Give a text, or a token that stands for one': () =>
    AuthorizationServer.fromName(stack, id(), null as never),
  'label: must be a string. Received 5. Give a text, or a token that stands for one': () =>
    new OidcClient(stack, id(), { label: 5 as never }),
  'name: must be a string. Received a value of type bigint that is no JSON. Give a text, or a token that stands for one':
    () => new DevPortal(stack, id(), { name: 5n as never }),
  'name: must be a string. Received stack/portal. Give a text, or a token that stands for one': () =>
    new DevPortal(stack, id(), { name: portal as never }),
  'name: must hold no token that CDKTF does not know, and none of a list or a map inside of a text. Received "${TfToken[NOBODY.1]}". Pass tokens of this app as they are; Fn.join makes a text of a list':
    () => new DevPortal(stack, id(), { name: '${TfToken[NOBODY.1]}' }),
  'labels.#{TfToken[A]}: must hold no token that CDKTF does not know, and none of a list or a map inside of a text. Received "#{TfToken[A]}". Pass tokens of this app as they are; Fn.join makes a text of a list':
    () => new DevPortal(stack, id(), { name: 'portal', labels: { '#{TfToken[A]}': 'a' } }),
  'readTimeout: must be a finite number. Received null. Give a number, or a token that stands for one': () =>
    new GatewayService(stack, id(), { ...service, readTimeout: Number.NaN }),
  'autoApproveDevelopers: must be true or false. Received "yes". Give one of them': () =>
    new DevPortal(stack, id(), { name: 'portal', autoApproveDevelopers: 'yes' as never }),
  'tags: must be a list. Received "a". Put it into brackets, also when it is only one': () =>
    new GatewayService(stack, id(), { ...service, tags: 'a' as never }),
  'labels: must be an object of values by key. Received ["a"]. Pass a plain object': () =>
    new DevPortal(stack, id(), { name: 'portal', labels: ['a'] as never }),
  'additionalProperties: must be JSON: plain objects, lists, strings, finite numbers, true, false and null. Received a value of type object that is no JSON. Convert other values, for example dates with toISOString()':
    () => new OidcAuthStrategy(stack, id(), { ...strategy, additionalProperties: { cyclic } }),
  'additionalProperties: must be JSON: plain objects, lists, strings, finite numbers, true, false and null. Received {"at":"1970-01-01T00:00:00.000Z"}. Convert other values, for example dates with toISOString()':
    () => new OidcAuthStrategy(stack, id(), { ...strategy, additionalProperties: { at: new Date(0) } }),
  // Not the secrets, which somebody may have written out.
  'additionalProperties: must be JSON: plain objects, lists, strings, finite numbers, true, false and null. Received {"client_secret":"********","redis":{"password":"********"},"at":"1970-01-01T00:00:00.000Z"}. Convert other values, for example dates with toISOString()':
    () => {
      const redis = { password: 'hunter2!' };
      const additionalProperties = { client_secret: ['s3cret'], redis, at: new Date(0) };
      return new OidcAuthStrategy(stack, id(), { ...strategy, additionalProperties });
    },
  'portal: must be a construct of the type that the prop has. Received "11111111-2222-4333-8444-555555555555". Pass the construct itself, not its id; import what exists with a from... method':
    () => new PortalPage(stack, id(), { portal: UUID as never, slug: 'a', content: '' }),
  'gatewayService: must be a construct of the type that the prop has. Received stack/portal. Pass the construct itself, not its id; import what exists with a from... method':
    () => new PortalApi(stack, id(), { name: 'api', gatewayService: portal as never }),
  'region: must be a member of the class that the prop has. Received "eu". Use a static member of the class, or its custom()':
    () => {
      const members = DevPortal.fromPortalId(stack, id(), UUID, { rbacEnabled: true });
      return new PortalTeam(stack, id(), { portal: members, name: 'team', region: 'eu' as never });
    },
  'region: must hold no token that CDKTF does not know, and none of a list or a map inside of a text. Received "${TfToken[NOBODY.2]}". Pass tokens of this app as they are; Fn.join makes a text of a list':
    () => {
      const members = DevPortal.fromPortalId(stack, id(), UUID, { rbacEnabled: true });
      const region = KonnectRegion.custom('${TfToken[NOBODY.2]}');
      return new PortalTeam(stack, id(), { portal: members, name: 'team', region });
    },
  'adopt: must be an Adoption. Received "adoption.json". Read one with Adoption.fromFile': () =>
    new OktaDevPortalOidc(stack, id(), { adopt: 'adoption.json' as never }),
  'provider: must be a provider of CDKTF. Received stack/portal. Pass the OktaProvider or KonnectProvider of the stack':
    () => new DevPortal(stack, id(), { name: 'portal', provider: portal as never }),
  'dependsOn[0]: must be something that Terraform can wait for. Received stack/portal. Pass a resource, for example the property resource of a construct':
    () => new DevPortal(stack, id(), { name: 'portal', dependsOn: [portal as never] }),
  'clientSecret: must be one of okta-only, in-state. Received "********". Use the enum of the prop': () =>
    new OidcClient(stack, id(), { label: 'app', clientSecret: 's3cret' as never }),
  'visibility: must be one of public, private. Received "secret". Use the enum of the prop': () =>
    new PortalPage(stack, id(), { portal, slug: 'a', content: '', visibility: 'secret' as never }),
  'grantTypes: must be known when the app is synthesized: resources depend on it. Received ["#{TfToken[TOKEN.1]}"]. Write it into the code instead of passing a token':
    () => {
      const policy = AuthorizationServer.fromDefault(stack, id()).addAccessPolicy('policy', { name: 'p' });
      policy.addRule({ name: 'rule', scopes: ['*'], grantTypes: list() as never });
    },
  'routes.Resource: must have a construct id as key: not empty, no token, not Resource. Received "Resource". Rename the key':
    () => new GatewayService(stack, id(), { ...service, routes: { Resource: { paths: ['/'] } } }),
  'routes.: must have a construct id as key: not empty, no token, not Resource. Received "". Rename the key':
    () => new GatewayService(stack, id(), { ...service, routes: { '': { paths: ['/'] } } }),
  'routes: must not have two keys that differ in / and -- only: construct ids do not tell them apart. Received {"a/b":{"paths":["/"]},"a--b":{"paths":["/"]}}. Rename one of them':
    () =>
      new GatewayService(stack, id(), {
        ...service,
        routes: { 'a/b': { paths: ['/'] }, 'a--b': { paths: ['/'] } },
      }),
  'okta: must be a string. Received 5. Give a text, or a token that stands for one': () =>
    ProviderVersions.require(stack, { okta: 5 as never }),
};

test.each(Object.entries(refused))('%s', (message, act) => {
  const [first, ...lines] = messageOf(act).split('\n');
  expect(first).toMatch(/^stack(\/it-\d+)?(\/policy)?: invalid input$/);
  expect(lines.map((line) => line.replace(/TOKEN\.\d+\]/, 'TOKEN.1]'))).toEqual([`  - ${message}.`]);
});

test('every kind has its message', () => {
  const messages = Object.keys(refused).join('\n');
  expect(
    Object.values(kinds).filter(({ rule, remedy }) => !messages.includes(rule) || !messages.includes(remedy)),
  ).toEqual([]);
});

test('all the props of a wrong kind are reported together', () => {
  const message = messageOf(
    () => new DevPortal(stack, id(), { name: 5, labels: 'a', rbacEnabled: name() } as never),
  );
  expect(
    message
      .split('\n')
      .slice(1)
      .map((line) => line.split(':')[0]),
  ).toEqual(['  - name', '  - rbacEnabled', '  - labels']);
});
