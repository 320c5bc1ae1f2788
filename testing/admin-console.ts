import type { Entity, SandboxApi } from './sandbox-api';
import { TestKitError } from './test-kit-error';

interface Secret {
  readonly status: string;
  readonly client_secret: string;
}

/**
 * Reads the secret of a client in Okta, for a client whose secret is not in the state (ClientSecretStorage.OKTA_ONLY).
 *
 * @throws TestKitError if Okta has no such client, or the client has no active secret
 */
export async function readClientSecret(api: SandboxApi, clientId: string): Promise<string> {
  const path = `/apps/${encodeURIComponent(clientId)}/credentials/secrets`;
  const secrets = await api.okta<readonly Secret[]>('GET', path).catch((error: Error) => {
    throw new TestKitError(
      `The secret of client ${clientId} cannot be read: ${error.message}. Deploy the stack that has the client in the same test.`,
    );
  });
  const active = secrets.find(({ status }) => status === 'ACTIVE');
  if (!active) {
    throw new TestKitError(`Client ${clientId} has no active secret. The proof needs one`);
  }
  return active.client_secret;
}

/**
 * Approves a client as a Portal Admin does under Access and approvals: the developers of its applications, and the
 * registrations of the applications. Rejected and revoked ones stay so.
 *
 * @returns the number of approvals
 */
export async function approve(api: SandboxApi, clientId: string): Promise<number> {
  let approved = 0;
  const approvePending = async (path: string, { status }: Entity) => {
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
        await approvePending(developer, await api.konnect('GET', developer));
      }
      const registrations = `${portal}/applications/${application.id}/registrations`;
      for (const registration of await api.konnectList(registrations)) {
        await approvePending(`${registrations}/${registration.id}`, registration);
      }
    }
  }
  return approved;
}
