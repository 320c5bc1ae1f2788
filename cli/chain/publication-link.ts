import type { OtherStrategy } from '../auth-strategy';
import { findStrategyInKonnect } from '../find-strategy';
import { Outcome } from '../progress';
import { redeploy } from '../redeploy';
import { texts } from '../values';
import type { Link } from './chain';
import { createLink, type PublicationContext } from './publication-context';

const REDEPLOY = redeploy('the publication');

/** A publication whose links cannot be checked. */
type UncheckedPublication = Pick<PublicationContext, 'suffix' | 'deployment' | 'publication'>;

/** Checks that Konnect has the publication as it was deployed. */
export async function checkPublication(context: PublicationContext): Promise<Outcome> {
  const { konnect, publication, deployment, strategy } = context;
  const { apiId, portalId, visibility } = publication;
  const name = deployment.describe(publication);
  const actual = await konnect.find(`v3/apis/${apiId}/publications/${portalId}`);
  if (!actual) {
    return Outcome.failed(
      `${name} is not published`,
      `${REDEPLOY} If it is published, KONNECT_SERVER_URL is the URL of another region.`,
    );
  }
  const [id] = texts(actual.auth_strategy_ids);
  if (id === undefined) {
    return Outcome.failed('it has no auth strategy in Konnect, so the API is open to everyone', REDEPLOY);
  }
  if (id !== strategy.id) {
    const other = (await findStrategyInKonnect(id, konnect))?.name ?? 'unknown';
    return Outcome.failed(
      `it has another auth strategy in Konnect (${other}) than as deployed (${strategy.name})`,
      REDEPLOY,
    );
  }
  return actual.visibility === visibility
    ? Outcome.ok(`${name}, ${visibility}`)
    : Outcome.failed(`it is ${String(actual.visibility)} in Konnect but ${visibility} as deployed`, REDEPLOY);
}

/** The only link of an API that is published without a strategy. It fails. */
export function openPublicationLink(publication: UncheckedPublication): Link {
  return createLink(publication, 'publication', ['Publication', 'of'], async () =>
    Outcome.failed(
      'it is deployed without an auth strategy, so the API is open to everyone',
      'Publish it with an auth strategy, and deploy. If it is meant to be open, select the protected API with --api.',
    ),
  );
}

/** The only link of an API whose strategy is not OpenID Connect. It is skipped. */
export function otherPublicationLink(publication: UncheckedPublication, strategy: OtherStrategy): Link {
  return createLink(publication, 'publication', ['Publication', 'of'], async () =>
    Outcome.skipped(
      `not checked: the strategy ${strategy.name} is of kind ${strategy.kind}, and only OpenID Connect is checked`,
    ),
  );
}
