import type { Claims } from '../claims';
import type { Client } from '../deployment';
import type { IssuerError } from '../issuer-client';
import type { OktaAdminClient } from '../okta-admin-client';
import type { TokenRequirement } from '../token-requirement';
import type { DeployedOkta } from './deployed-okta';

/** Where a secret comes from: OKTA_CLIENT_SECRET, the state, or Okta itself. */
export type SecretSource = 'environment' | 'state' | 'okta';

/** The refused request, with the client and what the stacks own. */
export interface TokenRequest {
  readonly client: Client;
  readonly scopes: readonly string[];

  readonly secretSource: SecretSource;

  readonly deployed: DeployedOkta;

  /** Whether other strategies are verified too. The client may be meant for the APIs of those. */
  readonly hasOtherStrategies: boolean;

  /** Set if the environment has a token for the Management API. */
  readonly admin?: OktaAdminClient;
}

/** Why a token was refused, if the Management API tells, and how to fix it. */
export interface RefusalAdvice {
  readonly cause?: string;
  readonly remedy: string;
}

/** A token without the client id in the claim of the strategy. */
export interface ClaimFailure {
  /** Name of the claim, with dots for a nested one. */
  readonly name: string;
  /** `undefined` if the token lacks the claim. */
  readonly value: unknown;
  readonly claims: Claims;
  readonly clientId: string;
  readonly deployed: DeployedOkta;
}

/** Remedies for the failures of an issuer's links. */
export interface IssuerAdvice {
  /** Name of the issuer within a sentence. */
  readonly name: string;

  /** If there is no discovery document. */
  onUnreachable(deployed: DeployedOkta): string;

  /** If the discovery document names another issuer than the strategy. */
  onOtherIssuer(deployed: DeployedOkta): string;

  /** If the client gets no token. */
  onRefusal(error: IssuerError, request: TokenRequest): Promise<RefusalAdvice>;

  /** If the claim of the strategy is missing, or is not the client id. */
  onClaim(failure: ClaimFailure): string;

  /** If the token does not meet a requirement of the strategy. */
  onRequirement(requirement: TokenRequirement, claims: Claims, deployed: DeployedOkta): string;
}
