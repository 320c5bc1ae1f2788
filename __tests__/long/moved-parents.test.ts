import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  AccessPolicy,
  AccessPolicyRule,
  Api,
  ApiDocument,
  ApiVersion,
  AuthorizationServer,
  AuthorizationServerScope,
  ClientIdClaim,
  DevPortal,
  type IAuthorizationServer,
  OktaDevPortalOidc,
  PortalPage,
  PortalTeam,
} from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeWithTerraform } from '../support/sandbox';

/*
 * Both providers update a child in place when the reference to its parent moves, which the APIs answer with 404. Each
 * case deploys a stack with one parent, then with another one, and expects an empty plan after both.
 */
type Build = (stack: TerraformStack) => void;

const ownServer = (stack: TerraformStack, id = 'own') =>
  new AuthorizationServer(stack, id, { name: id, audiences: [`api://${id}`] });

/** One child of each kind, with construct ids that do not depend on the server. */
const childrenOf = (stack: TerraformStack, authorizationServer: IAuthorizationServer) => {
  new AuthorizationServerScope(stack, 'scope', { authorizationServer, scopeName: 'orders' });
  new ClientIdClaim(stack, 'claim', { authorizationServer, claimName: 'client' });
  const policy = new AccessPolicy(stack, 'policy', { authorizationServer, name: 'Orders', allClients: true });
  new AccessPolicyRule(stack, 'rule', { policy, name: 'Orders', scopes: ['orders'] });
};

/** The authentication with a client, on a server from elsewhere. */
const oidcOn = (stack: TerraformStack, authorizationServer?: IAuthorizationServer) =>
  new OktaDevPortalOidc(stack, 'oidc', {
    authorizationServer,
    clients: { app: { label: 'App', redirectUris: ['https://localhost/callback'] } },
  });

/** A server that both configurations have, so that it is not created or destroyed with the move. */
const both = (
  use: (stack: TerraformStack, first: AuthorizationServer, second: AuthorizationServer) => void,
) => {
  return (stack: TerraformStack) => use(stack, ownServer(stack, 'first'), ownServer(stack, 'second'));
};

const SERVERS: readonly (readonly [string, Build, Build])[] = [
  [
    'children from the default server to an own one',
    (stack) => childrenOf(stack, AuthorizationServer.fromDefault(stack, 'default')),
    (stack) => childrenOf(stack, ownServer(stack)),
  ],
  [
    'children from one own server to another',
    both((stack, first) => childrenOf(stack, first)),
    both((stack, _, second) => childrenOf(stack, second)),
  ],
  [
    'an authentication from the default server to an own one',
    (stack) => oidcOn(stack),
    (stack) => oidcOn(stack, ownServer(stack)),
  ],
  [
    'an authentication from one own server to another',
    both((stack, first) => oidcOn(stack, first)),
    both((stack, _, second) => oidcOn(stack, second)),
  ],
  [
    'what a server construct adds, from a lookup to a created server with one construct id',
    (stack) => {
      AuthorizationServer.fromDefault(stack, 'server').addScope('orders');
      AuthorizationServer.fromDefault(stack, 'server2').addClientIdClaim('client');
    },
    (stack) => {
      ownServer(stack, 'server').addScope('orders');
      ownServer(stack, 'server2').addClientIdClaim('client');
    },
  ],
  ['a rule to another policy', (stack) => rule(stack, 'first'), (stack) => rule(stack, 'second')],
];

function rule(stack: TerraformStack, name: string): void {
  const server = AuthorizationServer.fromDefault(stack, 'default');
  const policies = ['first', 'second'].map((each) =>
    server.addAccessPolicy(each, { name: each, allClients: true }),
  );
  const policy = policies.find(({ node }) => node.id === name) as AccessPolicy;
  new AccessPolicyRule(stack, 'rule', { policy, name: 'Orders', scopes: ['*'] });
}

function onPortal(stack: TerraformStack, index: number): void {
  const portals = ['one', 'two'].map((name) => new DevPortal(stack, name, { name, rbacEnabled: true }));
  const portal = portals[index];
  new PortalPage(stack, 'page', { portal, slug: 'guides', content: '# Guides' });
  new PortalTeam(stack, 'team', { portal, name: 'Partners' });
}

const CASES: readonly (readonly [string, Build, Build])[] = [
  ...SERVERS.flatMap(([name, from, to]) => [
    [name, from, to] as const,
    [`${name}, and back`, to, from] as const,
  ]),
  [
    'a page to another parent',
    (stack) => belowPage(stack, 'guides'),
    (stack) => belowPage(stack, 'reference'),
  ],
  [
    'a page from a parent that is destroyed',
    (stack) => belowPage(stack, 'guides', ['guides']),
    (stack) => belowPage(stack, 'reference', ['reference']),
  ],
  ['a page below another one', (stack) => belowPage(stack, 'none'), (stack) => belowPage(stack, 'guides')],
  [
    'a version to another API',
    (stack) => versionOf(stack, 'Orders'),
    (stack) => versionOf(stack, 'Invoices'),
  ],
  [
    'a document to another parent',
    (stack) => documentBelow(stack, 'guides'),
    (stack) => documentBelow(stack, 'reference'),
  ],
  [
    'a document from a parent that is destroyed',
    (stack) => documentBelow(stack, 'guides', ['guides']),
    (stack) => documentBelow(stack, 'reference', ['reference']),
  ],
  [
    'a document below another one',
    (stack) => documentBelow(stack, 'none'),
    (stack) => documentBelow(stack, 'guides'),
  ],
  [
    'a document to the top',
    (stack) => documentBelow(stack, 'guides'),
    (stack) => documentBelow(stack, 'none'),
  ],
  [
    'a document to another API',
    (stack) => documentOf(stack, 'Orders'),
    (stack) => documentOf(stack, 'Invoices'),
  ],
  ['page and team to another portal', (stack) => onPortal(stack, 0), (stack) => onPortal(stack, 1)],
];

/** Both parents stay, or the old one is destroyed with the move: Konnect deletes the pages below it. */
function belowPage(stack: TerraformStack, parent: string, parents = ['guides', 'reference']): void {
  const portal = new DevPortal(stack, 'portal', { name: 'Pages' });
  const pages = parents.map((slug) => portal.addPage(slug, { slug, content: `# ${slug}` }));
  new PortalPage(stack, 'page', {
    portal,
    parent: pages.find(({ node }) => node.id === parent),
    slug: 'first',
    content: '# First',
  });
}

function documentBelow(stack: TerraformStack, parent: string, parents = ['guides', 'reference']): void {
  const api = new Api(stack, 'api', { name: 'Orders' });
  const documents = parents.map((slug) => api.addDocument(slug, { slug, content: `# ${slug}` }));
  new ApiDocument(stack, 'document', {
    api,
    parent: documents.find(({ node }) => node.id === parent),
    slug: 'first',
    content: '# First',
  });
}

function documentOf(stack: TerraformStack, name: string): void {
  const apis = ['Orders', 'Invoices'].map((each) => new Api(stack, each, { name: each }));
  const api = apis.find(({ node }) => node.id === name) as Api;
  const guides = new ApiDocument(stack, 'guides', { api, slug: 'guides', content: '# Guides' });
  guides.addDocument('first', { slug: 'first', content: '# First' });
}

function versionOf(stack: TerraformStack, name: string): void {
  const apis = ['Orders', 'Invoices'].map((each) => new Api(stack, each, { name: each }));
  new ApiVersion(stack, 'version', {
    api: apis.find(({ node }) => node.id === name) as Api,
    version: '2.0',
    specification: 'openapi: 3.1.0',
  });
}

function synth(build: Build): string {
  const stack = new TerraformStack(Testing.app(), 'moved');
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  build(stack);
  return Testing.synth(stack, true);
}

describeWithTerraform('a child whose parent moves', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await Sandbox.start();
  }, 30_000);

  afterEach(() => sandbox.stop());

  test.each(CASES)(
    '%s',
    async (_name, from, to) => {
      for (const json of [from, to].map(synth)) {
        await sandbox.deployJson('moved', json);
        expect((await sandbox.planJson('moved', json)).changes).toEqual([]);
      }
    },
    60_000,
  );
});
