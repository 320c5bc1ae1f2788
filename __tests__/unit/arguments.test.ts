import type { TerraformStack } from 'cdktf';
import {
  Api,
  AuthorizationServer,
  AuthorizationServerScope,
  ControlPlane,
  DevPortal,
  Moves,
  OidcAuthStrategy,
  OidcClient,
  PortalDeveloper,
  PortalRole,
} from '../../lib';
import { newStack } from '../support/synth';
import { expectFailures, UUID } from '../support/validation';

/* Failures of an argument have its name in the signature. */
let stack: TerraformStack;
let portal: DevPortal;
let api: Api;

beforeEach(() => {
  stack = newStack();
  portal = new DevPortal(stack, 'portal', { name: 'Portal', rbacEnabled: true });
  api = new Api(stack, 'api', { name: 'API' });
});

const missing = undefined as never;
const server = () => AuthorizationServer.fromDefault(stack, 'server');
const policy = () => server().addAccessPolicy('policy', { name: 'Policy' });
const team = () => portal.addTeam('team', { name: 'Team' });

test.each<[argument: string, method: string, act: () => unknown]>([
  ['scopeName', 'fromScopeName', () => AuthorizationServerScope.fromScopeName(stack, 'existing', missing)],
  ['controlPlaneId', 'fromControlPlaneId', () => ControlPlane.fromControlPlaneId(stack, 'existing', missing)],
  ['scopeName', 'addScope', () => server().addScope(missing)],
  ['claimName', 'addClientIdClaim', () => server().addClientIdClaim(missing)],
  ['client', 'addClient', () => policy().addClient(missing)],
  ['id', 'addRule', () => policy().addRule({ name: 'Rule', scopes: ['*'] }, 5 as never)],
  ['clientId', 'OidcClient.fromClientId', () => OidcClient.fromClientId(stack, 'existing', missing)],
  [
    'strategyId',
    'OidcAuthStrategy.fromStrategyId',
    () => OidcAuthStrategy.fromStrategyId(stack, 'existing', missing),
  ],
  ['portalId', 'DevPortal.fromPortalId', () => DevPortal.fromPortalId(stack, 'existing', missing)],
  ['apiId', 'Api.fromApiId', () => Api.fromApiId(stack, 'existing', missing)],
  ['gatewayService', 'linkTo', () => api.linkTo(missing)],
  ['team', 'grant', () => api.grant(missing, PortalRole.API_VIEWER)],
  ['team', 'grantViewer', () => api.grantViewer(missing)],
  ['team', 'grantConsumer', () => api.grantConsumer(missing)],
  ['role', 'grant', () => api.grant(team(), missing)],
  [
    'developerId',
    'PortalDeveloper.fromDeveloperId',
    () => PortalDeveloper.fromDeveloperId(stack, 'existing', missing, portal),
  ],
  [
    'portal',
    'PortalDeveloper.fromDeveloperId',
    () => PortalDeveloper.fromDeveloperId(stack, 'existing', UUID, missing),
  ],
  ['construct', 'Moves.from', () => Moves.from(missing, 'former')],
])('%s of %s is required', (argument, _method, act) => {
  expectFailures(act, [argument, /^(is required|must be )/]);
});

test('the id of a rule is not empty', () => {
  const rule = { name: 'Rule', scopes: ['*'] };
  expectFailures(() => policy().addRule(rule, ''), ['id', /must have at least 1 character/]);
});
