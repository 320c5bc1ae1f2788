import { type AuthStrategy, strategyFromState } from './auth-strategy';
import type { Console } from './console';
import { CommandError } from './exit';
import type { KonnectClient } from './konnect-client';
import { readState, type StateOptions, type StateResource } from './state';
import { text, texts } from './values';

/** An API on a portal. */
export interface Publication {
  readonly apiId: string;
  readonly portalId: string;
  /** Undefined when the API is open. */
  readonly strategyId?: string;
  readonly visibility?: string;
}

/** An Okta application. */
export interface Client {
  readonly label: string;
  readonly clientId: string;
  /** Id of the application. May differ from the client id. */
  readonly applicationId?: string;
  /** Set only if it is in the state. */
  readonly clientSecret?: string;
  /** For example `client_secret_basic` or `private_key_jwt`. */
  readonly authMethod?: string;
  /** Stack, folder or file that it comes from. */
  readonly source?: string;
}

/** An access policy of an Okta authorization server. */
export interface Policy {
  readonly id: string;
  readonly serverId: string;
  readonly name: string;
  readonly clientIds: readonly string[];
  readonly isActive: boolean;
}

type Values = StateResource['values'];

/** Clients, policies, strategies and publications of the deployed stacks. */
export class Deployment {
  /** Reads the state of the stacks, and redacts its client secrets from all output. */
  public static async load(options: StateOptions, console: Console): Promise<Deployment> {
    const deployment = new Deployment(await readState(options, console), options.chdir);
    for (const { clientId, clientSecret } of deployment.clients) {
      if (clientSecret !== undefined) {
        console.redactor.addCredentials(clientId, clientSecret);
      }
    }
    return deployment;
  }

  public readonly publications: readonly Publication[];
  public readonly clients: readonly Client[];
  public readonly policies: readonly Policy[];
  private readonly strategies: readonly AuthStrategy[];
  /** Names of entities that other stacks own, by id. */
  private readonly foreignNames = new Map<string, string>();

  public constructor(
    private readonly resources: readonly StateResource[],
    /** Folder of a Terraform configuration that the state is of, if it was named. */
    public readonly folder?: string,
  ) {
    this.publications = this.valuesOf('konnect_api_publication').map((values) => ({
      apiId: text(values.api_id),
      portalId: text(values.portal_id),
      strategyId: texts(values.auth_strategy_ids)[0],
      visibility: text(values.visibility),
    }));
    this.clients = this.managed('okta_app_oauth').map(({ values, source }) => ({
      label: text(values.label),
      clientId: text(values.client_id),
      applicationId: text(values.id) || undefined,
      authMethod: text(values.token_endpoint_auth_method) || undefined,
      source,
      ...(values.client_secret ? { clientSecret: text(values.client_secret) } : {}),
    }));
    this.policies = this.valuesOf('okta_auth_server_policy').map((values) => ({
      id: text(values.id),
      serverId: text(values.auth_server_id),
      name: text(values.name),
      clientIds: texts(values.client_whitelist),
      isActive: values.status !== 'INACTIVE',
    }));
    this.strategies = this.valuesOf('konnect_application_auth_strategy').map(strategyFromState);
  }

  /** Looks up names of APIs and portals that other stacks own. Uses the id of an entity that cannot be read. */
  public async lookUpNames(konnect: KonnectClient): Promise<void> {
    for (const { apiId, portalId } of this.publications) {
      await this.lookUpName('konnect_api', apiId, konnect, 'v3/apis');
      await this.lookUpName('konnect_portal', portalId, konnect, 'v3/portals');
    }
  }

  /** Whether the stacks own a resource of a type. Its next deployment restores what was deleted or changed. */
  public owns(type: string, isWanted: (values: Values) => boolean): boolean {
    return this.valuesOf(type).some(isWanted);
  }

  /** Id of the authorization server with an issuer, or undefined if the stacks neither own nor look it up. */
  public serverId(issuer: string): string | undefined {
    const server = this.resources.find(
      ({ type, values }) => type === 'okta_auth_server' && values.issuer === issuer,
    );
    return server && text(server.values.id);
  }

  /** A strategy of these stacks, or undefined when another stack owns it. */
  public strategy(id: string): AuthStrategy | undefined {
    return this.strategies.find((each) => each.id === id);
  }

  /** Name of an API, or its id when the name is unknown. */
  public apiName(id: string): string {
    return this.nameOf('konnect_api', id);
  }

  /** Name of a portal, or its id when the name is unknown. */
  public portalName(id: string): string {
    return this.nameOf('konnect_portal', id);
  }

  /** Name of a publication: of its API, followed by the portal if the stacks publish on several. */
  public describe({ apiId, portalId }: Publication): string {
    const isOnOnePortal = this.publications.every((each) => each.portalId === portalId);
    return isOnOnePortal ? this.apiName(apiId) : `${this.apiName(apiId)} on ${this.portalName(portalId)}`;
  }

  /**
   * Publications of an API on a portal.
   *
   * @param api name or id; undefined for all
   * @param portal name or id; undefined for all
   * @throws CommandError when none matches
   */
  public selectPublications(api?: string, portal?: string): Publication[] {
    const selected = this.publications.filter(
      ({ apiId, portalId }) =>
        (api === undefined || [apiId, this.apiName(apiId)].includes(api)) &&
        (portal === undefined || [portalId, this.portalName(portalId)].includes(portal)),
    );
    if (selected.length === 0) {
      throw this.notPublished(api, portal);
    }
    return selected;
  }

  /**
   * Publications with an auth strategy, which clients can be registered for.
   *
   * @throws CommandError when none matches
   */
  public selectWithStrategy(api?: string, portal?: string): Publication[] {
    const selected = this.selectPublications(api, portal).filter(
      ({ strategyId }) => strategyId !== undefined,
    );
    if (selected.length === 0) {
      throw this.notPublished(api, portal, ' with an auth strategy');
    }
    return selected;
  }

  private notPublished(api?: string, portal?: string, condition = ''): CommandError {
    const known = this.publications.map((each) => this.describe(each));
    return CommandError.usage(
      `The stacks do not publish ${api ?? 'any API'}${portal ? ` on ${portal}` : ''}${condition}`,
      known.length > 0
        ? `They publish ${known.join(', ')}.`
        : 'Publish the API with an OpenID Connect strategy, or name the stack that does. If another repository publishes it, add the state from there with --state.',
    );
  }

  private managed(type: string): StateResource[] {
    return this.resources.filter((each) => each.type === type && each.mode === 'managed');
  }

  private valuesOf(type: string): Values[] {
    return this.managed(type).map(({ values }) => values);
  }

  private nameOf(type: string, id: string): string {
    const values = this.valuesOf(type).find((each) => each.id === id);
    return values ? text(values.name) : (this.foreignNames.get(id) ?? id);
  }

  private async lookUpName(type: string, id: string, konnect: KonnectClient, path: string): Promise<void> {
    if (this.nameOf(type, id) !== id) {
      return;
    }
    try {
      const entity = await konnect.find(`${path}/${id}`);
      this.foreignNames.set(id, text(entity?.name) || id);
    } catch (error) {
      // Names only make messages readable. Later steps report the error.
      if (!(error instanceof CommandError)) {
        throw error;
      }
    }
  }
}
