import { Chain } from '../chain/chain';
import { type ChainContext, createLinks } from '../chain/create-links';
import { count } from '../count';
import type { Publication } from '../deployment';
import { Outcome, StepStatus } from '../progress';

/** Settings of a proof: the settings of verify without the secret. */
type ProofContext = Omit<ChainContext, 'clientSecret' | 'secretSource'>;

/** Proves a secret with the links and requests of `verify`. */
export class Proof {
  /** Lifetime of the token that the secret got. Gateways may cache it as long. */
  public tokenLifetimeSeconds = 0;

  public constructor(
    private readonly context: ProofContext,
    private readonly publications: readonly Publication[],
  ) {}

  /** Fails with the first broken link. */
  public async run(clientSecret: string): Promise<Outcome> {
    const { links, issuers } = await createLinks(
      { ...this.context, clientSecret, secretSource: 'okta' },
      this.publications,
    );
    const chain = new Chain(links);
    for (const step of chain.steps()) {
      await step.run();
    }
    this.tokenLifetimeSeconds = Math.max(0, ...issuers.map((each) => each.tokenLifetimeSeconds));
    const results = chain.results();
    const broken = results.find(({ outcome }) => outcome.status === StepStatus.FAILED);
    if (broken) {
      const { link, outcome } = broken;
      return Outcome.failed(
        `${link.title}: ${outcome.detail}`,
        `${outcome.remedy ?? ''} The old secret stays active.`.trim(),
      );
    }
    if (issuers.length === 0) {
      return Outcome.failed(
        'no selected API has an OpenID Connect strategy, so nothing proves the secret',
        'Select an API that the client is registered for: --api. The old secret stays active.',
      );
    }
    const passed = results.filter(({ outcome }) => outcome.status === StepStatus.OK).length;
    return Outcome.ok(`${count(passed, 'link')} OK with the new secret`);
  }
}
