import { type Entity, nameOf, textOf, textsOf } from '../../entity';
import type { Findings } from '../findings';
import { findApplications } from './applications';
import { findServer } from './authorization-server';
import type { FoundPolicy, KonnectHowTo, OktaHowTo } from './how-to';
import type { OktaReader } from './okta-reader';
import { selectOne } from './selection';
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
