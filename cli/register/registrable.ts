import { type AuthStrategy, isOidcStrategy } from '../auth-strategy';
import type { Deployment, Publication } from '../deployment';
import { CommandError } from '../exit';
import { findStrategy } from '../find-strategy';
import type { KonnectClient } from '../konnect-client';

/** An API that no client can be registered for. */
interface SkippedApi {
  readonly name: string;
  readonly reason: string;
}

/** A publication that a client can be registered for. */
export interface RegistrablePublication extends Publication {
  readonly strategyId: string;

  /** Name of the strategy, or its id when it cannot be read. */
  readonly strategyName: string;
}

/** Publications that a client can be registered for, and the others. */
interface SplitPublications {
  readonly registrable: readonly RegistrablePublication[];
  readonly skipped: readonly SkippedApi[];
}

/**
 * Separates publications with an OpenID Connect strategy from those with another kind, such as key_auth.
 *
 * @throws CommandError when none has an OpenID Connect strategy
 */
export async function splitByStrategy(
  publications: readonly Publication[],
  deployment: Deployment,
  konnect: KonnectClient,
): Promise<SplitPublications> {
  const registrable: RegistrablePublication[] = [];
  const skipped: SkippedApi[] = [];
  for (const publication of publications) {
    const { strategyId = '' } = publication;
    const strategy = await readStrategy(strategyId, deployment, konnect);
    if (strategy === undefined || isOidcStrategy(strategy)) {
      registrable.push({ ...publication, strategyId, strategyName: strategy?.name ?? strategyId });
      continue;
    }
    skipped.push({
      name: deployment.apiName(publication.apiId),
      reason: `the strategy ${strategy.name} is of kind ${strategy.kind}, which has no OpenID Connect clients`,
    });
  }
  if (registrable.length === 0) {
    const names = publications.map((each) => deployment.describe(each)).join(', ');
    throw CommandError.usage(
      `${names}: published without an OpenID Connect strategy, so no client can be registered`,
      'Publish it with an OpenID Connect strategy, or name another API with --api.',
    );
  }
  return { registrable, skipped };
}

/** Undefined when it cannot be read. The steps report why. */
async function readStrategy(
  strategyId: string,
  deployment: Deployment,
  konnect: KonnectClient,
): Promise<AuthStrategy | undefined> {
  try {
    return await findStrategy(strategyId, deployment, konnect);
  } catch (error) {
    if (error instanceof CommandError) {
      return undefined;
    }
    throw error;
  }
}
