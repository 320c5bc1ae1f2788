import { Outcome, type Step, StepStatus } from '../progress';

/** One link of the chain from a client's credentials to the API. */
export interface Link {
  /** How it is called in `--json`; unique in the chain. */
  readonly name: string;

  /** How people call it. */
  readonly title: string;

  /** Names of the links that must hold before this one can be checked. */
  readonly needs: readonly string[];

  check(): Promise<Outcome>;
}

/** What became of a link. */
export interface LinkResult {
  readonly link: Link;
  readonly outcome: Outcome;
  /** How long the check took. */
  readonly milliseconds: number;
}

/** The links in their order, and what became of each. */
export class Chain {
  private readonly checked: LinkResult[] = [];

  public constructor(private readonly links: readonly Link[]) {}

  /** Whether each of these links that was checked so far holds or was left out. */
  public unbroken(names: readonly string[]): boolean {
    return this.checked.every(
      ({ link, outcome }) => outcome.status !== StepStatus.FAILED || !names.includes(link.name),
    );
  }

  /** One step for each link. */
  public steps(): Step[] {
    return this.links.map((link) => ({
      title: link.title,
      run: async () => {
        const begun = performance.now();
        const missing = link.needs.find((name) => !this.holds(name));
        const outcome =
          missing === undefined
            ? await link.check().catch(Outcome.thrown)
            : Outcome.skipped(`not checked, it needs: ${this.titleOf(missing)}`);
        this.checked.push({ link, outcome, milliseconds: Math.round(performance.now() - begun) });
        return outcome;
      },
    }));
  }

  /** What became of every link so far, in order. */
  public results(): LinkResult[] {
    return [...this.checked];
  }

  private holds(name: string): boolean {
    return this.checked.some(({ link, outcome }) => link.name === name && outcome.status === StepStatus.OK);
  }

  private titleOf(name: string): string {
    return this.links.find((link) => link.name === name)?.title ?? name;
  }
}
