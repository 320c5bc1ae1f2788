/** A portal, as its API shows it to visitors. */
export interface PortalInfo {
  readonly name: string;
  readonly authentication_enabled: boolean;
  readonly rbac_enabled: boolean;
}

export interface DeveloperInfo {
  readonly email: string;
  readonly full_name: string;
}

interface StrategyInfo {
  readonly id: string;
  readonly name: string;
  readonly credential_type: string;
  readonly auth_methods?: readonly string[];
}

export interface ApiInfo {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly version: string | null;
  readonly description: string | null;
  readonly visibility: string;
  readonly auth_strategies: readonly StrategyInfo[];
}

export interface ApplicationInfo {
  readonly id: string;
  readonly name: string;
  readonly client_id?: string;
  readonly auth_strategy: StrategyInfo | null;
}

export interface RegistrationInfo {
  readonly id: string;
  readonly status: string;
  readonly api_id: string;
  readonly api_name: string;
  readonly api_slug: string;
}
