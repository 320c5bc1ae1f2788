import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import fc from 'fast-check';
import {
  Api,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
} from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import type { PropsSpec } from '../../lib/core/props-spec';
import { API_DOCUMENT } from '../../lib/konnect/api-document';
import { API } from '../../lib/konnect/api-props';
import { API_PUBLICATION_OPTIONS } from '../../lib/konnect/api-publication';
import { CONTROL_PLANE } from '../../lib/konnect/control-plane';
import { DEV_PORTAL } from '../../lib/konnect/dev-portal-props';
import { GATEWAY_ROUTE_OPTIONS } from '../../lib/konnect/gateway-route';
import { GATEWAY_SERVICE } from '../../lib/konnect/gateway-service';
import { PORTAL_PAGE } from '../../lib/konnect/portal-page';
import { ACCESS_POLICY } from '../../lib/okta/access-policy';
import { ACCESS_POLICY_RULE_OPTIONS } from '../../lib/okta/access-policy-rule';
import { CLIENT_ACCESS_POLICY_OPTIONS } from '../../lib/okta/client-access-policy';
import { Fixture } from '../support/fixture';
import { describeWithTerraform } from '../support/sandbox';
import { type AnySpec, SpecValues } from '../unit/fuzz/spec-values';

/** Runs, each a stack with other props. `FUZZ_RUNS` sets more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 15);

const fixture = new Fixture();
const values = new SpecValues(fixture);

/** Valid values of some props, each of which may be left out. */
function some<T, K extends keyof T & string>(spec: PropsSpec<T>, ...names: K[]): fc.Arbitrary<Pick<T, K>> {
  const fields = Object.fromEntries(names.map((name) => [name, spec.fields[name]]));
  return values.props({ fields, rules: [] } as AnySpec) as unknown as fc.Arbitrary<Pick<T, K>>;
}

const PROPS = fc.record({
  controlPlane: some(CONTROL_PLANE, 'name', 'description'),
  service: some(GATEWAY_SERVICE, 'port', 'path', 'retries', 'connectTimeoutMs', 'readTimeoutMs', 'tags'),
  route: some(GATEWAY_ROUTE_OPTIONS, 'methods', 'hosts', 'headers', 'stripPath', 'tags'),
  portal: some(
    DEV_PORTAL,
    'name',
    'displayName',
    'description',
    'rbacEnabled',
    'autoApproveDevelopers',
    'autoApproveApplications',
    'defaultApiVisibility',
    'defaultPageVisibility',
    'homePage',
  ),
  page: some(PORTAL_PAGE, 'title', 'description', 'content', 'visibility', 'published'),
  document: some(API_DOCUMENT, 'title', 'content', 'published'),
  api: some(API, 'name', 'version', 'description', 'attributes'),
  publication: some(API_PUBLICATION_OPTIONS, 'visibility', 'autoApproveRegistrations'),
  accessPolicy: some(
    CLIENT_ACCESS_POLICY_OPTIONS,
    'description',
    'priority',
    'ruleName',
    'accessTokenLifetimeMinutes',
  ),
  policy: some(ACCESS_POLICY, 'description', 'priority'),
  rules: fc.array(some(ACCESS_POLICY_RULE_OPTIONS, 'accessTokenLifetimeMinutes'), { maxLength: 3 }),
});

type Props = typeof PROPS extends fc.Arbitrary<infer T> ? T : never;

function synth(props: Props): string {
  const stack = new TerraformStack(Testing.app(), 'random');
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  const gatewayService = new GatewayService(stack, 'service', {
    controlPlane: new ControlPlane(stack, 'control-plane', props.controlPlane),
    host: 'upstream.internal',
    ...props.service,
    routes: { route: { paths: ['/orders'], ...props.route } },
  });
  const portal = new DevPortal(stack, 'portal', props.portal);
  portal.addPage('page', { slug: 'guides', ...props.page });
  const api = new Api(stack, 'api', { gatewayService, ...props.api });
  api.addDocument('document', { slug: 'guide', ...props.document });
  const authorizationServer = AuthorizationServer.fromDefault(stack, 'server');
  const policy = authorizationServer.addAccessPolicy('policy', {
    name: 'Partners',
    allClients: true,
    ...props.policy,
  });
  for (const [index, rule] of props.rules.entries()) {
    policy.addRule({ name: `Rule ${index}`, scopes: ['*'], ...rule });
  }
  new OktaDevPortalOidc(stack, 'oidc', {
    authorizationServer,
    accessPolicy: props.accessPolicy,
    clients: { app: { label: 'App', redirectUris: ['https://localhost/callback'] } },
    publications: { api: { api, portal, ...props.publication } },
  });
  return Testing.synth(stack, true);
}

describeWithTerraform('a plan right after an apply', () => {
  const samples = fc.sample(PROPS, { numRuns: RUNS, seed: 16 });

  test.each(samples.map((props, index) => [index + 1, props] as const))(
    'with the random props no. %i is empty',
    async (_number, props) => {
      const sandbox = await Sandbox.start();
      try {
        const json = synth(props);
        await sandbox.deployJson('random', json);
        expect((await sandbox.planJson('random', json)).changes).toEqual([]);
      } finally {
        await sandbox.stop();
      }
    },
    60_000,
  );
});
