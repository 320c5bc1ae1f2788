import { fieldOf, textOf } from '../../entity';
import { ALL_CLIENTS, clientIdOf, clientsOf } from '../../okta-entity';
import { settingsAtRisk } from '../application-settings';
import type { Findings } from '../findings';
import type { ImportCandidate, Matcher } from './matcher';

/** Options of checkLosses. */
interface LossOptions {
  readonly acceptLoss?: readonly string[];
  readonly partial: boolean;
}

/** Adds errors for access and settings that the deployment of a matched resource would remove. */
export async function checkLosses(
  match: ImportCandidate,
  matcher: Matcher,
  findings: Findings,
  options: LossOptions,
): Promise<void> {
  switch (match.resource.type) {
    case 'okta_auth_server_policy':
      if (!options.partial) {
        await checkClients(match, matcher, findings);
      }
      break;
    case 'okta_app_oauth':
      checkApplication(match, findings, options);
      break;
    case 'konnect_application_auth_strategy':
      await checkIssuer(match, matcher, findings);
      break;
  }
}

/** A client that leaves the policy gets no more tokens. */
async function checkClients(
  { resource, entity }: ImportCandidate,
  matcher: Matcher,
  findings: Findings,
): Promise<void> {
  const listed = resource.argument('client_whitelist');
  const ids: (string | undefined)[] = [];
  for (const each of Array.isArray(listed) ? listed : []) {
    ids.push(await matcher.resolveText(resource, each, { client_id: clientIdOf, id: ({ id }) => id }));
  }
  const missing = clientsOf(entity).filter((id) => !ids.includes(id));
  if (missing.length === 0 || ids.includes(undefined)) {
    return;
  }
  findings.addError(
    resource.title,
    `${missing.join(', ')} would get no more tokens: the policy in the code does not list them`,
    missing.includes(ALL_CLIENTS)
      ? `Set client_whitelist of its resource to ['${ALL_CLIENTS}'].`
      : `Add ${missing.map((id) => `'${id}'`).join(', ')} to the allowed client ids.`,
  );
}

/** The provider's update replaces the application, and leaves out settings that it does not know. */
function checkApplication(
  { resource, entity }: ImportCandidate,
  findings: Findings,
  { acceptLoss = [] }: LossOptions,
): void {
  for (const { setting, value } of settingsAtRisk(
    entity,
    (argument) => resource.argument(argument) !== undefined,
  )) {
    const detail = `the deployment resets ${setting} (${value}): the Okta provider may not know the setting`;
    if (acceptLoss.includes(setting)) {
      findings.addWarning(resource.title, detail, `Set ${setting} in Okta again after the deployment.`);
    } else {
      findings.addError(
        resource.title,
        detail,
        `Remove the application from the stack and add its client id to the allowed ones, or pass --accept-loss ${setting}.`,
      );
    }
  }
}

/** Another issuer replaces the strategy before konnect 3.22, and takes its registrations away. */
async function checkIssuer(
  { resource, entity }: ImportCandidate,
  matcher: Matcher,
  findings: Findings,
): Promise<void> {
  const existing = fieldOf(entity, 'configs', 'openid-connect', 'issuer');
  const issuer = await matcher.resolveText(
    resource,
    resource.argument('openid_connect.configs.openid_connect.issuer'),
    { issuer: (server) => textOf(server, 'issuer') },
  );
  if (issuer !== undefined && issuer !== existing) {
    findings.addError(
      resource.title,
      `its issuer is ${String(existing)}, and the code has ${issuer}: the deployment would replace it`,
      `If both are the same server, reference it by its attributes, with the issuer '${String(existing)}'.`,
    );
  }
}
