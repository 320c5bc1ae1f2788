import { ownerOf } from '../application-owner';
import { strategyIdOf } from '../application-strategy';
import { type Entity, fieldOf } from '../entity';
import { Outcome } from '../progress';
import { redeploy } from '../redeploy';
import type { PublicationContext } from './publication-context';
import { adviseOnOtherStrategy, adviseToRegister, adviseToRegisterApplication } from './register-advice';

/** Checks that an approved application of the client is registered for the API. */
export async function checkRegistration(context: PublicationContext): Promise<Outcome> {
  const { konnect, publication, deployment, client, strategy } = context;
  const portalName = deployment.portalName(publication.portalId);
  const applications = await listApplications(context);
  const owned = ownsApplication(context);
  if (applications.length === 0) {
    return Outcome.failed(
      `no application in ${portalName} has the client id ${client.clientId}`,
      owned ? redeploy('the application') : await adviseToRegister(context),
    );
  }
  const application = applications.find((each) => strategyIdOf(each) === strategy.id);
  if (!application) {
    return Outcome.failed(
      `application ${String(applications[0].name)} uses another auth strategy than the API`,
      owned
        ? redeploy('an application with the strategy')
        : await adviseOnOtherStrategy(context, applications),
    );
  }
  const portal = `v3/portals/${publication.portalId}`;
  const registrations = await konnect.list(`${portal}/applications/${application.id}/registrations`);
  const registration = registrations.find((each) => fieldOf(each, 'api', 'id') === publication.apiId);
  if (!registration) {
    return Outcome.failed(
      `application ${String(application.name)} is not registered for the API`,
      ownsRegistration(context, application.id)
        ? redeploy('the registration')
        : await adviseToRegisterApplication(context, application),
    );
  }
  const approve = `A Portal Admin approves it in Konnect: Dev Portal > ${portalName} > Access and approvals.`;
  if (registration.status !== 'approved') {
    return Outcome.failed(`the registration is ${String(registration.status)}`, approve);
  }
  const owner = ownerOf(application);
  const developer =
    owner?.type === 'developer' ? await konnect.find(`${portal}/developers/${owner.id}`) : undefined;
  return developer && developer.status !== 'approved'
    ? Outcome.failed(`developer ${String(developer.email)} is ${String(developer.status)}`, approve)
    : Outcome.ok(`application ${String(application.name)} is approved for the API`);
}

/** Whether the stacks own an application of the client with the strategy. */
function ownsApplication({ deployment, publication, client, strategy }: PublicationContext): boolean {
  return deployment.owns(
    'konnect_portal_application',
    (values) =>
      values.portal_id === publication.portalId &&
      values.client_id === client.clientId &&
      values.auth_strategy_id === strategy.id,
  );
}

/** Whether the stacks own the registration of an application for the API. */
function ownsRegistration({ deployment, publication }: PublicationContext, applicationId: string): boolean {
  return deployment.owns(
    'konnect_portal_application_registration',
    (values) => values.application_id === applicationId && values.api_id === publication.apiId,
  );
}

/** Applications of the client on the portal. */
export async function listApplications({
  konnect,
  publication,
  client,
}: PublicationContext): Promise<Entity[]> {
  const all = await konnect.list(`v3/portals/${publication.portalId}/applications`);
  return all.filter((each) => each.client_id === client.clientId);
}
