import type { Publication } from '../deployment';
import { type Entity, fieldOf } from '../entity';
import { CommandError, ExitCode } from '../exit';
import type { KonnectClient } from '../konnect-client';
import { type Ensured, ensure } from './ensure';

/** A requested registration, and how to read it again. */
export interface RegistrationRequest {
  readonly result: PromiseSettledResult<Ensured>;
  readonly find: () => Promise<Entity | undefined>;
}

/** Settings of requestRegistrations. */
interface RegistrationRequestsOptions {
  readonly konnect: KonnectClient;
  /** Path of the portal. */
  readonly portal: string;
  readonly publications: readonly Publication[];
  /** Applications by the id of their strategy. */
  readonly applications: ReadonlyMap<string, Entity>;
  readonly dryRun: boolean;
}

/** Finds or creates a registration for each publication that has an application. Stops when Konnect is unreachable. */
export async function requestRegistrations(
  options: RegistrationRequestsOptions,
): Promise<Map<Publication, RegistrationRequest>> {
  const { konnect, portal, publications, applications, dryRun } = options;
  const requests = new Map<Publication, RegistrationRequest>();
  for (const publication of publications) {
    const { apiId, strategyId = '' } = publication;
    const application = applications.get(strategyId);
    if (application) {
      const path = `${portal}/applications/${application.id}/registrations`;
      const find = async () =>
        (await konnect.list(path)).find((each) => fieldOf(each, 'api', 'id') === apiId);
      const create = () => konnect.create(path, { api_id: apiId });
      const [result] = await Promise.allSettled([ensure(find, create, dryRun)]);
      requests.set(publication, { result, find });
      if (result.status === 'rejected' && isUnreachable(result.reason)) {
        break;
      }
    }
  }
  return requests;
}

/** Whether an error says that a service is unreachable or refuses the token. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof CommandError && error.exitCode === ExitCode.UNREACHABLE;
}
