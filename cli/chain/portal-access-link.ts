import { ownerOf } from '../application-owner';
import { strategyIdOf } from '../application-strategy';
import { checkPortalAccess } from '../portal-access';
import { Outcome } from '../progress';
import type { PublicationContext } from './publication-context';
import { listApplications } from './registration-link';

/** Checks that the owner of the client's application sees the private API in the portal. */
export async function checkAccess(context: PublicationContext): Promise<Outcome> {
  const { konnect, publication, deployment, strategy } = context;
  const applications = await listApplications(context);
  const application = applications.find((each) => strategyIdOf(each) === strategy.id) ?? applications[0];
  const owner = application && ownerOf(application);
  if (!owner) {
    return Outcome.skipped('not checked, no developer has an application with the client id');
  }
  const { portalId, apiId } = publication;
  return checkPortalAccess({ konnect, deployment, portalId, apiId, owner });
}
