import { duplicates, type Rule } from './validation';

/** Scopes that every Okta authorization server has from the start; they speak of a user, so none of them exists for client credentials. */
const OKTA_SYSTEM_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'];

/** Claim names that Okta keeps to itself in access tokens. */
const OKTA_RESERVED_CLAIMS = [
  'acr',
  'amr',
  'as_uri',
  'cid',
  'groups',
  'iss',
  'jti',
  'rpt',
  'rsi',
  'token_type',
  'uid',
  'username',
  'ver',
];

/** A thing, and whether it came before; for the rules that forbid doing it twice. */
export class Occurrence {
  public constructor(
    private readonly what: string,
    public readonly known: boolean,
  ) {}

  /** What messages show of it. */
  public toJSON(): string {
    return this.what;
  }
}

/** Whether a list is there at synthesis; tokens pass every rule, so the rule that speaks of them asks for this. */
export class KnownList {
  public constructor(public readonly known: boolean) {}

  /** What messages show of it. */
  public toJSON(): string {
    return this.known ? 'a list' : 'a list known at apply';
  }
}

/** How a portal lets developers in. */
export interface PortalAccess {
  readonly authenticationEnabled: boolean;
  readonly rbacEnabled: boolean;
}

/** How an API is shown on a portal; `rbacEnabled` is undefined for a portal that is not ours. */
export interface PublishedVisibility {
  readonly visibility: string;
  readonly rbacEnabled: boolean | undefined;
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LABEL_VALUE = /^[a-z0-9A-Z]([a-z0-9A-Z\-._]*[a-z0-9A-Z])?$/;

/** What Konnect counts: Unicode code points. */
const length = (text: string) => [...text].length;

function url(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

const quoted = (names: readonly string[]) => names.join(', ');

/**
 * Every rule of the library, one entry each. The wording of a rule says who demands it;
 * constructs pick rules by name, `validate` lets tokens through before a rule is asked.
 */
export const rules = {
  issuerUrl: {
    rule: 'must be an https URL without query, fragment and white space, http only on a loopback host (Konnect)',
    remedy: 'Take the issuer URI that Okta shows under Security > API > Authorization Servers',
    holds: (issuer: string) => {
      const parsed = url(issuer);
      if (!parsed || /[\s?#]/.test(issuer)) {
        return false;
      }
      return (
        parsed.protocol === 'https:' || (parsed.protocol === 'http:' && LOOPBACK_HOST.test(parsed.hostname))
      );
    },
  },
  issuerLength: {
    rule: 'must have at most 256 characters (Konnect)',
    remedy: 'Use an issuer on a shorter domain',
    holds: (issuer: string) => length(issuer) <= 256,
  },
  issuerOfCustomServer: {
    rule: 'must be the issuer of a custom authorization server, ending in /oauth2/<id>: the org authorization server has no custom claims (Okta)',
    remedy: 'Use the default server (AuthorizationServer.fromDefault) or one of your own',
    holds: (issuer: string) => {
      const parsed = url(issuer);
      return parsed === undefined || /^\/oauth2\/[^/]+$/.test(parsed.pathname);
    },
  },
  claimName: {
    rule: `must not be empty nor a claim that Okta reserves in access tokens (${quoted(OKTA_RESERVED_CLAIMS)})`,
    remedy: 'Choose another name, for example clientId',
    holds: (name: string) => name.trim() !== '' && !OKTA_RESERVED_CLAIMS.includes(name),
  },
  claimNameLength: {
    rule: 'must have at most 128 characters: the auth strategy names the claim (Konnect)',
    remedy: 'Shorten it',
    holds: (name: string) => length(name) <= 128,
  },
  scopeName: {
    rule: 'must be printable ASCII without spaces, quotes and backslashes, at most 128 characters, and not begin with okta. (Okta, Konnect)',
    remedy: 'Choose a name such as api.access',
    holds: (name: string) => /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/.test(name) && !name.startsWith('okta.'),
  },
  scopeNotReserved: {
    rule: `must not be a scope that Okta reserves for users (${quoted(OKTA_SYSTEM_SCOPES)}): client credentials cannot ask for it`,
    remedy: 'Leave it out; the gateway needs your own scopes only',
    holds: (name: string) => !OKTA_SYSTEM_SCOPES.includes(name),
  },
  scopesUnique: {
    rule: 'must not name a scope twice (Okta)',
    remedy: 'Remove the repetition',
    holds: (names: readonly string[]) => duplicates(names).length === 0,
  },
  knownAtSynthesis: {
    rule: 'must be a list that is known when the app is synthesized: each element becomes a resource',
    remedy: 'Write the elements into the code; single elements may be tokens',
    holds: (list: KnownList) => list.known,
  },
  scopesCount: {
    rule: 'must hold 1 to 50 scopes (Konnect)',
    remedy: 'Ask for the scopes that the APIs need',
    holds: (names: readonly string[]) => names.length >= 1 && names.length <= 50,
  },
  claimPathCount: {
    rule: 'must hold 1 to 10 names: the path to a nested claim, outermost first (Konnect)',
    remedy: 'Give the path to one claim; the names are no alternatives',
    holds: (names: readonly string[]) => names.length >= 1 && names.length <= 10,
  },
  claimPathName: {
    rule: 'must have 1 to 128 characters (Konnect)',
    remedy: 'Use the name of the claim as the token has it',
    holds: (name: string) => length(name) >= 1 && length(name) <= 128,
  },
  authMethodsCount: {
    rule: 'must hold 1 to 10 auth methods (Konnect)',
    remedy: 'Name each method that clients use once',
    holds: (methods: readonly string[]) => methods.length >= 1 && methods.length <= 10,
  },
  authMethodsUnique: {
    rule: 'must not name an auth method twice',
    remedy: 'Remove the repetition',
    holds: (methods: readonly string[]) => duplicates(methods).length === 0,
  },
  authMethodsCompatible: {
    rule: 'must not hold password beside client_credentials: both read the Basic header and share a token cache (Kong openid-connect plugin)',
    remedy: 'Use one of them',
    holds: (methods: readonly string[]) =>
      !(methods.includes('password') && methods.includes('client_credentials')),
  },
  labelsCount: {
    rule: 'must hold at most 50 labels (Konnect)',
    remedy: 'Remove the labels that nobody filters by',
    holds: (labels: { readonly [key: string]: string }) => Object.keys(labels).length <= 50,
  },
  labelKey: {
    rule: 'must have a key of 1 to 63 characters that does not begin with kong, konnect, mesh, kic or _ (Konnect)',
    remedy: 'Rename the label',
    holds: (key: string) => length(key) >= 1 && length(key) <= 63 && !/^(kong|konnect|mesh|kic|_)/.test(key),
  },
  labelValue: {
    rule: 'must have 1 to 63 characters of a-z, A-Z, 0-9, -, _ and ., the first and last a letter or digit (Konnect)',
    remedy: 'Rewrite the value within these characters',
    holds: (value: string) => value.length <= 63 && LABEL_VALUE.test(value),
  },
  applicationLabel: {
    rule: 'must have at most 100 characters (Okta)',
    remedy: 'Shorten it',
    holds: (label: string) => length(label) <= 100,
  },
  redirectUrisPresent: {
    rule: 'must hold at least one URI for a web application (Okta)',
    remedy:
      'Give the sign-in callback of the application, or make it a service application with OidcClientType.SERVICE',
    holds: (uris: readonly string[]) => uris.length > 0,
  },
  redirectUrisAbsent: {
    rule: 'must be left out for a service application: nobody signs in to it (Okta)',
    remedy: 'Remove the URIs, or make it a web application with OidcClientType.WEB',
    holds: (uris: readonly string[]) => uris.length === 0,
  },
  redirectUri: {
    rule: 'must be an absolute URI without fragment, wildcard and white space (Okta)',
    remedy: 'Write the full callback URI, one entry for each',
    holds: (uri: string) => url(uri) !== undefined && !/[\s#*]/.test(uri),
  },
  tokenLifetime: {
    rule: 'must be 5 to 1440 minutes, a whole number (Okta)',
    remedy: 'Choose a lifetime in that range',
    holds: (minutes: number) => Number.isInteger(minutes) && minutes >= 5 && minutes <= 1440,
  },
  priority: {
    rule: 'must be a whole number from 1 (Okta)',
    remedy: 'Use 1 for the first to be evaluated',
    holds: (priority: number) => Number.isInteger(priority) && priority >= 1,
  },
  audiencesCount: {
    rule: 'must hold exactly one audience (Okta)',
    remedy: 'Give the URI that the resource servers expect in aud',
    holds: (audiences: readonly string[]) => audiences.length === 1,
  },
  notEmpty: {
    rule: 'must not be empty',
    remedy: 'Give it a value',
    holds: (text: string) => text.trim() !== '',
  },
  listNotEmpty: {
    rule: 'must hold at least one element',
    remedy: 'Name what it applies to',
    holds: (list: readonly unknown[]) => list.length > 0,
  },
  clientsOrAll: {
    rule: 'must not name clients when allClients is true: the policy already applies to all of them (Okta)',
    remedy: 'Remove one of the two',
    holds: (clients: readonly unknown[]) => clients.length === 0,
  },
  clientsPresent: {
    rule: 'must hold at least one client, unless allClients is true: otherwise the policy is for nobody (Okta)',
    remedy: 'Name a client, add one with addClient, or set allClients: true',
    holds: (clients: readonly unknown[]) => clients.length > 0,
  },
  clientIdsUnique: {
    rule: 'must not name a client twice',
    remedy: 'Remove the repetition',
    holds: (ids: readonly string[]) => duplicates(ids).length === 0,
  },
  clientAddedOnce: {
    rule: 'must not be added twice to one access policy',
    remedy: 'Remove the second addition',
    holds: (thing: Occurrence) => !thing.known,
  },
  scopeAddedOnce: {
    rule: 'must not be added twice to one authorization server (Okta)',
    remedy: 'Use the scope that addScope returned the first time',
    holds: (thing: Occurrence) => !thing.known,
  },
  claimAddedOnce: {
    rule: 'must not be added twice to one authorization server (Okta)',
    remedy: 'Use the claim that addClientIdClaim returned the first time',
    holds: (thing: Occurrence) => !thing.known,
  },
  policyNameOnce: {
    rule: 'must be the name of one access policy only on its authorization server (Okta)',
    remedy: 'Give the one that is not deployed yet another name or policyName',
    holds: (name: Occurrence) => !name.known,
  },
  strategyNameOnce: {
    rule: 'must be the name of one auth strategy only in its region: people and scripts find a strategy by it',
    remedy: 'Give one of the two another name',
    holds: (name: Occurrence) => !name.known,
  },
  ruleAddedOnce: {
    rule: 'must not be added twice to one access policy (Okta)',
    remedy: 'Give the second rule another name',
    holds: (thing: Occurrence) => !thing.known,
  },
  publishedOnce: {
    rule: 'must not be published twice to one portal: a publication is identified by API and portal (Konnect)',
    remedy: 'Change the publication that exists, or publish to another portal',
    holds: (thing: Occurrence) => !thing.known,
  },
  apiLinkedOnce: {
    rule: 'must not be linked to a second gateway service (Konnect)',
    remedy: 'Use one PortalApi for each gateway service',
    holds: (thing: Occurrence) => !thing.known,
  },
  secretInState: {
    rule: 'is not in the Terraform state of this client',
    remedy:
      'Set clientSecret: ClientSecretStorage.IN_STATE to keep it there, or copy it from the Okta console',
    holds: (storage: string) => storage === 'in-state',
  },
  privateNeedsRbac: {
    rule: 'must not be private on a portal without RBAC: no developer could see the API (Konnect)',
    remedy: 'Set rbacEnabled: true on the DevPortal, or publish with Visibility.PUBLIC',
    holds: (state: PublishedVisibility) => state.visibility !== 'private' || state.rbacEnabled !== false,
  },
  rbacNeedsAuthentication: {
    rule: 'must be true for a portal with RBAC: roles belong to developers who signed in (Konnect)',
    remedy: 'Set authenticationEnabled: true or rbacEnabled: false',
    holds: (state: PortalAccess) => state.authenticationEnabled || !state.rbacEnabled,
  },
  name255: {
    rule: 'must have 1 to 255 characters (Konnect)',
    remedy: 'Use a name of that length',
    holds: (name: string) => length(name) >= 1 && length(name) <= 255,
  },
  name256: {
    rule: 'must have 1 to 256 characters (Konnect)',
    remedy: 'Use a name of that length',
    holds: (name: string) => length(name) >= 1 && length(name) <= 256,
  },
  text512: {
    rule: 'must have at most 512 characters (Konnect)',
    remedy: 'Shorten it',
    holds: (text: string) => length(text) <= 512,
  },
  text160: {
    rule: 'must have at most 160 characters (Konnect)',
    remedy: 'Shorten it',
    holds: (text: string) => length(text) <= 160,
  },
  pageContent: {
    rule: 'must have at most 1000000 characters (Konnect)',
    remedy: 'Split the page',
    holds: (content: string) => length(content) <= 1_000_000,
  },
  apiSlug: {
    rule: 'must consist of letters, digits, _ and - (Konnect)',
    remedy: 'Replace the other characters, or leave the slug out',
    holds: (slug: string) => /^[\w-]+$/.test(slug),
  },
  uuid: {
    rule: 'must be a UUID (Konnect)',
    remedy: 'Copy the id from Konnect; for a new gateway service choose one, or leave it out',
    holds: (id: string) => UUID.test(id),
  },
  versionWithSpecification: {
    rule: 'must be given with a specification: Konnect files it under a version',
    remedy: 'Set version, for example 1.0.0',
    holds: (version: string | null) => version !== null,
  },
  versionConstraint: {
    rule: 'must be a version constraint (Terraform)',
    remedy: 'Write it like ~> 3.19 or >= 4.20.0, < 7.0.0',
    holds: (constraint: string) =>
      constraint
        .split(',')
        .every((part) => /^\s*(=|!=|>|>=|<|<=|~>)?\s*\d+(\.\d+){0,2}(-[0-9A-Za-z.-]+)?\s*$/.test(part)),
  },
  regionalServerUrl: {
    rule: 'must be the URL of a region: portals, APIs, strategies and control planes do not live in the global one (Konnect)',
    remedy:
      'Use https://<region>.api.konghq.com with the region of the organization, for example eu, us or au',
    holds: (serverUrl: string) => url(serverUrl)?.hostname !== 'global.api.konghq.com',
  },
} satisfies { [name: string]: Rule<never> };
