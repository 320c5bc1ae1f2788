import type { OidcStrategy } from '../auth-strategy';
import { type Claims, claimAt } from '../claims';
import type { Console } from '../console';
import type { Client, Policy } from '../deployment';
import { importEsm } from '../esm';
import type { OktaAdminClient } from '../okta-admin-client';
import { type Discovery, OktaClient, OktaError } from '../okta-client';
import { Outcome } from '../progress';
import type { Link } from './chain';
import { missingRequirement } from './requirement-outcome';
import { adviseOnRefusal, type SecretSource } from './token-refusal';

/** Settings of OktaLinks. */
export interface OktaLinksProps {
  readonly strategy: OidcStrategy;
  readonly client: Client;
  readonly clientSecret: string;
  readonly secretSource: SecretSource;
  readonly policies: readonly Policy[];
  readonly admin?: OktaAdminClient;

  /** Suffix of the link names, which tells several strategies apart. */
  readonly suffix: string;
}

/**
 * The links between the client's credentials and a token that the gateway accepts: discovery, token, signature, claim
 * and requirements.
 */
export class OktaLinks {
  public static async create(props: OktaLinksProps, console: Console): Promise<OktaLinks> {
    return new OktaLinks(props, await OktaClient.create(console));
  }

  public readonly links: readonly Link[];
  /** Name of the link that requests the client's token. */
  public readonly tokenLink: string;
  private discovery?: Discovery;
  private token?: string;
  private claims: Claims = {};

  private constructor(
    private readonly props: OktaLinksProps,
    private readonly okta: OktaClient,
  ) {
    const { strategy } = props;
    this.tokenLink = `token${props.suffix}`;
    this.links = [
      this.link('discovery', 'Issuer', [], () => this.checkDiscovery()),
      this.link('token', 'Token', ['discovery'], () => this.checkToken()),
      this.link('signature', 'Signature', ['token'], () => this.checkSignature()),
      this.link('claim', 'Claim', ['signature'], () => this.checkClaim()),
      ...(strategy.requirements.length > 0
        ? [this.link('requirements', 'Requirements', ['signature'], () => this.checkRequirements())]
        : []),
    ];
  }

  /** The client's token. Empty until its link is OK. */
  public get clientToken(): string {
    return this.token ?? '';
  }

  /** Lifetime of the client's token. Zero until its signature is checked. */
  public get tokenLifetimeSeconds(): number {
    return Number(this.claims.exp ?? 0) - Number(this.claims.iat ?? 0);
  }

  /** Requests a token for a client. @throws OktaError */
  public async requestToken(clientId: string, clientSecret: string): Promise<string> {
    const endpoint = this.discovery?.token_endpoint ?? '';
    return this.okta.token(endpoint, clientId, clientSecret, this.props.strategy.scopes);
  }

  private link(name: string, title: string, needs: readonly string[], check: () => Promise<Outcome>): Link {
    const { suffix, strategy } = this.props;
    return {
      name: `${name}${suffix}`,
      title: suffix === '' ? title : `${title} for ${strategy.name}`,
      needs: needs.map((each) => `${each}${suffix}`),
      check,
    };
  }

  private async checkDiscovery(): Promise<Outcome> {
    const { issuer } = this.props.strategy;
    try {
      this.discovery = await this.okta.discover(issuer);
    } catch (error) {
      return Outcome.failed(
        `${issuer}: ${messageOf(error)}`,
        'The issuer must be that of a custom authorization server, https://<org>/oauth2/<id>. The server must be active, and reachable from this machine and from the gateway.',
      );
    }
    return this.discovery.issuer === issuer
      ? Outcome.ok(issuer)
      : Outcome.failed(
          `the strategy has the issuer ${issuer}, but Okta's issuer is ${this.discovery.issuer}`,
          'Use the issuer that Okta shows under Security > API. A custom domain and the org URL are different issuers.',
        );
  }

  private async checkToken(): Promise<Outcome> {
    const { strategy, client, clientSecret, policies } = this.props;
    try {
      this.token = await this.requestToken(client.clientId, clientSecret);
    } catch (error) {
      if (!(error instanceof OktaError)) {
        throw error;
      }
      const { cause, remedy } = await adviseOnRefusal(error, {
        ...this.props,
        scopes: strategy.scopes,
        policies: policies.filter(({ clientIds }) =>
          clientIds.some((id) => [client.clientId, 'ALL_CLIENTS'].includes(id)),
        ),
      });
      return Outcome.failed(`Okta refuses it with ${error.message}${cause ? `: ${cause}` : ''}`, remedy);
    }
    return Outcome.ok(`${client.label} gets one with ${strategy.scopes.join(' ') || 'no scope'}`);
  }

  private async checkSignature(): Promise<Outcome> {
    const { issuer = '', jwks_uri: keysUrl = '' } = this.discovery ?? {};
    const jose = await importEsm<typeof import('jose')>('jose');
    try {
      const keys = jose.createLocalJWKSet(await this.okta.keys(keysUrl));
      const { payload } = await jose.jwtVerify(this.clientToken, keys, { issuer, clockTolerance: 60 });
      this.claims = payload;
    } catch (error) {
      if (!(error instanceof jose.errors.JOSEError || error instanceof OktaError)) {
        throw error;
      }
      return Outcome.failed(
        messageOf(error),
        'The gateway needs a JWT of this issuer, signed with one of its published keys. Check the clock of this machine, and the keys of the authorization server.',
      );
    }
    return Outcome.ok('signed by a key of the issuer, not expired');
  }

  private async checkClaim(): Promise<Outcome> {
    const { strategy, client } = this.props;
    const value = claimAt(this.claims, strategy.credentialClaim);
    const name = strategy.credentialClaim.join('.');
    if (value === client.clientId) {
      return Outcome.ok(`${name} is ${client.clientId}`);
    }
    return value === undefined
      ? Outcome.failed(
          `the token lacks the claim ${name}; its claims are ${Object.keys(this.claims).join(', ')}`,
          `Add a claim ${name} with the value app.clientId, value type Expression, to access tokens, in any scope.`,
        )
      : Outcome.failed(
          `claim ${name} is ${JSON.stringify(value)}, but the client is ${client.clientId}`,
          `Set the value of claim ${name} to app.clientId.`,
        );
  }

  private async checkRequirements(): Promise<Outcome> {
    const { requirements } = this.props.strategy;
    const missing = requirements.find((each) => !each.isMetBy(this.claims));
    return missing ? missingRequirement(missing, this.claims) : Outcome.ok(requirements.join('; '));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
