import { isOidcStrategy } from '../auth-strategy';
import { findStrategyInKonnect } from '../find-strategy';
import { Outcome } from '../progress';
import { redeploy } from '../redeploy';
import type { PublicationContext } from './publication-context';

/** Before 3.22 kong/konnect replaces a strategy that changes. */
const REGISTER_AGAIN =
  'If the registration is broken then, the provider replaced the strategy: run register --replace.';

const COMPARED = ['issuer', 'credentialClaim', 'authMethods', 'scopes', 'requirements'] as const;

/** Checks that Konnect has the strategy as it was deployed. */
export async function checkStrategy({ konnect, strategy }: PublicationContext): Promise<Outcome> {
  const actual = await findStrategyInKonnect(strategy.id, konnect);
  if (!isOidcStrategy(actual)) {
    return Outcome.failed(
      `Konnect has no OpenID Connect strategy ${strategy.name} with the deployed id`,
      `${redeploy('the strategy')} ${REGISTER_AGAIN} If it exists, KONNECT_SERVER_URL is the URL of another region.`,
    );
  }
  const changed = COMPARED.filter((each) => String(actual[each]) !== String(strategy[each]));
  if (changed.length > 0) {
    return Outcome.failed(
      changed
        .map(
          (each) => `${each} is ${format(actual[each])} in Konnect but ${format(strategy[each])} as deployed`,
        )
        .join('; '),
      `${redeploy('the strategy')} ${REGISTER_AGAIN} To keep the change, make it in the stack.`,
    );
  }
  const { name, authMethods, credentialClaim, scopes } = actual;
  return Outcome.ok(
    `${name}: ${authMethods.join(', ')}; claim ${credentialClaim.join('.')}; scopes ${scopes.join(' ')}`,
  );
}

function format(setting: unknown): string {
  return String(setting) || 'empty';
}
