import type { Console } from './console';
import { type Client, Deployment, type Publication } from './deployment';
import { CommandError, ExitCode } from './exit';
import { type Entity, KonnectClient } from './konnect-client';
import { Outcome, runSteps, type Step, StepStatus } from './progress';
import type { StateOptions } from './state';

/** What `register` is asked for. */
export interface RegisterOptions extends StateOptions {
  /** E-mail address of the developer. */
  readonly developer: string;

  /** Full name of a developer who is not there yet. */
  readonly fullName?: string;

  /** Name of the application in the portal. */
  readonly application?: string;

  /** Label or client id of the Okta application. */
  readonly client?: string;

  /** Name or id of the API; all that are published on the portal without it. */
  readonly api?: string;

  /** Name or id of the portal. */
  readonly portal?: string;

  /** Whether an application with a strategy that the API has no longer is deleted and created anew. */
  readonly replace: boolean;

  /** Whether nothing is created. */
  readonly dryRun: boolean;

  /** How long to wait for approvals, in seconds. */
  readonly waitForApproval: number;
  readonly json: boolean;
}

/** What was found or made, for `--json`. */
interface Registered {
  readonly kind: 'developer' | 'application' | 'registration';
  readonly name: string;
  readonly id?: string;
  readonly status?: string;
  readonly change: 'none' | 'created' | 'replaced' | 'would be created' | 'would be replaced';
}

/** An entity that is there now, or would be. */
interface Ensured {
  readonly entity?: Entity;
  readonly created: boolean;
}

/** How often approvals are looked for, in milliseconds. */
const APPROVAL_INTERVAL = 2_000;

/**
 * Registers an Okta client for the APIs of deployed stacks, as its developer would do in the portal:
 * developer, application, registration. What is there already is left alone.
 */
export async function register(options: RegisterOptions, console: Console): Promise<ExitCode> {
  const deployment = await Deployment.load(options, console);
  const client = deployment.selectClient(options.client);
  const publications = deployment.selectWithStrategy(options.api, options.portal);
  const portals = [...new Set(publications.map(({ portalId }) => portalId))];
  if (portals.length > 1) {
    throw CommandError.usage(
      `The stacks publish on ${portals.length} portals, and a developer belongs to one`,
      `Name one with --portal: ${portals.map((id) => deployment.portalName(id)).join(', ')}.`,
    );
  }
  const konnect = await KonnectClient.create(console);
  const registration = new Registration(options, deployment, client, publications, konnect);
  await runSteps(registration.steps(), console, options.json);
  const { failure, results } = registration;
  if (options.json) {
    console.print(JSON.stringify({ ok: failure === undefined, results, error: failure?.detail }, null, 2));
  }
  return failure === undefined ? ExitCode.OK : (failure.error?.exitCode ?? ExitCode.FAILED);
}

class Registration {
  public readonly results: Registered[] = [];
  /** The first step that failed; later ones are not taken. */
  public failure?: Outcome;
  private readonly portal: string;
  private developer?: Entity;
  private readonly applications = new Map<string, Entity>();

  public constructor(
    private readonly options: RegisterOptions,
    private readonly deployment: Deployment,
    private readonly client: Client,
    private readonly publications: readonly Publication[],
    private readonly konnect: KonnectClient,
  ) {
    this.portal = `v3/portals/${publications[0].portalId}`;
  }

  public steps(): Step[] {
    const strategies = [...new Set(this.publications.map(({ strategyId }) => strategyId ?? ''))];
    return [
      this.step(`Developer ${this.options.developer}`, () => this.ensureDeveloper()),
      ...strategies.map((id) => {
        const name = this.applicationName(id, strategies.length > 1);
        return this.step(`Application ${name}`, () => this.ensureApplication(id, name));
      }),
      ...this.publications.map((publication) =>
        this.step(`Registration for ${this.deployment.apiName(publication.apiId)}`, () =>
          this.ensureRegistration(publication),
        ),
      ),
    ];
  }

  private step(title: string, act: () => Promise<Outcome>): Step {
    const run = async () => {
      if (this.failure !== undefined) {
        return Outcome.skipped('not done, because of what failed before it');
      }
      const outcome = await act().catch(Outcome.thrown);
      if (outcome.status === StepStatus.FAILED) {
        this.failure = outcome;
      }
      return outcome;
    };
    return { title, run };
  }

  private applicationName(strategyId: string, several: boolean): string {
    const { application = this.client.label } = this.options;
    return several
      ? `${application} (${this.deployment.strategy(strategyId)?.name ?? strategyId})`
      : application;
  }

  private async ensureDeveloper(): Promise<Outcome> {
    const { developer: email, fullName = email } = this.options;
    const path = `${this.portal}/developers`;
    const filter = `filter[email][eq]=${encodeURIComponent(email)}`;
    const { entity, created } = await this.ensure(
      async () => (await this.konnect.list(`${path}?${filter}`)).find((each) => each.email === email),
      () => this.konnect.create(path, { email, full_name: fullName, send_invitation_email: false }),
    );
    this.developer = entity;
    return this.report('developer', email, { entity, created });
  }

  private async ensureApplication(strategyId: string, name: string): Promise<Outcome> {
    const path = `${this.portal}/applications`;
    const { clientId } = this.client;
    const all = await this.konnect.list(path);
    const ofClient = all.filter((each) => each.client_id === clientId);
    const current = ofClient.find((each) => strategyIdOf(each) === strategyId);
    if (current) {
      const { owner } = current as { owner?: { type?: string; id?: string } };
      if (owner?.type === 'developer' && owner.id !== this.developer?.id) {
        return Outcome.failed(
          `the client ${clientId} is registered by another developer (${owner.id}) as ${String(current.name)}`,
          'Use a client of your own, or let its owner register it for the API.',
        );
      }
      this.applications.set(strategyId, current);
      return this.report('application', name, { entity: current, created: false });
    }
    const outdated = await this.outdated(ofClient);
    if (outdated.length > 0 && !this.options.replace) {
      return Outcome.failed(
        `application ${String(outdated[0].name)} has the strategy ${strategyIdOf(outdated[0])}, which no API on the portal has any more: its requests get 403`,
        'Konnect cannot move an application to another strategy. Create it anew, and delete the old one, with --replace.',
      );
    }
    const find = async () =>
      (await this.konnect.list(path)).find(
        (each) => each.client_id === clientId && strategyIdOf(each) === strategyId,
      );
    const create = () =>
      this.konnect.create(path, {
        name,
        client_id: clientId,
        auth_strategy_id: strategyId,
        owner: { type: 'developer', id: this.developer?.id },
      });
    const remove = async () => {
      for (const { id } of outdated) {
        await this.konnect.delete(`${path}/${id}`);
      }
    };
    const ensured = await this.ensure(find, () => this.createInsteadOf(create, remove));
    if (ensured.entity) {
      this.applications.set(strategyId, ensured.entity);
    }
    return this.report('application', name, ensured, outdated.length > 0);
  }

  /** The new application is there before the old one goes, unless Konnect does not take both. */
  private async createInsteadOf(create: () => Promise<Entity>, remove: () => Promise<void>): Promise<Entity> {
    try {
      const created = await create();
      await remove();
      return created;
    } catch (error) {
      if (!this.options.replace || (error as CommandError).status !== 409) {
        throw error;
      }
    }
    await remove();
    return create();
  }

  /** Applications whose strategy no API on the portal has any more. */
  private async outdated(applications: readonly Entity[]): Promise<Entity[]> {
    if (applications.length === 0) {
      return [];
    }
    const { portalId } = this.publications[0];
    const published = await this.konnect.list(`v3/api-publications?filter[portal_id][eq]=${portalId}`);
    const used = new Set(published.flatMap(({ auth_strategy_ids: ids }) => (ids ?? []) as string[]));
    return applications.filter((each) => !used.has(strategyIdOf(each)));
  }

  private async ensureRegistration({ apiId, strategyId = '' }: Publication): Promise<Outcome> {
    const name = this.deployment.apiName(apiId);
    const application = this.applications.get(strategyId);
    if (!application) {
      return this.report('registration', name, { created: true });
    }
    const path = `${this.portal}/applications/${application.id}/registrations`;
    const find = async () =>
      (await this.konnect.list(path)).find(({ api }) => (api as { id?: string } | undefined)?.id === apiId);
    const ensured = await this.ensure(find, () => this.konnect.create(path, { api_id: apiId }));
    const approved = await this.untilApproved(ensured.entity, find);
    const outcome = this.report('registration', name, { ...ensured, entity: approved });
    return this.notApproved(approved) ?? outcome;
  }

  /** Looks for an entity and creates it; when the creation fails, it may be there nevertheless. */
  private async ensure(
    find: () => Promise<Entity | undefined>,
    create: () => Promise<Entity>,
  ): Promise<Ensured> {
    const found = await find();
    if (found || this.options.dryRun) {
      return { entity: found, created: !found };
    }
    try {
      return { entity: await create(), created: true };
    } catch (error) {
      const entity = await find().catch(() => undefined);
      if (!entity) {
        throw error;
      }
      return { entity, created: true };
    }
  }

  private async untilApproved(
    entity: Entity | undefined,
    find: () => Promise<Entity | undefined>,
  ): Promise<Entity | undefined> {
    const end = Date.now() + this.options.waitForApproval * 1_000;
    let current = entity;
    while (!this.options.dryRun && Date.now() < end && this.isPending(current)) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(APPROVAL_INTERVAL, end - Date.now())));
      this.developer = await this.konnect.find(`${this.portal}/developers/${this.developer?.id}`);
      current = await find();
    }
    return current;
  }

  private isPending(registration: Entity | undefined): boolean {
    return registration?.status === 'pending' || this.developer?.status === 'pending';
  }

  private notApproved(registration: Entity | undefined): Outcome | undefined {
    const waiting = [
      ...(this.developer && this.developer.status !== 'approved'
        ? [`developer ${this.options.developer} is ${String(this.developer.status)}`]
        : []),
      ...(registration && registration.status !== 'approved'
        ? [`the registration is ${String(registration.status)}`]
        : []),
    ];
    const portal = this.deployment.portalName(this.publications[0].portalId);
    return waiting.length === 0
      ? undefined
      : Outcome.failed(
          waiting.join(', and '),
          `A Portal Admin of the Konnect organization approves in Dev Portal > ${portal} > Access and approvals; wait for it with --wait-for-approval, or let autoApproveDevelopers and autoApproveApplications of the portal do it.`,
        );
  }

  private report(
    kind: Registered['kind'],
    name: string,
    { entity, created }: Ensured,
    replaced = false,
  ): Outcome {
    const done = replaced ? 'replaced' : 'created';
    const change = created ? (this.options.dryRun ? (`would be ${done}` as const) : done) : 'none';
    const status = entity?.status as string | undefined;
    this.results.push({ kind, name, id: entity?.id, status, change });
    const words = change === 'none' ? 'is there' : change;
    return Outcome.ok(status === undefined ? words : `${words}, ${status}`);
  }
}

function strategyIdOf({ auth_strategy: strategy }: Entity): string {
  return (strategy as { id?: string } | undefined)?.id ?? '';
}
