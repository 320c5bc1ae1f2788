import { type AuthStrategy, strategyFromKonnect } from './auth-strategy';
import type { Deployment } from './deployment';
import type { KonnectClient } from './konnect-client';

/** An auth strategy of the stacks, or of Konnect when another stack owns it. */
export async function findStrategy(
  id: string,
  deployment: Deployment,
  konnect: KonnectClient,
): Promise<AuthStrategy | undefined> {
  return deployment.strategy(id) ?? (await findStrategyInKonnect(id, konnect));
}

/** An auth strategy as Konnect has it now. */
export async function findStrategyInKonnect(
  id: string,
  konnect: KonnectClient,
): Promise<AuthStrategy | undefined> {
  const entity = await konnect.find(`v2/application-auth-strategies/${id}`);
  return entity && strategyFromKonnect(entity);
}
