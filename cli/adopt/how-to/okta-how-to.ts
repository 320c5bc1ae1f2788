import { type Entity, fieldOf, nameOf, textOf, textsOf } from '../../entity';
import { ALL_CLIENTS, clientIdOf, clientsOf } from '../../okta-entity';
import type { Findings } from '../findings';
import { findServer } from './authorization-server';
import type { FoundPolicy, KonnectHowTo, OktaHowTo } from './how-to';
import type { OktaReader } from './okta-reader';
import { isWanted, selectOne } from './selection';
import { settingsOf } from './strategy';

/** Names or ids that the user chose. */
interface OktaSearch {
  readonly policy?: string;
  readonly rule?: string;
  readonly clients: readonly string[];
}

/** Expression of the claim in the construct. */
const CLIENT_ID = 'app.clientId';

/** Finds authorization server, claim, scopes, policy, rule and applications; `undefined` if one of them is missing. */
export async function findOktaHowTo(
  okta: OktaReader,
  { authStrategies: [strategy] }: KonnectHowTo,
  search: OktaSearch,
  findings: Findings,
): Promise<OktaHowTo | undefined> {
  const settings = settingsOf(strategy);
  const issuer = textOf(settings, 'issuer');
  const server = await findServer(okta, issuer, findings);
  if (!server) {
    return undefined;
  }
  const { claims, scopes: all, policies } = await okta.withMembers(server);
  const [claimName] = textsOf(settings, 'credential_claim');
  const claim = selectOne(
    findings,
    claims.filter((each) => nameOf(each) === claimName),
    {
      what: 'Claim',
      nameOf,
      none: `Add a claim ${claimName} with the value ${CLIENT_ID} to access tokens.`,
    },
  );
  if (claim && (claim.value !== CLIENT_ID || claim.valueType !== 'EXPRESSION')) {
    findings.addError(
      `Claim ${nameOf(claim)}`,
      `its value is ${textOf(claim, 'value')} (${textOf(claim, 'valueType')}), and the gateway looks for a client id in it`,
      `Change it in Okta to the expression ${CLIENT_ID}.`,
    );
  }
  const names = textsOf(settings, 'scopes');
  const scopes = names.map((wanted) =>
    selectOne(
      findings,
      all.filter((each) => nameOf(each) === wanted),
      {
        what: 'Scope',
        nameOf,
        none: `Add the scope ${wanted} to the authorization server.`,
      },
    ),
  );
  const policy = findPolicy(policies, names, search, findings);
  const applications = policy ? await findApplications(okta, policy.entity, search.clients, findings) : [];
  if (!claim || !policy || findings.hasErrors) {
    return undefined;
  }
  return {
    authorizationServers: [
      {
        entity: server,
        issuer,
        claims: [claim],
        scopes: scopes.flatMap((scope) => scope ?? []),
        policies: [policy],
      },
    ],
    applications,
  };
}

/** Finds the policy with a rule for client credentials and one of the scopes, and that rule. */
function findPolicy(
  policies: readonly FoundPolicy[],
  scopes: readonly string[],
  search: OktaSearch,
  findings: Findings,
): FoundPolicy | undefined {
  const rulesOf = (entity: Entity) =>
    (policies.find((each) => each.entity === entity)?.rules ?? []).filter((rule) => allows(rule, scopes));
  const entity = selectOne(
    findings,
    policies.map((each) => each.entity).filter((each) => rulesOf(each).length > 0),
    {
      what: 'Access policy',
      nameOf,
      wanted: search.policy,
      option: '--policy',
      none: `Add an access policy with a rule: grant type Client Credentials, scopes ${scopes.join(', ')}.`,
    },
  );
  const rule =
    entity &&
    selectOne(findings, rulesOf(entity), {
      what: 'Rule',
      nameOf,
      wanted: search.rule,
      option: '--rule',
      none: 'Add a rule.',
    });
  return entity && rule && { entity, rules: [rule] };
}

function allows(rule: Entity, scopes: readonly string[]): boolean {
  return (
    textsOf(rule, 'conditions', 'grantTypes', 'include').includes('client_credentials') &&
    textsOf(rule, 'conditions', 'scopes', 'include').some((each) => each === '*' || scopes.includes(each))
  );
}

/** Finds the applications to adopt: the ones that the user chose, or all clients of the policy. */
async function findApplications(
  okta: OktaReader,
  policy: Entity,
  wanted: readonly string[],
  findings: Findings,
): Promise<Entity[]> {
  const included = clientsOf(policy);
  const isForAll = included.includes(ALL_CLIENTS);
  const label = (entity: Entity) => textOf(entity, 'label');
  const known = (await okta.applications()).filter((each) => isForAll || included.includes(clientIdOf(each)));
  if (isForAll && wanted.length === 0) {
    findings.addError(
      'Applications',
      `access policy ${nameOf(policy)} is for all clients of the org, so nothing says which of them belong to the portal`,
      'Name them with --client; the policy stays for all.',
    );
    return [];
  }
  for (const each of wanted.filter((one) => !known.some((app) => isWanted(app, label(app), one)))) {
    findings.addError(
      `Application ${each}`,
      isForAll
        ? 'no OIDC application has that label or id'
        : `not among the clients of access policy ${nameOf(policy)}`,
      `There are: ${known.map((app) => `${label(app)} (${app.id})`).join(', ')}.`,
    );
  }
  const adopted = selectApplications(known, wanted, findings);
  const ids = adopted.map(clientIdOf);
  const others = included.filter((id) => id !== ALL_CLIENTS && !ids.includes(id));
  if (others.length > 0 && !findings.hasErrors) {
    findings.addSkipped('Other clients of the policy', `${others.join(', ')}, which keep their access`);
  }
  return adopted;
}

/** Selects the wanted applications, or all, except those that the construct cannot create. */
export function selectApplications(
  known: readonly Entity[],
  wanted: readonly string[],
  findings: Findings,
): Entity[] {
  const label = (entity: Entity) => textOf(entity, 'label');
  const meant = known.filter(
    (app) => wanted.length === 0 || wanted.some((one) => isWanted(app, label(app), one)),
  );
  const adopted: Entity[] = [];
  for (const application of meant) {
    const twins = meant.filter((each) => label(each) === label(application));
    const reason = reasonToSkip(application);
    if (reason !== undefined) {
      findings.addSkipped(
        `Application ${label(application)}`,
        `${application.id}, stays as it is: ${reason}`,
      );
    } else if (twins.length === 1) {
      findings.add(`Application ${label(application)}`, application.id);
      adopted.push(application);
    } else if (twins[0] === application) {
      findings.addError(
        `Application ${label(application)}`,
        `ambiguous: ${twins.map(({ id }) => id).join(', ')}`,
        'Choose one with --client <id>; the others keep their access.',
      );
    }
  }
  return adopted;
}

/** Why the construct cannot create an application; `undefined` if it can. */
function reasonToSkip(application: Entity): string | undefined {
  const client = (field: string) => fieldOf(application, 'settings', 'oauthClient', field);
  const type = client('application_type');
  const uris = textsOf(application, 'settings', 'oauthClient', 'redirect_uris');
  const method = fieldOf(application, 'credentials', 'oauthClient', 'token_endpoint_auth_method');
  if (type !== 'web' && type !== 'service') {
    return `it is a ${String(type)} application`;
  }
  if (!textsOf(application, 'settings', 'oauthClient', 'grant_types').includes('client_credentials')) {
    return 'it has no client credentials grant';
  }
  const keys = fieldOf(application, 'settings', 'oauthClient', 'jwks', 'keys');
  const hasKeys = client('jwks_uri') || (Array.isArray(keys) && keys.length > 0);
  if (hasKeys || (typeof method === 'string' && !method.startsWith('client_secret'))) {
    return 'it has no client secret but keys';
  }
  if (uris.some((uri) => !URL.canParse(uri) || /[\s#*]/.test(uri))) {
    return 'a redirect URI of it has a wildcard or a fragment';
  }
  return type === 'web' && uris.length === 0 ? 'it has no redirect URI' : undefined;
}
