import { IssuerError } from '../issuer-client';
import { Outcome, StepStatus } from '../progress';
import type { Link } from './chain';
import {
  expectRefusal,
  expectSuccess,
  type GatewayRequest,
  shouldRepeat,
  TOKEN_NEEDED,
} from './gateway-answers';
import type { GatewayClient } from './gateway-client';
import { type Credentials, credentialsFor } from './gateway-credentials';
import type { ImplementationLink } from './implementation-link';
import type { IssuerLinks } from './issuer-links';
import { createLink, type PublicationContext } from './publication-context';

/** Settings of the requests to the gateway for one publication. */
interface GatewayContext extends PublicationContext {
  readonly gateway: GatewayClient;
  readonly issuer: IssuerLinks;
  readonly clientSecret: string;
  /** A client without a registration. */
  readonly unregisteredClient?: { readonly clientId: string; readonly clientSecret: string };
  /** Chooses the request to send. */
  readonly implementation: ImplementationLink;
  /** Names of the links that must be OK before a request can be sent. */
  readonly needs: readonly string[];
  /** Names of the links that must be OK for the gateway to accept the credentials. */
  readonly causes: readonly string[];
  /** How long a gateway may take to learn of a change, in seconds. */
  readonly wait: number;
}

const RETRY_INTERVAL_MS = 1_000;

type Check = (request: GatewayRequest, causesAreOk: boolean) => Promise<Outcome>;
type CredentialsCheck = (
  request: GatewayRequest,
  credentials: Credentials,
  causesAreOk: boolean,
) => Promise<Outcome>;

/** Requests to the gateway: one that must succeed, and others that must be refused. */
export class GatewayLinks {
  private readonly credentials?: Credentials;

  public constructor(private readonly context: GatewayContext) {
    this.credentials = credentialsFor(context.strategy, context, context.issuer);
  }

  public links(): Link[] {
    const { title = 'the credentials', invalidTitle = 'a wrong secret' } = this.credentials ?? {};
    return [
      this.credentialsLink('with-credentials', `Request with ${title}`, (request, { valid }, causesAreOk) =>
        this.checkSuccess(request, valid(), causesAreOk),
      ),
      this.link('without-credentials', 'Request without credentials', (request) =>
        checkRefusal(request, 401),
      ),
      this.credentialsLink('wrong-secret', `Request with ${invalidTitle}`, (request, { invalid }) =>
        checkRefusal(request, 401, invalid()),
      ),
      this.credentialsLink(
        'unregistered-client',
        'Request of an unregistered client',
        (request, { forClient }) => this.checkUnregisteredClient(request, forClient),
      ),
    ];
  }

  private link(name: string, title: string, check: Check): Link {
    const { context } = this;
    const send = async (causesAreOk: boolean) => {
      const { route } = context.implementation;
      if (!route || 'notSent' in route) {
        return route?.notSent ?? Outcome.skipped('not checked, no route is known');
      }
      const { gateway, issuer, strategy, deployment, publication } = context;
      const publicationName = deployment.describe(publication);
      const request = { gateway, issuerName: issuer.name, strategy, publicationName, route: route.request };
      return check(request, causesAreOk);
    };
    return {
      ...createLink(context, name, [title, 'to'], send),
      needs: context.needs,
      causes: context.causes,
    };
  }

  private credentialsLink(name: string, title: string, check: CredentialsCheck): Link {
    const { credentials } = this;
    const link = this.link(name, title, async (request, causesAreOk) =>
      credentials
        ? check(request, credentials, causesAreOk)
        : Outcome.skipped(
            `not checked: the strategy accepts ${this.context.strategy.authMethods.join(', ')}, but neither client credentials nor bearer tokens`,
          ),
    );
    return { ...link, needs: [...link.needs, ...(credentials?.needs ?? [])] };
  }

  private async checkSuccess(
    request: GatewayRequest,
    authorization: string,
    causesAreOk: boolean,
  ): Promise<Outcome> {
    const send = () => request.gateway.send(request.route, authorization);
    const deadline = Date.now() + this.context.wait * 1_000;
    let answer = await send();
    // A data plane takes some seconds to learn of a deployment or a registration.
    while (causesAreOk && shouldRepeat(answer, request) && Date.now() < deadline) {
      const pause = Math.min(RETRY_INTERVAL_MS, deadline - Date.now());
      await new Promise((resolve) => setTimeout(resolve, Math.max(pause, 0)));
      answer = await send();
    }
    return expectSuccess(answer, request, causesAreOk);
  }

  private async checkUnregisteredClient(
    request: GatewayRequest,
    authorizationFor: Credentials['forClient'],
  ): Promise<Outcome> {
    const { unregisteredClient } = this.context;
    if (!unregisteredClient) {
      return Outcome.skipped(
        'not checked, no such client was named',
        'Name a client that gets tokens but has no registration: --unregistered-client-id, secret in OKTA_UNREGISTERED_CLIENT_SECRET.',
      );
    }
    const { clientId, clientSecret } = unregisteredClient;
    const known = this.context.deployment.clients.find((each) => each.clientId === clientId);
    try {
      const outcome = await checkRefusal(request, 403, await authorizationFor(clientId, clientSecret));
      return known && outcome.status === StepStatus.OK ? Outcome.ok(`403 for ${known.label}`) : outcome;
    } catch (error) {
      if (!(error instanceof IssuerError)) {
        throw error;
      }
      return Outcome.failed(
        `${this.context.issuer.name} refuses it a token with ${error.message}`,
        TOKEN_NEEDED,
      );
    }
  }
}

async function checkRefusal(
  request: GatewayRequest,
  expected: 401 | 403,
  authorization?: string,
): Promise<Outcome> {
  const answer = await request.gateway.send(request.route, authorization);
  return expectRefusal(answer, request, expected);
}
