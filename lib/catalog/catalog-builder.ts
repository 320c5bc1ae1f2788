import type { Construct } from 'constructs';
import { validateArgument } from '../core/props-spec';
import { isPlainObject } from '../core/tokens';
import { Api } from '../konnect/api';
import type { ApiPublication } from '../konnect/api-publication';
import { GatewayService, type IGatewayService } from '../konnect/gateway-service';
import { AuthorizationServer, type IAuthorizationServer } from '../okta/authorization-server';
import type { OidcClient } from '../okta/oidc-client';
import { OktaDevPortalOidc } from '../okta-dev-portal-oidc';
import { DEFAULT_NAME, type IOktaDevPortalOidc } from '../okta-dev-portal-oidc-base';
import type { CatalogFile } from './catalog-file';
import {
  type CatalogApi,
  type CatalogClient,
  type CatalogData,
  type CatalogKeys,
  type CatalogService,
  type CatalogStrategy,
  catalogSpec,
  type Keyed,
} from './catalog-spec';
import type { Diagnostics } from './diagnostics';
import type { PortalCatalogProps } from './portal-catalog';

/** Key of the strategy that is created if neither file nor code defines one. */
const DEFAULT_STRATEGY = 'default';

/** Validates a catalog and creates constructs from its valid entries, so that one run finds all failures. */
export class CatalogBuilder {
  public readonly strategies: Keyed<IOktaDevPortalOidc>;
  public readonly apis: Keyed<Api>;
  public readonly clients: Keyed<OidcClient>;
  public readonly publications: ApiPublication[] = [];

  private readonly keys: CatalogKeys;

  public constructor(
    private readonly scope: Construct,
    private readonly props: PortalCatalogProps,
    private readonly file: CatalogFile,
    private readonly diagnostics: Diagnostics,
  ) {
    // Typed as if it were valid. Invalid entries are not used.
    const data: CatalogData = isPlainObject(file.data) ? file.data : {};
    const codeStrategies = props.strategies ?? {};
    const controlPlanes = props.controlPlanes ?? {};
    const isDefault = data.strategies === undefined && Object.keys(codeStrategies).length === 0;
    this.keys = {
      portals: Object.keys(props.portals),
      controlPlanes: Object.keys(controlPlanes),
      strategies: isDefault
        ? [DEFAULT_STRATEGY]
        : [...Object.keys(codeStrategies), ...entriesOf(data.strategies).map(([key]) => key)],
      codeStrategies: Object.keys(codeStrategies),
    };
    diagnostics.tryRun('', () => validateArgument(scope, '', file.data, catalogSpec(this.keys)));
    this.strategies = {
      ...codeStrategies,
      ...(isDefault
        ? this.defaultStrategy()
        : this.createAll('strategies', data.strategies, (key, entry) => this.strategy(key, entry))),
    };
    this.apis = this.createAll('apis', data.apis, (key, entry, path) => this.api(key, entry, path));
    this.clients = this.createAll('clients', data.clients, (key, entry) => this.client(key, entry));
  }

  private createAll<T, C extends Construct>(
    section: string,
    entries: Keyed<T> | undefined,
    create: (key: string, entry: T, path: string) => C | undefined,
  ): Keyed<C> {
    const created = entriesOf(entries).flatMap(([key, entry]) => {
      const path = `${section}.${key}`;
      const construct = this.diagnostics.tryCreate<C>(path, () => create(key, entry, path));
      return construct ? [[key, construct] as const] : [];
    });
    return Object.fromEntries(created);
  }

  private defaultStrategy(): Keyed<OktaDevPortalOidc> {
    const strategy = this.diagnostics.tryCreate(
      'strategies',
      () => this.strategy(DEFAULT_STRATEGY, { name: DEFAULT_NAME }),
      `Add strategies: { ${DEFAULT_STRATEGY}: { name: <another name>, scopes: [api.access] } }`,
    );
    return strategy ? { [DEFAULT_STRATEGY]: strategy } : {};
  }

  private strategy(key: string, strategy: Partial<CatalogStrategy>): OktaDevPortalOidc {
    const { authorizationServer, oktaProvider, konnectProvider } = this.props;
    return new OktaDevPortalOidc(this.scope, `Strategy-${key}`, {
      name: strategyName(key),
      ...strategy,
      authorizationServer: authorizationServer ?? this.defaultServer(),
      oktaProvider,
      konnectProvider,
    });
  }

  /** One for all strategies: they share its claim and scopes. */
  private defaultServer(): IAuthorizationServer {
    const id = 'AuthorizationServer';
    const known = this.scope.node.tryFindChild(id) as IAuthorizationServer | undefined;
    return known ?? AuthorizationServer.fromDefault(this.scope, id, { provider: this.props.oktaProvider });
  }

  private api(key: string, entry: CatalogApi, path: string): Api {
    const { service, specification, controlPlane, portals = {}, ...rest } = entry;
    const { strategy = this.keys.strategies[0], ...props } = rest;
    const api = new Api(this.scope, `Api-${key}`, {
      ...props,
      specification:
        specification &&
        this.diagnostics.tryRun(`${path}.specification`, () =>
          this.file.readSpecification(this.scope, specification),
        ),
      gatewayService: service && this.service(key, service, `${path}.service`),
      controlPlane: controlPlane === undefined ? undefined : this.props.controlPlanes?.[controlPlane],
      provider: this.props.konnectProvider,
    });
    // `undefined` for a strategy of the file that is invalid.
    const oidc: IOktaDevPortalOidc | undefined = this.strategies[strategy];
    for (const [portal, publication] of Object.entries(portals)) {
      // Keys have no dots, so the ids differ.
      const created = this.diagnostics.tryCreate(`${path}.portals.${portal}`, () =>
        oidc?.publish(`${key}.${portal}`, { ...publication, api, portal: this.props.portals[portal] }),
      );
      this.publications.push(...(created ? [created] : []));
    }
    return api;
  }

  private service(key: string, entry: CatalogService, path: string): IGatewayService | undefined {
    const {
      id: serviceId,
      host = '',
      routes = {},
      controlPlane = this.keys.controlPlanes[0],
      ...props
    } = entry;
    const { controlPlanes = {}, konnectProvider: provider } = this.props;
    const owner = { controlPlane: controlPlanes[controlPlane], provider };
    const id = `Service-${key}`;
    const service = this.diagnostics.tryCreate(path, () =>
      serviceId === undefined
        ? new GatewayService(this.scope, id, { name: key, ...props, host, ...owner })
        : GatewayService.fromAttributes(this.scope, id, { serviceId, ...owner }),
    );
    for (const [routeKey, route] of Object.entries(routes)) {
      this.diagnostics.tryCreate(`${path}.routes.${routeKey}`, () => service?.addRoute(routeKey, route));
    }
    return service;
  }

  private client(key: string, entry: CatalogClient): OidcClient | undefined {
    const { strategies = this.keys.strategies.slice(0, 1), ...props } = entry;
    const [first, ...others] = strategies.flatMap((strategy) => this.strategies[strategy] ?? []);
    const client = first?.addClient(key, props);
    for (const other of client ? others : []) {
      other.allowClient(client.clientId);
    }
    return client;
  }
}

function entriesOf<T>(entries: Keyed<T> | undefined): [string, T][] {
  return isPlainObject(entries) ? Object.entries(entries as Keyed<T>) : [];
}

/** Default name of a strategy. */
function strategyName(key: string): string {
  return `${DEFAULT_NAME} ${key}`;
}
