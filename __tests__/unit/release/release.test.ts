import { Construct } from 'constructs';
import { DevPortal, type GatewayService, Moves, OidcPublications, OktaDevPortalOidc } from '../../../lib';
import { prerequisites, stackWithProviders } from '../../support/how-to';
import { type Synthesized, synthesize } from '../../support/synth';
import { UUID } from '../../support/validation';
import { removedAddresses } from './removed-blocks';
import '../../../testing/jest';

/** The how-to with a team and a page on the portal. */
function howTo() {
  const stack = stackWithProviders();
  const { portal, api } = prerequisites(stack);
  portal.addPage('terms', { slug: 'terms', content: 'Be kind' });
  const oidc = new OktaDevPortalOidc(stack, 'oidc', {
    clients: { app: { label: 'App', redirectUris: ['https://localhost/callback'] } },
    publications: { 'my-api': { api, portal } },
  });
  return { stack, portal, api, oidc };
}

test('a portal and its publication become removed blocks, and the rest stays as it is', () => {
  const before = synthesize(howTo().stack);
  const { stack, portal, oidc } = howTo();
  portal.release();
  oidc.publications[0]?.release();
  const json = synthesize(stack);
  const gone = before.addresses().filter((address) => !json.addresses().includes(address));
  expect(removedAddresses(json)).toEqual(gone);
  expect(gone.map((address) => address.replace(/_[0-9A-F]{8}$/, ''))).toEqual([
    'konnect_api_publication.oidc_Publication-my-api',
    'konnect_portal.portal',
    'konnect_portal_page.portal_HomePage',
    'konnect_portal_page.portal_terms',
    'terraform_data.oidc_Publication-my-api_Published',
    'terraform_data.portal_Id',
  ]);
  expect(json.json.terraform).toMatchObject({ required_version: '>= 1.7.0' });
  expect(json.json).toMatchProviderSchemas();
});

test('without a release there is neither a block nor a version', () => {
  const { json } = synthesize(howTo().stack);
  expect(json).not.toHaveProperty('removed');
  expect(json.terraform).not.toHaveProperty('required_version');
});

test('covers children that are added later, and is idempotent', () => {
  const { stack, portal, oidc } = howTo();
  portal.release();
  portal.homePage?.release();
  portal.release();
  portal.addPage('later', { slug: 'later', content: '' });
  oidc.publications[0]?.release();
  const addresses = removedAddresses(synthesize(stack));
  expect(addresses.filter((address) => address.includes('later'))).toHaveLength(1);
  expect(new Set(addresses).size).toBe(addresses.length);
});

test('a child that was released before its parent is in the blocks once', () => {
  const { stack, portal, oidc } = howTo();
  portal.homePage?.release();
  portal.release();
  oidc.publications[0]?.release();
  const addresses = removedAddresses(synthesize(stack));
  expect(addresses.filter((address) => address.includes('HomePage'))).toHaveLength(1);
});

test('a reference takes over the id, and publications keep their addresses', () => {
  const before = synthesize(howTo().stack);
  const stack = stackWithProviders();
  const { portal: created, api } = prerequisites(stack);
  created.release();
  const portal = DevPortal.fromPortalId(stack, 'portal', UUID);
  new OktaDevPortalOidc(stack, 'oidc', { publications: { 'my-api': { api, portal } } });
  const json = synthesize(stack);
  expect(json.only('konnect_api_publication').portal_id).toBe(UUID);
  const names = (each: Synthesized) => Object.keys(each.resources('konnect_api_publication'));
  expect(names(json)).toEqual(names(before));
});

test('all of the how-to can be released', () => {
  const { stack, portal, api, oidc } = howTo();
  const before = synthesize(howTo().stack);
  for (const each of [portal, api, oidc, stack.node.findChild('service') as GatewayService]) {
    each.release();
  }
  const json = synthesize(stack);
  expect(json.addresses()).toEqual([]);
  expect(removedAddresses(json)).toEqual(before.addresses());
  expect(json.json).not.toHaveProperty('data');
});

test('releases the Konnect half for any issuer', () => {
  const stack = stackWithProviders();
  const { portal, api } = prerequisites(stack);
  const publications = new OidcPublications(stack, 'keycloak', {
    issuer: 'https://keycloak.example.com/realms/apis',
    name: 'Keycloak',
    credentialClaim: ['azp'],
    scopes: ['api'],
  });
  publications.publish('my-api', { api, portal });
  publications.release();
  const addresses = removedAddresses(synthesize(stack));
  expect(addresses.map((address) => address.split('.')[0])).toEqual([
    'konnect_api_publication',
    'konnect_application_auth_strategy',
    'terraform_data',
  ]);
});

test('a construct that was renamed is forgotten at its former address too', () => {
  const stack = stackWithProviders();
  const portal = new DevPortal(new Construct(stack, 'platform'), 'portal', { name: 'Portal', homePage: '' });
  Moves.from(portal, 'developers', 'portal');
  portal.release();
  const json = synthesize(stack);
  expect(removedAddresses(json).map((address) => address.replace(/_[0-9A-F]{8}$/, ''))).toEqual([
    'konnect_portal.developers',
    'konnect_portal.platform_portal',
    'konnect_portal.portal',
  ]);
  expect(json.json).not.toHaveProperty('moved');
});
