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

/** Publications that a client can be registered for, and the others. */
interface SplitPublications {
  readonly registrable: readonly Publication[];
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
  const registrable: Publication[] = [];
  const skipped: SkippedApi[] = [];
  for (const publication of publications) {
    const strategy = await strategyOf(publication, deployment, konnect);
    if (strategy === undefined || isOidcStrategy(strategy)) {
      registrable.push(publication);
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
async function strategyOf(
  { strategyId = '' }: Publication,
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
