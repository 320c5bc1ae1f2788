import type { TerraformStack } from 'cdktf';
import {
  AuthorizationServer,
  DevPortal,
  Moves,
  OidcAuthStrategy,
  OidcClient,
  OktaDevPortalOidc,
  PortalApi,
  PortalDeveloper,
  PortalRole,
  PortalTeam,
} from '../../lib';
import { newStack } from '../support/synth';
import { messageOf, UUID } from '../support/validation';

/*
 * What methods take by position is called in messages as in their signatures.
 */
let stack: TerraformStack;
let portal: DevPortal;
let api: PortalApi;

beforeEach(() => {
  stack = newStack();
  portal = new DevPortal(stack, 'portal', { name: 'Portal', rbacEnabled: true });
  api = new PortalApi(stack, 'api', { name: 'API' });
});

const nothing = undefined as never;
const server = () => AuthorizationServer.fromDefault(stack, 'server');
const policy = () => server().addAccessPolicy('policy', { name: 'Policy' });
const team = () => new PortalTeam(stack, 'team', { portal, name: 'Team' });

test.each<[argument: string, method: string, act: () => unknown]>([
  ['name', 'AuthorizationServer.fromName', () => AuthorizationServer.fromName(stack, 'found', nothing)],
  ['scopeName', 'addScope', () => server().addScope(nothing)],
  ['claimName', 'addClientIdClaim', () => server().addClientIdClaim(nothing)],
  ['client', 'addClient', () => policy().addClient(nothing)],
  ['id', 'addRule', () => policy().addRule({ name: 'Rule', scopes: ['*'] }, 5 as never)],
  ['clientId', 'OidcClient.fromClientId', () => OidcClient.fromClientId(stack, 'found', nothing)],
  [
    'strategyId',
    'OidcAuthStrategy.fromStrategyId',
    () => OidcAuthStrategy.fromStrategyId(stack, 'found', nothing),
  ],
  ['portalId', 'DevPortal.fromPortalId', () => DevPortal.fromPortalId(stack, 'found', nothing)],
  ['apiId', 'PortalApi.fromApiId', () => PortalApi.fromApiId(stack, 'found', nothing)],
  ['gatewayService', 'linkTo', () => api.linkTo(nothing)],
  ['api', 'grant', () => team().grant(nothing, PortalRole.API_VIEWER)],
  ['role', 'grant', () => team().grant(api, nothing)],
  [
    'developerId',
    'PortalDeveloper.fromDeveloperId',
    () => PortalDeveloper.fromDeveloperId(stack, 'found', nothing, portal),
  ],
  [
    'portal',
    'PortalDeveloper.fromDeveloperId',
    () => PortalDeveloper.fromDeveloperId(stack, 'found', UUID, nothing),
  ],
  ['construct', 'Moves.from', () => Moves.from(nothing, 'former')],
  ['oidc', 'OktaDevPortalOidc.fromOidc', () => OktaDevPortalOidc.fromOidc(stack, 'other', nothing)],
])('%s of %s', (argument, _method, act) => {
  expect(messageOf(act)).toMatch(new RegExp(`^\\S+: invalid input\\n {2}- ${argument}: must be `));
});

test('the id of a rule is a construct id', () => {
  const rule = { name: 'Rule', scopes: ['*'] };
  expect(messageOf(() => policy().addRule(rule, ''))).toContain('  - id: must have a construct id as key');
});
