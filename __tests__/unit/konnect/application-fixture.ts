import { OktaDevPortalOidc, PortalDeveloper, ProviderVersions } from '../../../lib';
import { prerequisites, stackWithProviders } from '../../support/how-to';
import type { synthesize } from '../../support/synth';

export const konnect = '>= 3.21.0, < 4.0.0';
export const app = { label: 'App', redirectUris: ['https://localhost/callback'] };
export const person = { email: 'dev@example.com', fullName: 'Dev' };

/** A stack with what a registration needs. */
export function setUp() {
  const stack = stackWithProviders();
  ProviderVersions.require(stack, { konnect });
  const { api, portal } = prerequisites(stack);
  const oidc = new OktaDevPortalOidc(stack, 'oidc');
  const client = oidc.addClient('app', app);
  const developer = new PortalDeveloper(stack, 'developer', { portal, ...person });
  return { stack, api, portal, oidc, client, developer };
}

/** Address of the only resource of a type. */
export const addressIn = (json: ReturnType<typeof synthesize>, type: string) =>
  `${type}.${Object.keys(json.resources(type))[0]}`;
