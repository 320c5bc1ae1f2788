import { type Entity, textsOf } from '../entity';
import { CommandError } from '../exit';
import { ALL_CLIENTS, clientsOf } from '../okta-entity';
import { text } from '../values';
import type { RefusalAdvice, TokenRequest } from './issuer-advice';

const WHERE = 'in Okta under Security > API > the authorization server > Access Policies';

/** Finds the policy of the client that cannot allow the request, with what it lacks. */
export async function findRefusingPolicy(request: TokenRequest): Promise<RefusalAdvice | undefined> {
  for (const { id, serverId, name } of request.policies.filter((each) => each.id && each.serverId)) {
    const path = `/authorizationServers/${serverId}/policies/${id}`;
    const policy = await ifReadable(request.admin?.find(path));
    if (policy?.status === 'INACTIVE') {
      return {
        cause: `access policy ${name} is inactive`,
        remedy: `Activate access policy ${name} ${WHERE}.`,
      };
    }
    if (policy && !namesClient(policy, request.client.clientId)) {
      return {
        cause: `access policy ${name} does not name the client any more`,
        remedy: `Deploy again, or add application ${request.client.label} to access policy ${name} ${WHERE}.`,
      };
    }
    const rules = await ifReadable(request.admin?.list(`${path}/rules`));
    const advice = rules && rules.length > 0 ? adviseOnRules(rules, name, request.scopes) : undefined;
    if (advice) {
      return advice;
    }
  }
  return undefined;
}

function namesClient(policy: Entity, clientId: string): boolean {
  return clientsOf(policy).some((each) => each === clientId || each === ALL_CLIENTS);
}

/** Undefined if a rule allows the request. */
function adviseOnRules(
  rules: readonly Entity[],
  policy: string,
  scopes: readonly string[],
): RefusalAdvice | undefined {
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
      remedy: `Deploy again, or allow the grant type in rule ${namesOf(active)} ${WHERE}.`,
    };
  }
  if (granting.every((rule) => missingScopes(rule, scopes).length > 0)) {
    const missing = scopes.filter((scope) =>
      granting.some((rule) => missingScopes(rule, [scope]).length > 0),
    );
    return {
      cause: `no rule of access policy ${policy} allows ${missing.join(', ')}`,
      remedy: `Deploy again, or add the scopes to rule ${namesOf(granting)} ${WHERE}.`,
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

/** Undefined without access to the Management API. Then the general advice applies. */
export async function ifReadable<T>(answer: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof CommandError) {
      return undefined;
    }
    throw error;
  }
}
