import type { Occurrence } from './rules';
import type { Rule } from './validation';

/** Rules for what several stacks, orgs and regions of one app have to do with each other. */
export const stackRules = {
  providerOfStack: {
    rule: 'must be a provider of the stack that the resource is in: a stack has its own only (Terraform)',
    remedy:
      'Create the provider in that stack too and pass that one, or leave it out for its default provider',
    holds: (provider: Occurrence) => provider.known,
  },
  providerGiven: {
    rule: 'must be given: all providers for it in the stack have an alias, and Terraform would take one that nobody configured',
    remedy:
      'Pass one of them as provider, to OktaDevPortalOidc and PortalCatalog as konnectProvider or oktaProvider',
    holds: (missing: Occurrence) => !missing.known,
  },
  oneRegion: {
    rule: 'must be in one region with the rest: nothing refers from one region to another (Konnect)',
    remedy: 'Give all of them the provider of one region',
    holds: (elsewhere: Occurrence) => !elsewhere.known,
  },
  claimOfOneStack: {
    rule: 'must be added to the claims of an authorization server once, by one stack of its org (Okta)',
    remedy:
      'Pass one authorizationServer to both, or take what the other stack set up with OktaDevPortalOidc.fromOidc',
    holds: (claim: Occurrence) => !claim.known,
  },
  scopeOfOneStack: {
    rule: 'must be added to the scopes of an authorization server once, by one stack of its org (Okta)',
    remedy:
      'Pass one authorizationServer to both, or take what the other stack set up with OktaDevPortalOidc.fromOidc',
    holds: (scope: Occurrence) => !scope.known,
  },
  publicationIdOnce: {
    rule: 'must be the id of one publication only of an API of another stack, whichever construct publishes it',
    remedy: 'Publish with another id',
    holds: (id: Occurrence) => !id.known,
  },
} satisfies { [name: string]: Rule<never> };
