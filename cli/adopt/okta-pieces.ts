import type { Entity } from '../konnect-client';
import type { OktaAdminClient } from '../okta-admin-client';
import { type Findings, textOf } from './finding';
import type { KonnectSide } from './konnect-pieces';

/** What narrows the search. */
export interface OktaSearch {
  readonly policy?: string;
  readonly rule?: string;
  readonly clients: readonly string[];
}

/** The Okta half of a how-to, with ids by name. */
export interface OktaPieces {
  readonly authorizationServer: { readonly id: string; readonly name: string };
  readonly claims: { readonly [name: string]: string };
  readonly scopes: { readonly [name: string]: string };
  readonly policies: {
    readonly [name: string]: { readonly id: string; readonly rules: { readonly [name: string]: string } };
  };
  readonly applications: { readonly [label: string]: string };
}

/** The Okta half, and what of it the props of the construct have to say. */
export interface OktaSide {
  readonly pieces: OktaPieces;
  readonly policyDescription: string;
  readonly ruleGroups: readonly string[];
}

interface Conditions {
  readonly conditions?: {
    readonly clients?: { readonly include?: readonly string[] };
    readonly grantTypes?: { readonly include?: readonly string[] };
    readonly scopes?: { readonly include?: readonly string[] };
    readonly people?: { readonly groups?: { readonly include?: readonly string[] } };
  };
}

/** Finds authorization server, claim, scopes, policy, rule and applications; undefined when not all are found. */
export async function findOktaPieces(
  okta: OktaAdminClient,
  { issuer, credentialClaim, scopes }: KonnectSide,
  search: OktaSearch,
  findings: Findings,
): Promise<OktaSide | undefined> {
  const name = (entity: Entity) => textOf(entity, 'name');
  const servers = (await okta.list('/authorizationServers')).filter((each) => each.issuer === issuer);
  const server = findings.theOnly(
    'Authorization server',
    servers,
    name,
    'another Okta org',
    `No server of this Okta org has the issuer ${issuer}: OKTA_ORG_NAME may be another org, or the strategy has another issuer.`,
  );
  if (!server) {
    return undefined;
  }
  const path = `/authorizationServers/${server.id}`;
  const claim = findings.theOnly(
    'Claim',
    (await okta.list(`${path}/claims`)).filter(
      (each) => name(each) === credentialClaim && each.claimType === 'RESOURCE',
    ),
    name,
    'Okta, where it is there twice',
    `Add a claim ${credentialClaim} with the value app.clientId to access tokens.`,
  );
  const allScopes = await okta.list(`${path}/scopes`);
  const found = scopes.map((wanted) =>
    findings.theOnly(
      'Scope',
      allScopes.filter((each) => name(each) === wanted),
      name,
      'Okta, where it is there twice',
      `Add the scope ${wanted} to the authorization server.`,
    ),
  );
  const policy = await findPolicy(okta, path, scopes, search, findings);
  if (!claim || !policy || found.includes(undefined)) {
    return undefined;
  }
  const applications = await findApplications(okta, policy.entity, search, findings);
  if (findings.incomplete) {
    return undefined;
  }
  const byName = (entities: readonly (Entity | undefined)[]) =>
    Object.fromEntries(entities.flatMap((each) => (each ? [[name(each), each.id]] : [])));
  return {
    policyDescription: textOf(policy.entity, 'description'),
    ruleGroups: (policy.rule as Conditions).conditions?.people?.groups?.include ?? [],
    pieces: {
      authorizationServer: { id: server.id, name: name(server) },
      claims: byName([claim]),
      scopes: byName(found),
      policies: {
        [name(policy.entity)]: { id: policy.entity.id, rules: { [name(policy.rule)]: policy.rule.id } },
      },
      applications,
    },
  };
}

/** The policy that has a rule for client credentials with one of the scopes. */
async function findPolicy(
  okta: OktaAdminClient,
  server: string,
  scopes: readonly string[],
  search: OktaSearch,
  findings: Findings,
): Promise<{ readonly entity: Entity; readonly rule: Entity } | undefined> {
  const all = (await okta.list(`${server}/policies`)).filter(
    (each) => search.policy === undefined || [each.id, each.name].includes(search.policy),
  );
  const rules = new Map<string, Entity[]>();
  for (const policy of all) {
    rules.set(
      policy.id,
      (await okta.list(`${server}/policies/${policy.id}/rules`)).filter(
        (rule) =>
          allows(rule, scopes) && (search.rule === undefined || [rule.id, rule.name].includes(search.rule)),
      ),
    );
  }
  const name = (entity: Entity) => textOf(entity, 'name');
  const entity = findings.theOnly(
    'Access policy',
    all.filter(({ id }) => (rules.get(id) ?? []).length > 0),
    name,
    '--policy',
    `Add an access policy with a rule: grant type Client Credentials, scopes ${scopes.join(', ')}.`,
  );
  if (!entity) {
    return undefined;
  }
  const rule = findings.theOnly('Rule', rules.get(entity.id) ?? [], name, '--rule', 'Add a rule.');
  return rule && { entity, rule };
}

function allows(rule: Entity, scopes: readonly string[]): boolean {
  const { grantTypes, scopes: allowed } = (rule as Conditions).conditions ?? {};
  return (
    (grantTypes?.include ?? []).includes('client_credentials') &&
    (allowed?.include ?? []).some((each) => each === '*' || scopes.includes(each))
  );
}

/** The applications that the policy names, by label. */
async function findApplications(
  okta: OktaAdminClient,
  policy: Entity,
  { clients }: OktaSearch,
  findings: Findings,
): Promise<{ [label: string]: string }> {
  const included = (policy as Conditions).conditions?.clients?.include ?? [];
  const label = (entity: Entity) => textOf(entity, 'label');
  const all = (await okta.list('/apps?limit=200')).filter(
    ({ id, label: each }) =>
      included.includes(id) && (clients.length === 0 || clients.some((one) => [id, each].includes(one))),
  );
  for (const wanted of clients.filter((one) => !all.some((app) => [app.id, label(app)].includes(one)))) {
    findings.lack(
      `Application ${wanted}`,
      `not among the clients of access policy ${textOf(policy, 'name')}`,
      'Check its label, or add it to the policy.',
    );
  }
  for (const application of all) {
    findings.add(`Application ${label(application)}`, application.id);
  }
  return Object.fromEntries(all.map((application) => [label(application), application.id]));
}
