import { type Claims, claimAt } from '../claims';
import type { Console } from '../console';
import type { Client, Policy, Strategy } from '../deployment';
import { importEsm } from '../esm';
import { type Discovery, OktaClient, OktaError } from '../okta-client';
import { Outcome } from '../progress';
import type { Link } from './chain';
import { lacks } from './token-lacks';
import { remedyForRefusal } from './token-refusals';

/** What the Okta half of the chain is made of. */
export interface OktaChain {
  readonly strategy: Strategy;
  readonly client: Client;
  readonly clientSecret: string;
  readonly policies: readonly Policy[];
  readonly console: Console;
}

/** Tokens of the issuer, once the links found it. */
export interface IssuedTokens {
  /** That of the client; there once its link holds. */
  readonly own: () => string;
  /** Asks for one of another client. @throws OktaError */
  readonly of: (clientId: string, clientSecret: string) => Promise<string>;
}

/** The links of the Okta half, and the tokens that they lead to. */
export interface OktaHalf {
  readonly links: readonly Link[];
  readonly tokens: IssuedTokens;
}

/** Discovery, token, signature, claim and requirements: what the gateway does with the credentials. */
export async function oktaLinks(chain: OktaChain): Promise<OktaHalf> {
  const { strategy, client, clientSecret, policies, console } = chain;
  const okta = await OktaClient.create(console);
  let discovery: Discovery;
  let token: string;
  let claims: Claims;

  const discover = async () => {
    try {
      discovery = await okta.discover(strategy.issuer);
    } catch (error) {
      return Outcome.failed(
        `${strategy.issuer}: ${textOf(error)}`,
        'The issuer must be that of a custom authorization server, https://<org>/oauth2/<id>, which is active and reachable from here and from the gateway.',
      );
    }
    return discovery.issuer === strategy.issuer
      ? Outcome.ok(strategy.issuer)
      : Outcome.failed(
          `the strategy has the issuer ${strategy.issuer}, and Okta calls itself ${discovery.issuer}`,
          'Use the issuer that Okta shows under Security > API: a custom domain and the org URL are two issuers.',
        );
  };
  const askForToken = async () => {
    try {
      token = await okta.token(discovery.token_endpoint, client.clientId, clientSecret, strategy.scopes);
    } catch (error) {
      const names = policies
        .filter(({ clientIds }) => clientIds.some((id) => [client.clientId, 'ALL_CLIENTS'].includes(id)))
        .map(({ name }) => name);
      return Outcome.failed(
        `Okta refuses it with ${textOf(error)}`,
        remedyForRefusal(error as OktaError, {
          clientId: client.clientId,
          scopes: strategy.scopes,
          policies: names,
        }),
      );
    }
    return Outcome.ok(`${client.label} gets one with ${strategy.scopes.join(' ') || 'no scope'}`);
  };
  const verifySignature = async () => {
    const jose = await importEsm<typeof import('jose')>('jose');
    try {
      const keys = jose.createLocalJWKSet((await okta.keys(discovery.jwks_uri)) as never);
      const { payload } = await jose.jwtVerify(token, keys, { issuer: discovery.issuer, clockTolerance: 60 });
      claims = payload;
    } catch (error) {
      if (!(error instanceof jose.errors.JOSEError || error instanceof OktaError)) {
        throw error;
      }
      return Outcome.failed(
        textOf(error),
        'The gateway needs a JWT of this issuer, signed with its published keys. Compare the clock of this machine, and the keys of the authorization server.',
      );
    }
    return Outcome.ok('signed by a key of the issuer, not expired');
  };
  const checkClaim = async () => {
    const value = claimAt(claims, strategy.credentialClaim);
    const name = strategy.credentialClaim.join('.');
    if (value === client.clientId) {
      return Outcome.ok(`${name} is ${client.clientId}`);
    }
    return value === undefined
      ? Outcome.failed(
          `the token has no claim ${name}; it has ${Object.keys(claims).join(', ')}`,
          `Add a claim ${name} with the value app.clientId, value type Expression, to access tokens, in any scope.`,
        )
      : Outcome.failed(
          `claim ${name} is ${JSON.stringify(value)}, and the client is ${client.clientId}`,
          `Set the value of claim ${name} to app.clientId.`,
        );
  };

  const checkRequirements = async () => {
    const missing = strategy.requirements.find((each) => !each.isMetBy(claims));
    return missing ? lacks(missing, claims) : Outcome.ok(strategy.requirements.join('; '));
  };

  const links: Link[] = [
    { name: 'discovery', title: 'Issuer', needs: [], check: discover },
    { name: 'token', title: 'Token', needs: ['discovery'], check: askForToken },
    { name: 'signature', title: 'Signature', needs: ['token'], check: verifySignature },
    { name: 'claim', title: 'Claim', needs: ['signature'], check: checkClaim },
    ...(strategy.requirements.length > 0
      ? [{ name: 'requirements', title: 'Requirements', needs: ['signature'], check: checkRequirements }]
      : []),
  ];
  return {
    links,
    tokens: {
      own: () => token,
      of: (id, secret) => okta.token(discovery.token_endpoint, id, secret, strategy.scopes),
    },
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
