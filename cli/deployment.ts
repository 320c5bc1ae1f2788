import type { Console } from './console';
import { CommandError } from './exit';
import { readState, type StateOptions, type StateResource } from './state';
import { TokenRequirement } from './token-requirement';
import { texts } from './values';

/** An API on a portal. */
export interface Publication {
  readonly apiId: string;
  readonly portalId: string;
  /** Undefined for an API that needs no credentials. */
  readonly strategyId?: string;
  readonly visibility?: string;
}

/** An auth strategy of type openid_connect. */
export interface Strategy {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly credentialClaim: readonly string[];
  readonly authMethods: readonly string[];
  readonly scopes: readonly string[];

  /** What a token must have, all of it. */
  readonly requirements: readonly TokenRequirement[];
}

/** An Okta application. */
export interface Client {
  readonly label: string;
  readonly clientId: string;
  /** Where the state holds it. */
  readonly clientSecret?: string;
}

/** Which clients an access policy of Okta is for. */
export interface Policy {
  readonly name: string;
  readonly clientIds: readonly string[];
}

type Values = StateResource['values'];

/** What the deployed stacks say about the chain from a client to an API. */
export class Deployment {
  /** Reads the state of the stacks, whose secrets are not printed from then on. */
  public static async load(options: StateOptions, console: Console): Promise<Deployment> {
    const deployment = new Deployment(await readState(options, console));
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
  private readonly strategies: readonly Strategy[];

  public constructor(private readonly resources: readonly StateResource[]) {
    this.publications = this.valuesOf('konnect_api_publication').map((values) => ({
      apiId: text(values.api_id),
      portalId: text(values.portal_id),
      strategyId: texts(values.auth_strategy_ids)[0],
      visibility: text(values.visibility),
    }));
    this.clients = this.valuesOf('okta_app_oauth').map((values) => ({
      label: text(values.label),
      clientId: text(values.client_id),
      ...(values.client_secret ? { clientSecret: text(values.client_secret) } : {}),
    }));
    this.policies = this.valuesOf('okta_auth_server_policy').map((values) => ({
      name: text(values.name),
      clientIds: texts(values.client_whitelist),
    }));
    this.strategies = this.valuesOf('konnect_application_auth_strategy').flatMap(strategyOf);
  }

  /** A strategy of these stacks; undefined for one of another stack. */
  public strategy(id: string): Strategy | undefined {
    return this.strategies.find((each) => each.id === id);
  }

  /** Name of an API, or its id where another stack has it. */
  public apiName(id: string): string {
    return this.nameOf('konnect_api', id);
  }

  /** Name of a portal, or its id where another stack has it. */
  public portalName(id: string): string {
    return this.nameOf('konnect_portal', id);
  }

  /**
   * The publications that are asked for.
   *
   * @param api name or id, undefined for all
   * @param portal name or id, undefined for all
   * @throws CommandError when there is none
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
   * Those of the publications whose APIs a client can be registered for.
   *
   * @throws CommandError when there is none
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

  /**
   * The client that is asked for.
   *
   * @param wanted label or client id; undefined for the only one
   * @throws CommandError when it is not clear which one
   */
  public selectClient(wanted?: string): Client {
    const known = this.clients.map(({ label, clientId }) => `${label} (${clientId})`).join(', ');
    const found = this.clients.filter(
      ({ label, clientId }) => wanted === undefined || [label, clientId].includes(wanted),
    );
    if (found.length === 1) {
      return found[0];
    }
    if (wanted !== undefined && found.length === 0 && /^0oa\w+$/.test(wanted)) {
      return { label: wanted, clientId: wanted };
    }
    if (found.length > 1) {
      throw CommandError.usage(
        `The stacks have ${found.length} clients${wanted ? ` called ${wanted}` : ''}`,
        `Name one with --client: ${known}.`,
      );
    }
    throw CommandError.usage(
      wanted ? `The stacks have no client ${wanted}` : 'The stacks have no client',
      known ? `They have ${known}.` : 'Name one with --client and its Okta client id.',
    );
  }

  /** How people call a publication. */
  public describe({ apiId, portalId }: Publication): string {
    return `${this.apiName(apiId)} on ${this.portalName(portalId)}`;
  }

  private notPublished(api?: string, portal?: string, how = ''): CommandError {
    const known = this.publications.map((each) => this.describe(each));
    return CommandError.usage(
      `The stacks do not publish ${api ?? 'any API'}${portal ? ` on ${portal}` : ''}${how}`,
      known.length > 0
        ? `They publish ${known.join(', ')}.`
        : 'Name the stack that publishes the API; a construct does it with publications or publish.',
    );
  }

  private valuesOf(type: string): Values[] {
    return this.resources
      .filter((each) => each.type === type && each.mode === 'managed')
      .map(({ values }) => values);
  }

  private nameOf(type: string, id: string): string {
    const values = this.valuesOf(type).find((each) => each.id === id);
    return values ? text(values.name) : id;
  }
}

function strategyOf(values: Values): Strategy[] {
  const { configs } = (values.openid_connect ?? {}) as { configs?: { openid_connect?: Values } };
  const config = configs?.openid_connect;
  return config
    ? [
        {
          id: text(values.id),
          name: text(values.name),
          issuer: text(config.issuer),
          credentialClaim: texts(config.credential_claim),
          authMethods: texts(config.auth_methods),
          scopes: texts(config.scopes),
          requirements: TokenRequirement.of({ ...config, ...settings(config.additional_properties) }),
        },
      ]
    : [];
}

/** Settings of the plugin that Konnect has no field for: JSON in the state. */
function settings(additionalProperties: unknown): Values {
  return additionalProperties ? JSON.parse(text(additionalProperties)) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
