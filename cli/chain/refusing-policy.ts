import type { Policy } from '../deployment';
import { type Entity, textsOf } from '../entity';
import { ALL_CLIENTS, clientsOf } from '../okta-entity';
import { redeploy } from '../redeploy';
import { text } from '../values';
import type { RefusalAdvice, TokenRequest } from './issuer-advice';
import { tryRead } from './try-read';

const WHERE = 'in Okta under Security > API > the authorization server > Access Policies';

/** Finds the policy of the client that cannot allow the request, with what it lacks. */
export async function findRefusingPolicy(request: TokenRequest): Promise<RefusalAdvice | undefined> {
  const policies = request.deployed.policiesOf(request.client.clientId);
  for (const policy of policies.filter((each) => each.id && each.serverId)) {
    const advice = await adviseOnPolicy(policy, request);
    if (advice) {
      return advice;
    }
  }
  return undefined;
}

/** Undefined if the policy allows the request, or cannot be read. */
async function adviseOnPolicy(
  { id, serverId, name, isActive }: Policy,
  { admin, client, scopes, deployed }: TokenRequest,
): Promise<RefusalAdvice | undefined> {
  const path = `/authorizationServers/${serverId}/policies/${id}`;
  const answer = await tryRead(admin?.find(path));
  if (!answer) {
    return undefined;
  }
  const { found: policy } = answer;
  if (!policy) {
    return { cause: `access policy ${name} does not exist`, remedy: redeploy(`access policy ${name}`) };
  }
  if (policy.status === 'INACTIVE') {
    return {
      cause: `access policy ${name} is inactive`,
      remedy: isActive
        ? redeploy(`an active access policy ${name}`)
        : `Activate access policy ${name} ${WHERE}.`,
    };
  }
  if (!namesClient(policy, client.clientId)) {
    return {
      cause: `access policy ${name} does not name the client any more`,
      remedy: redeploy(`application ${client.label} in access policy ${name}`),
    };
  }
  const rules = (await tryRead(admin?.list(`${path}/rules`)))?.found;
  const flaw = rules && findRuleFlaw(rules, name, scopes);
  return flaw && deployed.hasRule(id)
    ? { ...flaw, remedy: redeploy(`a rule of access policy ${name} that allows this`) }
    : flaw;
}

function namesClient(policy: Entity, clientId: string): boolean {
  return clientsOf(policy).some((each) => each === clientId || each === ALL_CLIENTS);
}

/** What rules of the stacks and others lack, to fix by hand. Undefined if a rule allows the request. */
function findRuleFlaw(
  rules: readonly Entity[],
  policy: string,
  scopes: readonly string[],
): RefusalAdvice | undefined {
  if (rules.length === 0) {
    return {
      cause: `access policy ${policy} has no rule`,
      remedy: `Add a rule for Client Credentials and the scopes ${scopes.join(', ')} to access policy ${policy} ${WHERE}.`,
    };
  }
  const active = rules.filter(({ status }) => status !== 'INACTIVE');
  if (active.length === 0) {
    return {
      cause: `access policy ${policy} has no active rule`,
      remedy: `Activate rule ${namesOf(rules)} of access policy ${policy} ${WHERE}.`,
    };
  }
  const granting = active.filter((rule) =>
    textsOf(rule, 'conditions', 'grantTypes', 'include').includes('client_credentials'),
  );
  if (granting.length === 0) {
    return {
      cause: `no rule of access policy ${policy} allows Client Credentials`,
      remedy: `Allow the grant type in rule ${namesOf(active)} ${WHERE}.`,
    };
  }
  if (granting.every((rule) => missingScopes(rule, scopes).length > 0)) {
    const missing = scopes.filter((scope) =>
      granting.some((rule) => missingScopes(rule, [scope]).length > 0),
    );
    return {
      cause: `no rule of access policy ${policy} allows ${missing.join(', ')}`,
      remedy: `Add the scopes to rule ${namesOf(granting)} ${WHERE}.`,
    };
  }
  return undefined;
}

function missingScopes(rule: Entity, scopes: readonly string[]): string[] {
  const allowed = textsOf(rule, 'conditions', 'scopes', 'include');
  return allowed.includes('*') ? [] : scopes.filter((scope) => !allowed.includes(scope));
}

function namesOf(rules: readonly Entity[]): string {
  return rules.map((rule) => text(rule.name)).join(', ');
}
