import type { Console } from './console';
import { importEsm } from './esm';
import { CommandError } from './exit';

/** How a step ended. */
export enum StepStatus {
  OK = 'ok',
  FAILED = 'failed',
  SKIPPED = 'skipped',
}

/** Result of a step. */
export class Outcome {
  public static ok(detail: string): Outcome {
    return new Outcome(StepStatus.OK, detail);
  }

  /** A success that needs attention. */
  public static warning(detail: string, remedy: string): Outcome {
    return new Outcome(StepStatus.OK, detail, remedy);
  }

  /** @param cause the cause of the failure; @param remedy how to fix it */
  public static failed(cause: string, remedy: string): Outcome {
    return new Outcome(StepStatus.FAILED, cause, remedy);
  }

  /** @param reason why nothing was done; @param remedy how to make it happen */
  public static skipped(reason: string, remedy?: string): Outcome {
    return new Outcome(StepStatus.SKIPPED, reason, remedy);
  }

  /** The outcome of a step that threw a CommandError. Rethrows other errors. */
  public static thrown(error: unknown): Outcome {
    if (!(error instanceof CommandError)) {
      throw error;
    }
    return new Outcome(StepStatus.FAILED, error.message, error.remedy, error);
  }

  private constructor(
    public readonly status: StepStatus,
    /** The result, or the cause of the failure. */
    public readonly detail: string,
    /** How to fix it. */
    public readonly remedy?: string,
    /** Error that ended the step. */
    public readonly error?: CommandError,
  ) {}
}

/** One step of a command. */
export interface Step {
  readonly title: string;
  run(): Promise<Outcome>;
}

const MARKS = { [StepStatus.OK]: '✓', [StepStatus.FAILED]: '✗', [StepStatus.SKIPPED]: '–' };

/** Lines for a step that ended. */
export function describeOutcome(title: string, { status, detail, remedy }: Outcome): string[] {
  const isWarning = status === StepStatus.OK && remedy !== undefined;
  const first = `${isWarning ? '!' : MARKS[status]} ${title}: ${detail}`;
  return remedy === undefined ? [first] : [first, `    → ${remedy}`];
}

/** Runs steps one after the other and shows each: live on a terminal, as lines otherwise. */
export async function runSteps(steps: readonly Step[], console: Console, quiet: boolean): Promise<void> {
  if (!quiet && console.io.isTerminal) {
    await runLive(steps, console);
    return;
  }
  const describe = describeOnce();
  for (const step of steps) {
    const outcome = await step.run().catch(Outcome.thrown);
    if (!quiet) {
      for (const line of describe(step.title, outcome)) {
        console.print(line);
      }
    }
  }
}

/** Describes outcomes and leaves out a remedy that an earlier one has. */
function describeOnce(): typeof describeOutcome {
  const remedies = new Set<string>();
  return (title, outcome) => {
    const lines = describeOutcome(title, outcome);
    const { remedy } = outcome;
    if (remedy === undefined) {
      return lines;
    }
    const isNew = !remedies.has(remedy);
    remedies.add(remedy);
    return isNew ? lines : lines.slice(0, 1);
  };
}

async function runLive(steps: readonly Step[], { redactor }: Console): Promise<void> {
  const { Listr } = await importEsm<typeof import('listr2')>('listr2');
  const describe = describeOnce();
  // Listr swallows errors.
  const crashes: unknown[] = [];
  const tasks = steps.map((step) => ({
    title: redactor.redact(step.title),
    task: async (_context: unknown, task: { title: string; skip(message: string): void }) => {
      if (crashes.length > 0) {
        task.skip(redactor.redact(`${step.title}: not done`));
        return;
      }
      const outcome = await step
        .run()
        .catch(Outcome.thrown)
        .catch((error: unknown) => {
          crashes.push(error);
          throw new Error('crashed');
        });
      const [first, ...rest] = describe(step.title, outcome);
      // Listr draws all marks but the warning's.
      const text = redactor.redact([first.replace(/^[✓✗–] /, ''), ...rest].join('\n'));
      if (outcome.status === StepStatus.SKIPPED) {
        task.skip(text);
        return;
      }
      task.title = text;
      if (outcome.status === StepStatus.FAILED) {
        throw new Error(text);
      }
    },
  }));
  await new Listr(tasks, {
    exitOnError: false,
    rendererOptions: { showErrorMessage: false, collapseErrors: false, collapseSkips: false },
  }).run();
  if (crashes.length > 0) {
    throw crashes[0];
  }
}
