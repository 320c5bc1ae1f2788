import type { Console } from '../console';
import type { Client } from '../deployment';
import { ExitCode } from '../exit';
import { Outcome, type Step, StepStatus } from '../progress';
import type { ClientSecret, ClientSecrets } from './client-secrets';
import type { RotationStep } from './output';
import type { Proof } from './proof';
import type { RotateOptions } from './rotate-options';
import type { SecretSink } from './secret-sink';

/**
 * Replaces the secret of a client: create, deliver, prove, wait, deactivate. The old secret stays active until the new
 * one is proved. A run that was interrupted is resumed by the next: of two active secrets the younger is the new one.
 */
export class Rotation {
  public readonly results: RotationStep[] = [];
  private failure?: Outcome;
  private newSecret?: ClientSecret;
  private oldSecrets: readonly ClientSecret[] = [];

  public constructor(
    private readonly options: RotateOptions,
    private readonly client: Client,
    private readonly secrets: ClientSecrets,
    private readonly sink: SecretSink,
    private readonly proof: Proof,
    private readonly console: Console,
  ) {}

  public get exitCode(): ExitCode {
    return this.failure ? (this.failure.error?.exitCode ?? ExitCode.FAILED) : ExitCode.OK;
  }

  public steps(): Step[] {
    return [
      this.step('secrets', `Secrets of ${this.client.label}`, () => this.read()),
      this.step('create', 'New secret', () => this.create()),
      this.step('deliver', 'Delivery', () => this.deliver()),
      this.step('prove', 'Proof', () => this.prove()),
      this.step('wait', 'Grace period', () => this.wait()),
      this.step('deactivate', 'Old secret', () => this.deactivate()),
    ];
  }

  /** A step that is skipped after a failure. */
  private step(name: RotationStep['name'], title: string, act: () => Promise<Outcome>): Step {
    const run = async () => {
      const outcome = this.failure
        ? Outcome.skipped('not done, because an earlier step failed')
        : await act().catch(Outcome.thrown);
      if (outcome.status === StepStatus.FAILED) {
        this.failure = outcome;
      }
      const { status, detail, remedy } = outcome;
      this.results.push({ name, status, detail, remedy });
      return outcome;
    };
    return { title, run };
  }

  /** Reads the secrets. Deletes an inactive one of an earlier rotation, because Okta allows only two. */
  private async read(): Promise<Outcome> {
    const all = await this.secrets.list();
    const active = all.filter(({ isActive }) => isActive);
    const inactive = all.filter(({ isActive }) => !isActive);
    if (active.length === 0) {
      return Outcome.failed(
        `application ${this.client.label} has no active secret`,
        'Name a client that authenticates with a secret: --client.',
      );
    }
    if (!this.options.dryRun) {
      for (const secret of inactive) {
        await this.secrets.delete(secret);
      }
    }
    const isResumed = active.length > 1;
    this.newSecret = isResumed ? active.at(-1) : undefined;
    this.oldSecrets = isResumed ? active.slice(0, -1) : active;
    const deleted = this.options.dryRun ? 'would be deleted' : 'deleted';
    return Outcome.ok(
      [
        `${active.length} active`,
        ...(inactive.length > 0 ? [`${inactive.length} inactive ${deleted}`] : []),
      ].join(', '),
    );
  }

  private async create(): Promise<Outcome> {
    if (this.newSecret) {
      return Outcome.ok(`exists since ${this.newSecret.created}, resuming a rotation`);
    }
    if (this.options.dryRun) {
      return Outcome.ok('would be created');
    }
    this.newSecret = await this.secrets.create();
    return Outcome.ok('created');
  }

  private async deliver(): Promise<Outcome> {
    const { target } = this.sink;
    if (this.options.dryRun || !this.newSecret) {
      return Outcome.ok(`would go ${target}`);
    }
    await this.sink.deliver(this.newSecret.value);
    return Outcome.ok(target);
  }

  private async prove(): Promise<Outcome> {
    return this.options.dryRun || !this.newSecret
      ? Outcome.ok('would be proved with the requests of verify')
      : this.proof.run(this.newSecret.value);
  }

  private async wait(): Promise<Outcome> {
    const { dryRun, grace } = this.options;
    if (dryRun) {
      return Outcome.ok(grace === undefined ? 'the lifetime of an access token' : `${grace} s`);
    }
    const seconds = grace ?? this.proof.tokenLifetimeSeconds;
    if (seconds > 0) {
      this.console.note(
        `The old secret stays active for ${seconds} s. To stop here and go on later, interrupt the command.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    return Outcome.ok(`${seconds} s, both secrets were active`);
  }

  private async deactivate(): Promise<Outcome> {
    const { dryRun, deleteOld } = this.options;
    if (dryRun) {
      return Outcome.ok(deleteOld ? 'would be deactivated and deleted' : 'would be deactivated');
    }
    for (const secret of this.oldSecrets) {
      await this.secrets.deactivate(secret);
      if (deleteOld) {
        await this.secrets.delete(secret);
      }
    }
    return Outcome.ok(deleteOld ? 'deactivated and deleted' : 'deactivated, the next run deletes it');
  }
}
