import { AnnotationMetadataEntryType, type TerraformStack, Testing } from 'cdktf';
import { ValidationError } from '../../lib/errors';
import { rules } from '../../lib/rules';

export const UUID = '11111111-2222-4333-8444-555555555555';
export const OTHER_UUID = '99999999-8888-4777-8666-555555555555';
export const ISSUER = 'https://dev-1.okta.com/oauth2/default';

/** What a test does in a stack of its own. */
export type Act = (stack: TerraformStack) => unknown;

/** What breaks a rule, by the whole message that it breaks with; several acts may break with the same. */
export type Broken = { readonly [message: string]: Act | readonly Act[] };

/** What keeps to the rules. */
export type Kept = readonly [what: string, act: Act];

type RuleName = keyof typeof rules;

/** Which test file has the messages of a rule; `satisfies` and a test keep the list complete. */
export const sideOfRule = {
  issuerUrl: 'okta',
  issuerLength: 'okta',
  issuerOfCustomServer: 'okta',
  claimName: 'okta',
  claimNameLength: 'okta',
  scopeName: 'okta',
  scopeNotReserved: 'okta',
  scopesUnique: 'okta',
  knownAtSynthesis: 'okta',
  scopesCount: 'konnect',
  claimPathCount: 'konnect',
  claimPathName: 'konnect',
  authMethodsCount: 'konnect',
  authMethodsUnique: 'konnect',
  authMethodsCompatible: 'konnect',
  labelsCount: 'konnect',
  labelKey: 'konnect',
  labelValue: 'konnect',
  applicationLabel: 'okta',
  redirectUrisPresent: 'okta',
  redirectUrisAbsent: 'okta',
  redirectUri: 'okta',
  tokenLifetime: 'okta',
  priority: 'okta',
  audiencesCount: 'okta',
  notEmpty: 'okta',
  listNotEmpty: 'okta',
  clientsOrAll: 'okta',
  clientsPresent: 'konnect',
  clientIdsUnique: 'okta',
  clientAddedOnce: 'okta',
  scopeAddedOnce: 'okta',
  claimAddedOnce: 'okta',
  policyNameOnce: 'konnect',
  strategyNameOnce: 'konnect',
  ruleAddedOnce: 'okta',
  publishedOnce: 'konnect',
  apiLinkedOnce: 'konnect',
  secretInState: 'okta',
  privateNeedsRbac: 'konnect',
  rbacNeedsAuthentication: 'konnect',
  name255: 'konnect',
  name256: 'konnect',
  text512: 'konnect',
  text160: 'konnect',
  pageContent: 'konnect',
  apiSlug: 'konnect',
  uuid: 'konnect',
  versionWithSpecification: 'konnect',
  versionConstraint: 'konnect',
  regionalServerUrl: 'konnect',
} satisfies Record<RuleName, 'okta' | 'konnect'>;

/** Rules of a side that no message speaks of. Rule and remedy both, because some rules differ in the remedy only. */
export function rulesWithoutMessage(side: 'okta' | 'konnect', broken: Broken): string[] {
  const lines = Object.keys(broken).flatMap((message) => message.split('\n'));
  const names = (Object.keys(rules) as RuleName[]).filter((name) => sideOfRule[name] === side);
  return names.filter((name) => {
    const { rule, remedy } = rules[name];
    return !lines.some((line) => line.includes(`: ${rule}. Received `) && line.endsWith(`. ${remedy}.`));
  });
}

/** The rows of a table, for `test.each`. */
export function rowsOf(broken: Broken): (readonly [message: string, act: Act])[] {
  return Object.entries(broken).flatMap(([message, acts]) =>
    (typeof acts === 'function' ? [acts] : acts).map((act) => [message, act] as const),
  );
}

/** The message of the ValidationError that `act` throws; anything else, or nothing, fails the test. */
export function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.message;
    }
    throw error;
  }
  throw new Error('no ValidationError was thrown');
}

/** What the validations say that run when a stack is synthesized; undefined when they pass. */
export function synthErrorOf(stack: TerraformStack): string | undefined {
  try {
    Testing.synth(stack, true);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

/** What synthesis warns of in a stack, in the order of its constructs. */
export function warningsOf(stack: TerraformStack): string[] {
  Testing.synth(stack);
  return stack.node
    .findAll()
    .flatMap((construct) => construct.node.metadata)
    .filter((entry) => entry.type === AnnotationMetadataEntryType.WARN)
    .map((entry) => String(entry.data));
}
