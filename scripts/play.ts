import { type Plan, Sandbox } from 'okta-dev-portal-oidc-sandbox';

/** A step went wrong; its message says how. */
export class PlayError extends Error {}

interface Resource {
  readonly type: string;
  readonly values: { readonly id: string };
}

/**
 * Plays the how-to in a sandbox: deploys the stack with real Terraform, takes the developer's steps, sends the
 * requests that must pass and those that must not, and destroys everything.
 *
 * @param name of the stack
 * @param json its Terraform JSON
 * @param report takes one line for each step that is done
 * @throws PlayError when a step does not end as it must
 */
export async function play(name: string, json: string, report: (line: string) => void): Promise<void> {
  const sandbox = await Sandbox.start();
  const step = async (what: string, act: () => Promise<string>) => {
    const begun = performance.now();
    const result = await act();
    report(`  ✓ ${what}: ${result} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  };
  try {
    let credentials = { id: '', secret: '' };
    await step('Deploy', async () => {
      const { changes, outputs } = await sandbox.deployJson(name, json);
      credentials = { id: String(outputs.client_id), secret: String(outputs.client_secret) };
      return `${changes.add} resources added`;
    });
    await step('Plan again', async () => nothing(await sandbox.planJson(name, json)));
    const { id, secret } = credentials;
    const path = routePath(json);
    await step('Request of the client before it is registered', () =>
      expectStatus(sandbox, path, 403, id, secret),
    );
    await step('Sign up, create an app, register it for the API', () => register(sandbox, name, id));
    await step('Request with Basic credentials', () => expectStatus(sandbox, path, 200, id, secret));
    await step('Request without credentials', () => expectStatus(sandbox, path, 401));
    await step('Request with a wrong secret', () => expectStatus(sandbox, path, 401, id, 'wrong'));
    await step('Destroy', async () => `${(await sandbox.destroy(name)).remove} resources destroyed`);
  } finally {
    await sandbox.stop();
  }
}

function nothing({ changes }: Plan): string {
  if (changes.length > 0) {
    throw new PlayError(`The second plan is not empty: ${changes.map(({ address }) => address).join(', ')}`);
  }
  return 'no changes';
}

function routePath(json: string): string {
  const { resource } = JSON.parse(json) as {
    resource: { konnect_gateway_route: { [name: string]: { paths: string[] } } };
  };
  return Object.values(resource.konnect_gateway_route)[0].paths[0];
}

async function expectStatus(
  sandbox: Sandbox,
  path: string,
  status: number,
  id?: string,
  secret?: string,
): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  const response = await fetch(`${sandbox.gateway.url}${path}`, { headers: id ? { authorization } : {} });
  if (response.status !== status) {
    const reason = response.headers.get('x-sandbox-reason') ?? '';
    throw new PlayError(`Expected ${status}, and the gateway answered ${response.status} ${reason}`);
  }
  return String(response.status);
}

/** The developer's steps; in a real portal they are taken in the browser. */
async function register(sandbox: Sandbox, name: string, clientId: string): Promise<string> {
  const state = (await sandbox.workspace(name).show()) as {
    values: { root_module: { resources: readonly Resource[] } };
  };
  const idOf = (type: string) =>
    state.values.root_module.resources.find((resource) => resource.type === type)?.values.id ?? '';
  const portal = `/v3/portals/${idOf('konnect_portal')}`;
  const post = async (path: string, body: object): Promise<{ id: string; status?: string }> => {
    const response = await fetch(`${sandbox.konnect.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.konnect.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new PlayError(`POST ${path}: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as { id: string };
  };
  const developer = await post(`${portal}/developers`, {
    email: 'developer@example.test',
    full_name: 'Developer',
  });
  const application = await post(`${portal}/applications`, {
    name: 'My app',
    client_id: clientId,
    auth_strategy_id: idOf('konnect_application_auth_strategy'),
    owner: { type: 'developer', id: developer.id },
  });
  const registration = await post(`${portal}/applications/${application.id}/registrations`, {
    api_id: idOf('konnect_api'),
  });
  return registration.status ?? '';
}
