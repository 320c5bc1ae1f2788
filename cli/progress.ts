import type { Console } from './console';
import { importEsm } from './esm';
import { CommandError } from './exit';

/** How a step ended. */
export enum StepStatus {
  OK = 'ok',
  FAILED = 'failed',
  SKIPPED = 'skipped',
}

/** What a step came to. */
export class Outcome {
  public static ok(detail: string): Outcome {
    return new Outcome(StepStatus.OK, detail);
  }

  /** @param cause what is wrong; @param remedy what to do about it */
  public static failed(cause: string, remedy: string): Outcome {
    return new Outcome(StepStatus.FAILED, cause, remedy);
  }

  /** @param reason why nothing was done; @param remedy what makes it happen */
  public static skipped(reason: string, remedy?: string): Outcome {
    return new Outcome(StepStatus.SKIPPED, reason, remedy);
  }

  /** What became of a step that threw. */
  public static thrown(error: unknown): Outcome {
    if (!(error instanceof CommandError)) {
      throw error;
    }
    return new Outcome(StepStatus.FAILED, error.message, error.remedy, error);
  }

  private constructor(
    public readonly status: StepStatus,
    /** What was found, or what is wrong. */
    public readonly detail: string,
    /** What to do about it. */
    public readonly remedy?: string,
    /** What ended the step. */
    public readonly error?: CommandError,
  ) {}
}

/** One step of a command. */
export interface Step {
  readonly title: string;
  run(): Promise<Outcome>;
}

const MARKS = { [StepStatus.OK]: '✓', [StepStatus.FAILED]: '✗', [StepStatus.SKIPPED]: '–' };

/** The lines for a step that ended. */
export function describeOutcome(title: string, { status, detail, remedy }: Outcome): string[] {
  const first = `${MARKS[status]} ${title}: ${detail}`;
  return remedy === undefined ? [first] : [first, `    → ${remedy}`];
}

/**
 * Runs steps one after the other and shows them: live on a terminal, line by line in a pipe, not at all
 * when nobody is to see them. A step that throws a CommandError has failed; the others still run.
 */
export async function runSteps(steps: readonly Step[], console: Console, quiet: boolean): Promise<void> {
  const run = async (step: Step): Promise<Outcome> => {
    try {
      return await step.run();
    } catch (error) {
      return Outcome.thrown(error);
    }
  };
  if (!quiet && console.io.isTerminal) {
    await runLive(steps, console, run);
    return;
  }
  for (const step of steps) {
    const outcome = await run(step);
    if (!quiet) {
      for (const line of describeOutcome(step.title, outcome)) {
        console.print(line);
      }
    }
  }
}

async function runLive(
  steps: readonly Step[],
  { redactor }: Console,
  run: (step: Step) => Promise<Outcome>,
): Promise<void> {
  const { Listr } = await importEsm<typeof import('listr2')>('listr2');
  const mistakes: unknown[] = [];
  const tasks = steps.map((step) => ({
    title: redactor.redact(step.title),
    task: async (_context: unknown, task: { title: string; skip(message: string): void }) => {
      if (mistakes.length > 0) {
        task.skip(redactor.redact(`${step.title}: not done`));
        return;
      }
      const outcome = await run(step).catch((error: unknown) => {
        // The list would keep it for itself.
        mistakes.push(error);
        throw new Error('a mistake of the command');
      });
      const [first, ...rest] = describeOutcome(step.title, outcome);
      // The list draws the mark itself.
      const text = redactor.redact([first.slice(2), ...rest].join('\n'));
      if (outcome.status === StepStatus.SKIPPED) {
        task.skip(text);
      } else if (outcome.status === StepStatus.FAILED) {
        task.title = text;
        throw new Error(text);
      } else {
        task.title = text;
      }
    },
  }));
  await new Listr(tasks, {
    exitOnError: false,
    rendererOptions: { showErrorMessage: false, collapseErrors: false, collapseSkips: false },
  }).run();
  if (mistakes.length > 0) {
    throw mistakes[0];
  }
}
