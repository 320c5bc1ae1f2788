import { Outcome, type Step, StepStatus } from '../progress';

/** One link of the chain from a client's credentials to the API. */
export interface Link {
  /** Name in `--json`; unique in the chain. */
  readonly name: string;

  /** Name for people. */
  readonly title: string;

  /** Names of the links that must be OK before this one can be checked. */
  readonly needs: readonly string[];

  /** Names of the links whose failure also makes this one fail. */
  readonly causes?: readonly string[];

  /** @param causesAreOk whether none of the causes has failed */
  check(causesAreOk: boolean): Promise<Outcome>;
}

/** Result of a link. */
export interface LinkResult {
  readonly link: Link;
  readonly outcome: Outcome;
  /** Duration of the check. */
  readonly milliseconds: number;
}

/** Links in their order, and the results so far. */
export class Chain {
  private readonly checked: LinkResult[] = [];

  public constructor(private readonly links: readonly Link[]) {}

  /** One step for each link. */
  public steps(): Step[] {
    return this.links.map((link) => ({
      title: link.title,
      run: async () => {
        const start = performance.now();
        const outcome = await this.check(link).catch(Outcome.thrown);
        this.checked.push({ link, outcome, milliseconds: Math.round(performance.now() - start) });
        return outcome;
      },
    }));
  }

  /** Results of the links that were checked so far, in order. */
  public results(): LinkResult[] {
    return [...this.checked];
  }

  private async check(link: Link): Promise<Outcome> {
    const missing = link.needs.find((name) => this.statusOf(name) !== StepStatus.OK);
    if (missing !== undefined) {
      return Outcome.skipped(`not checked, depends on ${this.titleOf(missing)}`);
    }
    const causesAreOk = (link.causes ?? []).every((name) => this.statusOf(name) !== StepStatus.FAILED);
    return link.check(causesAreOk);
  }

  private statusOf(name: string): StepStatus | undefined {
    return this.checked.find(({ link }) => link.name === name)?.outcome.status;
  }

  private titleOf(name: string): string {
    return this.links.find((link) => link.name === name)?.title ?? name;
  }
}
