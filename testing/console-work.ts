import type { Entity, SandboxApi } from './sandbox-api';
import { TestKitError } from './test-kit-error';

/*
 * What people do in the consoles of Okta and Konnect after a deployment, before a client can call an API.
 */

interface Secret {
  readonly status: string;
  readonly client_secret: string;
}

/**
 * The secret of a client as Okta shows it; for one that keeps it out of the state (ClientSecretStorage.OKTA_ONLY).
 *
 * @throws TestKitError when Okta has no such client, or no secret of it
 */
export async function secretInOkta(api: SandboxApi, clientId: string): Promise<string> {
  const path = `/apps/${encodeURIComponent(clientId)}/credentials/secrets`;
  const secrets = await api.okta<readonly Secret[]>('GET', path).catch((error: Error) => {
    throw new TestKitError(
      `The secret of client ${clientId} cannot be read: ${error.message}. Deploy the stack that has the client in the same test.`,
    );
  });
  const active = secrets.find(({ status }) => status === 'ACTIVE');
  if (!active) {
    throw new TestKitError(`Client ${clientId} has no active secret, and the proof needs one`);
  }
  return active.client_secret;
}

/**
 * Approves what a client waits for, as a Portal Admin does under Access and approvals: the developers who own its
 * applications, and the registrations of these. What was rejected or revoked stays so.
 *
 * @returns how many were approved
 */
export async function approve(api: SandboxApi, clientId: string): Promise<number> {
  let approved = 0;
  const ensure = async (path: string, { status }: Entity) => {
    if (status === 'pending') {
      await api.konnect('PATCH', path, { status: 'approved' });
      approved += 1;
    }
  };
  for (const { id } of await api.konnectList('/v3/portals')) {
    const portal = `/v3/portals/${id}`;
    const applications = await api.konnectList(`${portal}/applications`);
    for (const application of applications.filter((each) => each.client_id === clientId)) {
      const { type, id: ownerId } = application.owner as { readonly type: string; readonly id: string };
      if (type === 'developer') {
        const developer = `${portal}/developers/${ownerId}`;
        await ensure(developer, await api.konnect('GET', developer));
      }
      const registrations = `${portal}/applications/${application.id}/registrations`;
      for (const registration of await api.konnectList(registrations)) {
        await ensure(`${registrations}/${registration.id}`, registration);
      }
    }
  }
  return approved;
}
