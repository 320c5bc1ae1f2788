import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Deployment, type Publication } from '../cli/deployment';
import { selectOktaClient } from '../cli/select-client';
import { approve } from './admin-console';
import { asKitError, type CommandResult, runCommand, type StackState } from './command';
import type { SandboxApi } from './sandbox-api';
import type { ProveOptions } from './stack-tester-options';
import { issuersIn, resourcesIn } from './terraform-state';
import { TestKitError } from './test-kit-error';

/** A developer, application or registration. */
export interface Registered {
  /** `developer`, `application` or `registration`. */
  readonly kind: string;

  /** E-mail address of the developer, name of the application, or names of API and portal. */
  readonly name: string;

  /**
   * Status in Konnect, for example `approved` or `pending`.
   *
   * @default - none, for an application
   */
  readonly status?: string;
}

/** What the command `register` prints. */
interface RegistrationResult extends CommandResult {
  readonly results: Registered[];
  error?: string;
}

/** The client and the APIs that options select. */
export interface Selection {
  readonly label: string;
  readonly clientId: string;

  /** `undefined` if it is not in the state. */
  readonly clientSecret?: string;

  readonly publications: readonly Publication[];

  /** Ids of the portals with an API that the client can be registered for. */
  readonly portals: readonly string[];

  /** Ids of the authorization servers. */
  readonly servers: readonly string[];
}

/** @throws TestKitError if it is not clear which client or API is meant */
export function select(states: readonly StackState[], { client, api, portal }: ProveOptions): Selection {
  const resources = resourcesIn(states);
  const deployment = new Deployment(resources);
  if (deployment.publications.length === 0) {
    throw new TestKitError(
      'The stacks publish no API, so no access can be proved. Publish one with publish of OktaDevPortalOidc, or test only the deployment of these stacks: deploy() and plan()',
    );
  }
  try {
    const { label, clientId, clientSecret } = selectOktaClient(deployment.clients, client);
    const publications = deployment.selectPublications(api, portal);
    const withStrategy = publications.filter(({ strategyId }) => strategyId !== undefined);
    const portals = [...new Set(withStrategy.map(({ portalId }) => portalId))];
    return { label, clientId, clientSecret, publications, portals, servers: issuersIn(resources) };
  } catch (error) {
    throw asKitError(error);
  }
}

/** Registers the client on each portal with the command `register`, and approves pending ones. */
export async function register(
  sandbox: Sandbox,
  api: SandboxApi,
  states: readonly StackState[],
  options: ProveOptions,
): Promise<RegistrationResult> {
  const { developer = 'developer@example.test', approve: isApproved = true } = options;
  const { clientId, portals } = select(states, options);
  const all: RegistrationResult = { ok: true, results: [] };
  // A developer belongs to one portal. Without a portal the command prints the reason.
  for (const portal of portals.length > 0 ? portals : [options.portal]) {
    const flags = { developer, client: options.client, api: options.api, portal };
    const run = () => runCommand<RegistrationResult>(sandbox, states, ['register'], flags);
    let result = await run();
    // The command registers what waited for an approval when it runs again.
    while (!result.ok && isApproved && (await approve(api, clientId)) > 0) {
      result = await run();
    }
    all.results.push(...result.results);
    all.error ??= result.error;
  }
  return all;
}

/** Whether the stacks register the client themselves, with resources of konnect 3.21. */
export function isRegisteredByStacks(states: readonly StackState[], clientId: string): boolean {
  const resources = resourcesIn(states);
  const applications = resources
    .filter(({ type, values }) => type === 'konnect_portal_application' && values.client_id === clientId)
    .map(({ values }) => values.id);
  return resources.some(
    ({ type, values }) =>
      type === 'konnect_portal_application_registration' && applications.includes(values.application_id),
  );
}
