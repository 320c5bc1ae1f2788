import type { OidcStrategy } from '../auth-strategy';
import { type Claims, claimAt } from '../claims';
import type { Console } from '../console';
import type { Client, Deployment } from '../deployment';
import { importEsm } from '../esm';
import { type Discovery, IssuerClient, IssuerError } from '../issuer-client';
import { joinTexts } from '../join-texts';
import type { OktaAdminClient } from '../okta-admin-client';
import { Outcome } from '../progress';
import { adviceFor } from './advice-for-issuer';
import type { Link } from './chain';
import { DeployedOkta } from './deployed-okta';
import type { IssuerAdvice, SecretSource } from './issuer-advice';

/** Settings of IssuerLinks. */
interface IssuerLinksProps {
  readonly strategy: OidcStrategy;
  readonly client: Client;
  readonly clientSecret: string;
  readonly secretSource: SecretSource;
  readonly deployment: Deployment;
  readonly admin?: OktaAdminClient;

  /** Suffix of the link names, which tells several strategies apart. */
  readonly suffix: string;
}

/**
 * The links between the client's credentials and a token that the gateway accepts: discovery, token, signature, claim
 * and requirements.
 */
export class IssuerLinks {
  public static async create(props: IssuerLinksProps, console: Console): Promise<IssuerLinks> {
    return new IssuerLinks(props, await IssuerClient.create(console));
  }

  public readonly links: readonly Link[];
  /** Name of the link that requests the client's token. */
  public readonly tokenLink: string;
  private discovery?: Discovery;
  private token?: string;
  private claims: Claims = {};
  private readonly advice: IssuerAdvice;
  private readonly deployed: DeployedOkta;

  private constructor(
    private readonly props: IssuerLinksProps,
    private readonly issuer: IssuerClient,
  ) {
    const { strategy } = props;
    this.advice = adviceFor(strategy.issuer);
    this.deployed = new DeployedOkta(props.deployment, strategy);
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

  /** Name of the issuer in messages. */
  public get name(): string {
    return this.advice.name;
  }

  /** The client's token. Empty until its link is OK. */
  public get clientToken(): string {
    return this.token ?? '';
  }

  /** Lifetime of the client's token. Zero until its signature is checked. */
  public get tokenLifetimeSeconds(): number {
    return Number(this.claims.exp ?? 0) - Number(this.claims.iat ?? 0);
  }

  /** Requests a token for a client. @throws IssuerError */
  public async requestToken(clientId: string, clientSecret: string): Promise<string> {
    const endpoint = this.discovery?.token_endpoint ?? '';
    return this.issuer.token(endpoint, clientId, clientSecret, this.props.strategy.scopes);
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
      this.discovery = await this.issuer.discover(issuer);
    } catch (error) {
      return Outcome.failed(`${issuer}: ${messageOf(error)}`, this.advice.onUnreachable(this.deployed));
    }
    return this.discovery.issuer === issuer
      ? Outcome.ok(issuer)
      : Outcome.failed(
          `the strategy has the issuer ${issuer}, but its discovery document has ${this.discovery.issuer}`,
          this.advice.onOtherIssuer(this.deployed),
        );
  }

  private async checkToken(): Promise<Outcome> {
    const { strategy, client, clientSecret, suffix } = this.props;
    try {
      this.token = await this.requestToken(client.clientId, clientSecret);
    } catch (error) {
      if (!(error instanceof IssuerError)) {
        throw error;
      }
      const { cause, remedy } = await this.advice.onRefusal(error, {
        ...this.props,
        scopes: strategy.scopes,
        deployed: this.deployed,
        hasOtherStrategies: suffix !== '',
      });
      return Outcome.failed(
        joinTexts([`${this.advice.name} refuses it with ${error.message}`, cause], ': '),
        remedy,
      );
    }
    return Outcome.ok(`${client.label} gets one with ${strategy.scopes.join(' ') || 'no scope'}`);
  }

  private async checkSignature(): Promise<Outcome> {
    const { issuer = '', jwks_uri: keysUrl = '' } = this.discovery ?? {};
    const jose = await importEsm<typeof import('jose')>('jose');
    try {
      const keys = jose.createLocalJWKSet(await this.issuer.keys(keysUrl));
      const { payload } = await jose.jwtVerify(this.clientToken, keys, { issuer, clockTolerance: 60 });
      this.claims = payload;
    } catch (error) {
      if (!(error instanceof jose.errors.JOSEError || error instanceof IssuerError)) {
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
    const { clientId } = client;
    const remedy = this.advice.onClaim({
      name,
      value,
      claims: this.claims,
      clientId,
      deployed: this.deployed,
    });
    return value === undefined
      ? Outcome.failed(
          `the token lacks the claim ${name}; its claims are ${Object.keys(this.claims).join(', ')}`,
          remedy,
        )
      : Outcome.failed(
          `claim ${name} is ${JSON.stringify(value)}, but the client is ${client.clientId}`,
          remedy,
        );
  }

  private async checkRequirements(): Promise<Outcome> {
    const { requirements } = this.props.strategy;
    const missing = requirements.find((each) => !each.isMetBy(this.claims));
    if (!missing) {
      return Outcome.ok(requirements.join('; '));
    }
    const values = missing.valuesIn(this.claims);
    const found =
      values.length > 0
        ? `the claim has ${values.join(' ')}`
        : `its claims are ${Object.keys(this.claims).join(', ')}`;
    return Outcome.failed(
      `the token lacks ${missing}; ${found}`,
      this.advice.onRequirement(missing, this.claims, this.deployed),
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
