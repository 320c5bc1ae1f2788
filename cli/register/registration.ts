import type { Client, Deployment, Publication } from '../deployment';
import { CommandError, ExitCode } from '../exit';
import type { Entity, KonnectClient } from '../konnect-client';
import { Outcome, type Step, StepStatus } from '../progress';
import { type Ensured, ensure } from './ensure';
import { PortalApplications } from './portal-applications';
import type { RegisterOptions } from './register';

/** What was found or made, for `--json`. */
export interface Registered {
  readonly kind: 'developer' | 'application' | 'registration';
  readonly name: string;
  readonly id?: string;
  readonly status?: string;
  readonly change: 'none' | 'created' | 'replaced' | 'would be created' | 'would be replaced';
}

/** A registration that was asked for, and how to look for it again. */
interface Request {
  readonly result: PromiseSettledResult<Ensured>;
  readonly find: () => Promise<Entity | undefined>;
}

interface Failure {
  readonly title: string;
  readonly outcome: Outcome;
}

const NOT_DONE = 'not done, because of what failed before it';
/** How often approvals are looked for, in milliseconds. */
const APPROVAL_INTERVAL = 2_000;

/** The steps of a developer on one portal: sign up, an application for each strategy, a registration for each API. */
export class Registration {
  public readonly results: Registered[] = [];
  private readonly failures: Failure[] = [];
  private readonly done = new Set<string>();
  private readonly portal: string;
  private readonly applications = new Map<string, Entity>();
  private readonly portalApplications: PortalApplications;
  private developer?: Entity;
  private requests?: Promise<Map<Publication, Request>>;
  /** When nothing is waited for any more. */
  private end?: number;

  public constructor(
    private readonly options: RegisterOptions,
    private readonly deployment: Deployment,
    private readonly client: Client,
    private readonly publications: readonly Publication[],
    private readonly konnect: KonnectClient,
  ) {
    const { portalId } = publications[0];
    this.portal = `v3/portals/${portalId}`;
    this.portalApplications = new PortalApplications({ ...options, konnect, portalId, client });
  }

  /** What failed or waits, in words; undefined when everything is there. */
  public get error(): string | undefined {
    const [first, ...others] = this.failures;
    if (!first || others.length === 0) {
      return first?.outcome.detail;
    }
    return this.failures.map(({ title, outcome }) => `${title}: ${outcome.detail}`).join('; ');
  }

  public get exitCode(): ExitCode {
    if (this.failures.length === 0) {
      return ExitCode.OK;
    }
    return this.failures.some(({ outcome }) => isUnreachable(outcome.error))
      ? ExitCode.UNREACHABLE
      : ExitCode.FAILED;
  }

  public steps(): Step[] {
    const strategies = [...new Set(this.publications.map(({ strategyId = '' }) => strategyId))];
    const developer = 'developer';
    return [
      this.step(developer, [], `Developer ${this.options.developer}`, () => this.ensureDeveloper()),
      ...strategies.map((id) => {
        const name = this.applicationName(id, strategies.length > 1);
        return this.step(id, [developer], `Application ${name}`, () => this.ensureApplication(id, name));
      }),
      ...this.publications.map((publication) => {
        const { apiId, strategyId = '' } = publication;
        return this.step(apiId, [strategyId], `Registration for ${this.deployment.apiName(apiId)}`, () =>
          this.ensureRegistration(publication),
        );
      }),
    ];
  }

  /** A step that is taken when those that it needs are done, whatever became of the others. */
  private step(id: string, needs: readonly string[], title: string, act: () => Promise<Outcome>): Step {
    const run = async () => {
      if (needs.some((each) => !this.done.has(each))) {
        return Outcome.skipped(NOT_DONE);
      }
      const outcome = await act().catch(Outcome.thrown);
      if (outcome.status === StepStatus.FAILED) {
        this.failures.push({ title, outcome });
      } else {
        this.done.add(id);
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
    const { developer: email, fullName = email, dryRun } = this.options;
    const path = `${this.portal}/developers`;
    const filter = `filter[email][eq]=${encodeURIComponent(email)}`;
    const ensured = await ensure(
      async () => (await this.konnect.list(`${path}?${filter}`)).find((each) => each.email === email),
      () => this.konnect.create(path, { email, full_name: fullName, send_invitation_email: false }),
      dryRun,
    );
    this.developer = ensured.entity;
    return this.report('developer', email, ensured);
  }

  private async ensureApplication(strategyId: string, name: string): Promise<Outcome> {
    const ensured = await this.portalApplications.ensure(strategyId, name, this.developer);
    if (ensured.entity) {
      this.applications.set(strategyId, ensured.entity);
    }
    return this.report('application', name, ensured, ensured.replaced);
  }

  private async ensureRegistration(publication: Publication): Promise<Outcome> {
    const name = this.deployment.apiName(publication.apiId);
    // All are asked for before the first one is waited for: whoever approves sees them together.
    this.requests ??= this.requestAll();
    const request = (await this.requests).get(publication);
    if (!request) {
      return this.applications.has(publication.strategyId ?? '')
        ? Outcome.skipped(NOT_DONE)
        : this.report('registration', name, { created: true });
    }
    if (request.result.status === 'rejected') {
      throw request.result.reason;
    }
    const ensured = request.result.value;
    const entity = await this.untilApproved(ensured.entity, request.find);
    const outcome = this.report('registration', name, { ...ensured, entity });
    return this.notApproved(entity) ?? outcome;
  }

  private async requestAll(): Promise<Map<Publication, Request>> {
    const requests = new Map<Publication, Request>();
    for (const publication of this.publications) {
      const { apiId, strategyId = '' } = publication;
      const application = this.applications.get(strategyId);
      if (application) {
        const path = `${this.portal}/applications/${application.id}/registrations`;
        const find = async () =>
          (await this.konnect.list(path)).find(
            ({ api }) => (api as { id?: string } | undefined)?.id === apiId,
          );
        const create = () => this.konnect.create(path, { api_id: apiId });
        const [result] = await Promise.allSettled([ensure(find, create, this.options.dryRun)]);
        requests.set(publication, { result, find });
        if (result.status === 'rejected' && isUnreachable(result.reason)) {
          break;
        }
      }
    }
    return requests;
  }

  private async untilApproved(
    entity: Entity | undefined,
    find: () => Promise<Entity | undefined>,
  ): Promise<Entity | undefined> {
    this.end ??= Date.now() + this.options.waitForApproval * 1_000;
    let current = entity;
    while (!this.options.dryRun && Date.now() < this.end && this.isPending(current)) {
      await new Promise((resolve) =>
        setTimeout(resolve, Math.min(APPROVAL_INTERVAL, Number(this.end) - Date.now())),
      );
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

function isUnreachable(error: unknown): boolean {
  return error instanceof CommandError && error.exitCode === ExitCode.UNREACHABLE;
}
