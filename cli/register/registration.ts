import type { Client, Deployment, Publication } from '../deployment';
import type { Entity } from '../entity';
import { ExitCode } from '../exit';
import { joinTexts } from '../join-texts';
import type { KonnectClient } from '../konnect-client';
import { checkPortalAccess } from '../portal-access';
import { Outcome, type Step, StepStatus } from '../progress';
import { type Ensured, ensure } from './ensure';
import type { RegistrationResult } from './output';
import { PortalApplications } from './portal-applications';
import type { RegisterOptions } from './register-options';
import type { RegistrablePublication } from './registrable';
import { isUnreachable, type RegistrationRequest, requestRegistrations } from './registration-requests';

interface Failure {
  readonly title: string;
  readonly outcome: Outcome;
}

const NOT_DONE = 'not done, because an earlier step failed';
const POLL_INTERVAL_MS = 2_000;

/** Registers a developer on one portal: account, an application for each strategy, a registration for each API. */
export class Registration {
  public readonly results: RegistrationResult[] = [];
  private readonly failures: Failure[] = [];
  private readonly done = new Set<string>();
  private readonly portal: string;
  private readonly applications = new Map<string, Entity>();
  private readonly portalApplications: PortalApplications;
  private developer?: Entity;
  private requests?: Promise<Map<Publication, RegistrationRequest>>;
  /** When waiting for approvals ends. */
  private deadline?: number;

  public constructor(
    private readonly options: RegisterOptions,
    private readonly deployment: Deployment,
    private readonly client: Client,
    private readonly publications: readonly RegistrablePublication[],
    private readonly konnect: KonnectClient,
  ) {
    const { portalId } = publications[0];
    this.portal = `v3/portals/${portalId}`;
    this.portalApplications = new PortalApplications({ ...options, konnect, portalId, client });
  }

  /** The failed or pending step, or undefined when all APIs are registered. */
  public get error(): string | undefined {
    const [first, ...others] = this.failures;
    if (!first || others.length === 0) {
      return first?.outcome.detail;
    }
    return joinTexts(
      this.failures.map(({ title, outcome }) => `${title}: ${outcome.detail}`),
      '; ',
    );
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
    const { application = this.client.label } = this.options;
    const strategies = new Map(
      this.publications.map(({ strategyId, strategyName }) => [strategyId, strategyName]),
    );
    const developer = 'developer';
    return [
      this.step(developer, [], `Developer ${this.options.developer}`, () => this.ensureDeveloper()),
      ...[...strategies].map(([id, strategy]) => {
        const nameWithStrategy = `${application} (${strategy})`;
        const name = strategies.size > 1 ? nameWithStrategy : application;
        return this.step(id, [developer], `Application ${name}`, () =>
          this.ensureApplication(id, name, nameWithStrategy),
        );
      }),
      ...this.publications.map((publication) => {
        const { apiId, strategyId } = publication;
        return this.step(apiId, [strategyId], `Registration for ${this.deployment.apiName(apiId)}`, () =>
          this.ensureRegistration(publication),
        );
      }),
    ];
  }

  /** A step that is skipped unless the steps that it needs are done. */
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

  private async ensureApplication(
    strategyId: string,
    name: string,
    nameWithStrategy: string,
  ): Promise<Outcome> {
    const names = { name, nameWithStrategy };
    const ensured = await this.portalApplications.ensure(strategyId, names, this.developer);
    if (ensured.entity) {
      this.applications.set(strategyId, ensured.entity);
    }
    const verb = ensured.replaced ? 'replaced' : 'created';
    const outcome = this.report('application', ensured.name, ensured, verb);
    return ensured.name === name ? outcome : Outcome.ok(`${outcome.detail} as ${ensured.name}`);
  }

  private async ensureRegistration(publication: RegistrablePublication): Promise<Outcome> {
    const name = this.deployment.apiName(publication.apiId);
    // Requests all registrations before it waits for the first, so that an administrator sees them together.
    this.requests ??= requestRegistrations({
      konnect: this.konnect,
      portal: this.portal,
      publications: this.publications,
      applications: this.applications,
      dryRun: this.options.dryRun,
    });
    const request = (await this.requests).get(publication);
    if (!request) {
      return this.applications.has(publication.strategyId)
        ? Outcome.skipped(NOT_DONE)
        : this.report('registration', name, { created: true });
    }
    if (request.result.status === 'rejected') {
      throw request.result.reason;
    }
    const ensured = request.result.value;
    const entity = await this.waitForApproval(ensured.entity, request.find);
    const warning = await this.accessWarning(publication);
    const outcome = this.report('registration', name, { ...ensured, entity }, 'created', warning);
    return this.notApproved(entity) ?? outcome;
  }

  private async waitForApproval(
    entity: Entity | undefined,
    find: () => Promise<Entity | undefined>,
  ): Promise<Entity | undefined> {
    this.deadline ??= Date.now() + this.options.waitForApproval * 1_000;
    const { deadline } = this;
    let current = entity;
    while (!this.options.dryRun && Date.now() < deadline && this.isPending(current)) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(POLL_INTERVAL_MS, deadline - Date.now())));
      this.developer = await this.konnect.find(`${this.portal}/developers/${this.developer?.id}`);
      current = await find();
    }
    return current;
  }

  private isPending(registration: Entity | undefined): boolean {
    return registration?.status === 'pending' || this.developer?.status === 'pending';
  }

  /** Warns when the developer does not see a private API in the portal. */
  private async accessWarning({ apiId, portalId, visibility }: Publication): Promise<Outcome | undefined> {
    if (visibility !== 'private' || !this.developer) {
      return undefined;
    }
    const outcome = await checkPortalAccess({
      konnect: this.konnect,
      deployment: this.deployment,
      portalId,
      apiId,
      owner: { type: 'developer', id: this.developer.id },
    }).catch(Outcome.thrown);
    return outcome.remedy === undefined ? undefined : outcome;
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
          `A Portal Admin approves it in Konnect: Dev Portal > ${portal} > Access and approvals. Wait for it with --wait-for-approval. Automatic approval approves only those that come after it is turned on.`,
        );
  }

  private report(
    kind: RegistrationResult['kind'],
    name: string,
    { entity, created }: Ensured,
    verb: 'created' | 'replaced' = 'created',
    warning?: Outcome,
  ): Outcome {
    const change = created ? (this.options.dryRun ? (`would be ${verb}` as const) : verb) : 'none';
    const status = entity?.status as string | undefined;
    this.results.push({
      kind,
      name,
      id: entity?.id,
      status,
      change,
      ...(warning && { warning: warning.detail }),
    });
    const parts = [change === 'none' ? 'exists' : change, status, warning?.detail];
    const detail = parts.filter((part) => part !== undefined).join(', ');
    return warning?.remedy ? Outcome.warning(detail, warning.remedy) : Outcome.ok(detail);
  }
}
