import { rules } from '../rules';
import { gatewayRules } from '../rules-gateway';
import { idRules } from '../rules-ids';

/** How a rule of the library reads to somebody who writes a file. */
interface Wording {
  /** The rule itself, where it speaks of constructs. */
  readonly rule?: string;
  readonly remedy: string;
  /** Whether to show what the file has at the place, instead of what the construct made of it. */
  readonly showsFile?: boolean;
}

const WORDINGS = new Map<string, Wording>([
  [
    rules.redirectUrisPresent.rule,
    { remedy: 'Give the sign-in callback of the application, or write type: service', showsFile: true },
  ],
  [rules.redirectUrisAbsent.rule, { remedy: 'Remove the URIs, or write type: web', showsFile: true }],
  [
    rules.privateNeedsRbac.rule,
    {
      remedy: 'Write visibility: public, or have the code turn RBAC on for the portal',
      showsFile: true,
    },
  ],
  [
    gatewayRules.routeMatches.rule,
    { remedy: 'Say which requests the route takes, for example paths: [/orders]', showsFile: true },
  ],
  [rules.versionWithSpecification.rule, { remedy: 'Add it in quotes, for example version: "1.0"' }],
  [rules.uuid.rule, { remedy: 'Copy the id from Konnect, or give host instead of id to create a service' }],
  [rules.strategyNameOnce.rule, { remedy: 'Give one of the two another name' }],
  [rules.policyNameOnce.rule, { remedy: 'Give one of the two strategies another name' }],
  [
    idRules.idOnce.rule,
    { rule: 'must not be a key that the code has for something else of the strategy', remedy: 'Rename it' },
  ],
]);

/** How a rule reads to somebody who writes a file; undefined for one that reads the same. */
export function wordingOf(rule: string): Wording | undefined {
  return WORDINGS.get(rule);
}
