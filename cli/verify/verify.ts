import type { Console } from '../console';
import { type Client, Deployment, type Publication, type Strategy } from '../deployment';
import { CommandError, ExitCode } from '../exit';
import { KonnectClient } from '../konnect-client';
import { runSteps, StepStatus } from '../progress';
import type { StateOptions } from '../state';
import { Chain, type Link } from './chain';
import { GatewayClient } from './gateway-client';
import { gatewayLinks } from './gateway-links';
import { findStrategy, konnectLinks, openPublicationLink } from './konnect-links';
import { type IssuedTokens, oktaLinks } from './okta-links';
import { chooseRequest, type RequestWishes, type RouteChoice } from './route-request';

/** What `verify` is asked for. */
export interface VerifyOptions extends StateOptions {
  /** Label or client id of the Okta application. */
  readonly client?: string;

  /** Name or id of the API; all without it. */
  readonly api?: string;

  /** Name or id of the portal; all without it. */
  readonly portal?: string;

  /** Path to ask the gateway for, instead of that of a route. */
  readonly path?: string;

  /** Whether requests may have a method that changes something, where the routes take no other. */
  readonly unsafeMethods: boolean;

  /** Client id of an Okta application that has no registration. */
  readonly unregisteredClientId?: string;

  /** Whether a link that was not checked counts as broken. */
  readonly requireAll: boolean;

  /** How long the gateway may take to let the credentials in, in seconds. */
  readonly wait: number;
  readonly json: boolean;
}

/** Everything that all publications have in common. */
interface Verification {
  readonly options: VerifyOptions;
  readonly console: Console;
  readonly deployment: Deployment;
  readonly client: Client;
  readonly clientSecret: string;
  readonly konnect: KonnectClient;
  readonly gateway: GatewayClient;
}

/** Tokens for one strategy, the link that the client's comes from, and all links of the strategy. */
interface Issued {
  readonly tokens: IssuedTokens;
  readonly tokenLink: string;
  readonly linkNames: readonly string[];
}

/** Whether none of these links is broken. */
type Unbroken = (names: readonly string[]) => boolean;

/** Checks the chain from the credentials of a client to the API, link by link. */
export async function verify(options: VerifyOptions, console: Console): Promise<ExitCode> {
  const deployment = await Deployment.load(options, console);
  const client = deployment.selectClient(options.client);
  const publications = deployment.selectPublications(options.api, options.portal);
  const verification: Verification = {
    options,
    console,
    deployment,
    client,
    clientSecret: clientSecretOf(client, console),
    konnect: await KonnectClient.create(console),
    gateway: await GatewayClient.create(console),
  };
  let chain: Chain | undefined;
  const links = await linksOf(verification, publications, (names) => chain?.unbroken(names) ?? false);
  chain = new Chain(links);
  await runSteps(chain.steps(), console, options.json);
  return report(chain, options, console);
}

/** The environment's secret, or else the one in the state. */
function clientSecretOf({ label, clientId, clientSecret }: Client, console: Console): string {
  const secret = console.io.env.OKTA_CLIENT_SECRET || clientSecret;
  if (!secret) {
    throw CommandError.usage(
      `There is no secret of ${label}: OKTA_CLIENT_SECRET is not set, and the state does not hold it`,
      `Copy it from application ${label} in Okta: export OKTA_CLIENT_SECRET=...`,
    );
  }
  console.redactor.addCredentials(clientId, secret);
  return secret;
}

/** The Okta half once for each strategy, the Konnect half and the requests for each publication. */
async function linksOf(
  verification: Verification,
  publications: readonly Publication[],
  unbroken: Unbroken,
): Promise<Link[]> {
  const { console, deployment, client, clientSecret, konnect } = verification;
  const strategies = new Map<string, Strategy>();
  for (const { strategyId } of publications) {
    if (strategyId !== undefined && !strategies.has(strategyId)) {
      strategies.set(
        strategyId,
        deployment.strategy(strategyId) ?? (await foreignStrategy(konnect, strategyId)),
      );
    }
  }
  const issued = new Map<Strategy, Issued>();
  const okta = await Promise.all(
    [...strategies.values()].map(async (strategy, index) => {
      const suffix = strategies.size > 1 ? `:${index + 1}` : '';
      const half = { strategy, client, clientSecret, policies: deployment.policies, console };
      const { links, tokens } = await oktaLinks(half);
      const named = links.map((link) => ({
        ...link,
        name: `${link.name}${suffix}`,
        title: suffix === '' ? link.title : `${link.title} for ${strategy.name}`,
        needs: link.needs.map((name) => `${name}${suffix}`),
      }));
      const linkNames = named.map(({ name }) => name);
      issued.set(strategy, { tokens, tokenLink: `token${suffix}`, linkNames });
      return named;
    }),
  );
  const konnectAndGateway = publications.flatMap((publication, index) => {
    const suffix = publications.length > 1 ? `:${index + 1}` : '';
    if (publication.strategyId === undefined) {
      return [openPublicationLink(deployment.describe(publication), suffix)];
    }
    const strategy = strategies.get(publication.strategyId) as Strategy;
    const tokens = issued.get(strategy) as Issued;
    return publicationLinks(verification, publication, { strategy, ...tokens }, suffix, unbroken);
  });
  return [...okta.flat(), ...konnectAndGateway];
}

function publicationLinks(
  { options, console, deployment, client, clientSecret, konnect, gateway }: Verification,
  publication: Publication,
  { strategy, tokens, tokenLink, linkNames }: Issued & { readonly strategy: Strategy },
  suffix: string,
  unbroken: Unbroken,
): Link[] {
  const publicationName = deployment.describe(publication);
  const wishes: RequestWishes = { ...options, host: gateway.host };
  // Without a path there is no request until one is found, and the links that send it need the link that finds it.
  let route: RouteChoice = chooseRequest([], wishes) ?? { unsafe: [] };
  const ofKonnect = konnectLinks({
    konnect,
    publication,
    publicationName,
    portalName: deployment.portalName(publication.portalId),
    deployed: deployment.strategy(publication.strategyId ?? ''),
    client,
    suffix,
    wishes,
    foundRoute: (found) => {
      route = found;
    },
  });
  const needed = [...linkNames, ...ofKonnect.map(({ name }) => name)];
  return [
    ...ofKonnect,
    ...gatewayLinks({
      gateway,
      strategy,
      tokens,
      tokenLink,
      client,
      clientSecret,
      stranger: strangerOf(options, console),
      route: () => route,
      needsRoute: options.path === undefined,
      unbroken: () => unbroken(needed),
      wait: options.wait,
      publicationName,
      suffix,
    }),
  ];
}

async function foreignStrategy(konnect: KonnectClient, strategyId: string): Promise<Strategy> {
  const strategy = await findStrategy(konnect, strategyId);
  if (!strategy) {
    throw CommandError.failed(
      `Neither the stacks nor Konnect have an OpenID Connect strategy ${strategyId}`,
      'Deploy the stack that owns it, and name it too; if it exists, KONNECT_SERVER_URL is the URL of another region.',
    );
  }
  return strategy;
}

function strangerOf({ unregisteredClientId: clientId }: VerifyOptions, console: Console) {
  const { OKTA_UNREGISTERED_CLIENT_SECRET: clientSecret } = console.io.env;
  if (clientId === undefined) {
    return undefined;
  }
  if (!clientSecret) {
    throw CommandError.usage(
      'OKTA_UNREGISTERED_CLIENT_SECRET is not set',
      `Set it to the secret of ${clientId}.`,
    );
  }
  console.redactor.addCredentials(clientId, clientSecret);
  return { clientId, clientSecret };
}

function report(chain: Chain, { requireAll, json }: VerifyOptions, console: Console): ExitCode {
  const results = chain.results();
  const count = (status: StepStatus) => results.filter(({ outcome }) => outcome.status === status).length;
  const [held, broken, left] = [StepStatus.OK, StepStatus.FAILED, StepStatus.SKIPPED].map(count);
  const unreachable = results.some(({ outcome }) => outcome.error?.exitCode === ExitCode.UNREACHABLE);
  const ok = broken === 0 && (left === 0 || !requireAll);
  if (json) {
    const links = results.map(({ link: { name, title }, outcome, milliseconds }) => {
      const { status, detail, remedy } = outcome;
      return { name, title, status, detail, remedy, milliseconds };
    });
    console.print(JSON.stringify({ ok, links }, null, 2));
  } else {
    console.print(`${held} links hold, ${broken} broken, ${left} not checked`);
  }
  if (ok) {
    return ExitCode.OK;
  }
  return unreachable ? ExitCode.UNREACHABLE : ExitCode.FAILED;
}
