import { type Entity, fieldOf, nameOf, textOf, textsOf } from '../../entity';
import { ALL_CLIENTS, clientIdOf, clientsOf } from '../../okta-entity';
import type { Findings } from '../findings';
import type { OktaReader } from './okta-reader';
import { isWanted } from './selection';

const NOT_IN_ORG = 'no OIDC application has that label or id';

/** Finds the Okta applications that the user chose. */
export async function findClients(
  okta: OktaReader,
  wanted: readonly string[],
  findings: Findings,
): Promise<Entity[]> {
  if (wanted.length === 0) {
    findings.addError('Applications', 'none is chosen', 'Name them with --client <label or id>.');
    return [];
  }
  const known = await okta.applications();
  reportUnknown(known, wanted, NOT_IN_ORG, findings);
  return selectApplications(known, wanted, findings);
}

/** Finds the applications to adopt: the ones that the user chose, or all clients of the policy. */
export async function findApplications(
  okta: OktaReader,
  policy: Entity,
  wanted: readonly string[],
  findings: Findings,
): Promise<Entity[]> {
  const included = clientsOf(policy);
  const isForAll = included.includes(ALL_CLIENTS);
  const known = (await okta.applications()).filter((each) => isForAll || included.includes(clientIdOf(each)));
  if (isForAll && wanted.length === 0) {
    findings.addError(
      'Applications',
      `access policy ${nameOf(policy)} is for all clients of the org, so nothing says which of them belong to the portal`,
      'Name them with --client; the policy stays for all.',
    );
    return [];
  }
  const reason = isForAll ? NOT_IN_ORG : `not among the clients of access policy ${nameOf(policy)}`;
  reportUnknown(known, wanted, reason, findings);
  const adopted = selectApplications(known, wanted, findings);
  const ids = adopted.map(clientIdOf);
  const others = included.filter((id) => id !== ALL_CLIENTS && !ids.includes(id));
  if (others.length > 0 && !findings.hasErrors) {
    findings.addSkipped('Other clients of the policy', `${others.join(', ')}, which keep their access`);
  }
  return adopted;
}

/** Adds an error for each wanted application that is not known. */
function reportUnknown(
  known: readonly Entity[],
  wanted: readonly string[],
  reason: string,
  findings: Findings,
): void {
  for (const each of wanted.filter((one) => !known.some((app) => isWanted(app, labelOf(app), one)))) {
    findings.addError(
      `Application ${each}`,
      reason,
      `There are: ${known.map((app) => `${labelOf(app)} (${app.id})`).join(', ')}.`,
    );
  }
}

/** Selects the wanted applications, or all, except those that the construct cannot create. */
function selectApplications(
  known: readonly Entity[],
  wanted: readonly string[],
  findings: Findings,
): Entity[] {
  const selected = known.filter(
    (app) => wanted.length === 0 || wanted.some((one) => isWanted(app, labelOf(app), one)),
  );
  const adopted: Entity[] = [];
  for (const application of selected) {
    const namesakes = selected.filter((each) => labelOf(each) === labelOf(application));
    const reason = reasonToSkip(application);
    if (reason !== undefined) {
      findings.addSkipped(
        `Application ${labelOf(application)}`,
        `${application.id}, stays as it is: ${reason}`,
      );
    } else if (namesakes.length === 1) {
      findings.add(`Application ${labelOf(application)}`, application.id);
      adopted.push(application);
    } else if (namesakes[0] === application) {
      findings.addError(
        `Application ${labelOf(application)}`,
        `ambiguous: ${namesakes.map(({ id }) => id).join(', ')}`,
        'Choose one with --client <id>; the others keep their access.',
      );
    }
  }
  return adopted;
}

/** Why the construct cannot create an application; `undefined` if it can. */
function reasonToSkip(application: Entity): string | undefined {
  const client = (field: string) => fieldOf(application, 'settings', 'oauthClient', field);
  const type = client('application_type');
  const uris = textsOf(application, 'settings', 'oauthClient', 'redirect_uris');
  const method = fieldOf(application, 'credentials', 'oauthClient', 'token_endpoint_auth_method');
  if (type !== 'web' && type !== 'service') {
    return `it is a ${String(type)} application`;
  }
  if (!textsOf(application, 'settings', 'oauthClient', 'grant_types').includes('client_credentials')) {
    return 'it has no client credentials grant';
  }
  const keys = fieldOf(application, 'settings', 'oauthClient', 'jwks', 'keys');
  const hasKeys = client('jwks_uri') || (Array.isArray(keys) && keys.length > 0);
  if (hasKeys || (typeof method === 'string' && !method.startsWith('client_secret'))) {
    return 'it has no client secret but keys';
  }
  if (uris.some((uri) => !URL.canParse(uri) || /[\s#*]/.test(uri))) {
    return 'a redirect URI of it has a wildcard or a fragment';
  }
  return type === 'web' && uris.length === 0 ? 'it has no redirect URI' : undefined;
}

function labelOf(application: Entity): string {
  return textOf(application, 'label');
}
