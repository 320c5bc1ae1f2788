import { ownerName, ownerOf } from '../application-owner';
import { findOutdated } from '../application-strategy';
import { type Entity, nameOf } from '../entity';
import { quote } from '../shell';
import type { PublicationContext } from './publication-context';

const ANY_DEVELOPER = '<e-mail>';

/** How to register a client that has no application on the portal. */
export async function adviseToRegister(context: PublicationContext): Promise<string> {
  const register = `Register it with ${registerCommand(context)}, or in the portal with Use this API.`;
  const { client, publication, konnect } = context;
  const applications = await konnect.list(`v3/portals/${publication.portalId}/applications`);
  // A client that was created anew has another id, and its old application has the name.
  const namesake = applications.find(
    (each) => ownerOf(each)?.type === 'developer' && nameOf(each) === client.label,
  );
  if (!namesake) {
    return register;
  }
  const [outdated] = await findOutdated([namesake], publication.portalId, konnect);
  const option = outdated ? '--replace' : '--application <name>';
  const reason = outdated ? ' with a strategy that no API on the portal uses any more' : '';
  return `${register} As developer ${await developerOf(context, namesake)} add ${option}: they have an application ${nameOf(namesake)}${reason}.`;
}

/** How to register a client whose applications all have other strategies than the API. */
export async function adviseOnOtherStrategy(
  context: PublicationContext,
  applications: readonly Entity[],
): Promise<string> {
  const { publication, konnect } = context;
  const [outdated] = await findOutdated(applications, publication.portalId, konnect);
  if (!outdated) {
    return `Another API uses that strategy. Register a second application with ${registerCommand(context)}.`;
  }
  const cause = 'Konnect cannot move an application to another strategy';
  return ownerOf(outdated)?.type === 'team'
    ? `${cause}. Delete ${nameOf(outdated)} in the portal, and register a new one with ${registerCommand(context)}.`
    : `${cause}, and no API uses that of ${nameOf(outdated)} any more. Replace it with ${registerCommand(context, await developerOf(context, outdated))} --replace.`;
}

/** How to register an application that exists for the API: as its developer. */
export async function adviseToRegisterApplication(
  context: PublicationContext,
  application: Entity,
): Promise<string> {
  const command = registerCommand(context, await developerOf(context, application));
  return `Register it with ${command}, or in the portal with Use this API.`;
}

/** E-mail address of the developer of an application. */
async function developerOf(
  { konnect, publication }: PublicationContext,
  application: Entity,
): Promise<string> {
  const owner = ownerOf(application);
  return owner?.type === 'developer'
    ? ownerName(owner, `v3/portals/${publication.portalId}`, konnect)
    : ANY_DEVELOPER;
}

/** `register` for the client and the API, with the options that the stacks make necessary. */
function registerCommand(
  { deployment, publication, client }: PublicationContext,
  developer = ANY_DEVELOPER,
): string {
  const { clients, publications, folder } = deployment;
  const isOwned = clients.some(({ clientId }) => clientId === client.clientId);
  const hasUniqueLabel = clients.filter(({ label }) => label === client.label).length === 1;
  const hasSeveral = (id: 'apiId' | 'portalId') => publications.some((each) => each[id] !== publication[id]);
  return [
    `npx okta-dev-portal-oidc register --developer ${developer === ANY_DEVELOPER ? developer : quote(developer)}`,
    ...(folder === undefined ? [] : [`--chdir ${quote(folder)}`]),
    ...(isOwned ? [] : [`--client-id ${quote(client.clientId)}`]),
    ...(isOwned && clients.length > 1
      ? [`--client ${quote(hasUniqueLabel ? client.label : client.clientId)}`]
      : []),
    ...(hasSeveral('apiId') ? [`--api ${quote(deployment.apiName(publication.apiId))}`] : []),
    ...(hasSeveral('portalId') ? [`--portal ${quote(deployment.portalName(publication.portalId))}`] : []),
  ].join(' ');
}
