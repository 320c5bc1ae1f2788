import type { Construct } from 'constructs';
import { GatewayService, type IGatewayService } from '../konnect/gateway-service';
import { PortalApi } from '../konnect/portal-api';
import { AuthorizationServer } from '../okta/authorization-server';
import type { IAuthorizationServer } from '../okta/authorization-server-ref';
import type { OidcClient } from '../okta/oidc-client';
import { OktaDevPortalOidc } from '../okta-dev-portal-oidc';
import type { IOktaDevPortalOidc } from '../okta-dev-portal-oidc-ref';
import { DEFAULT_NAME } from '../private/client-credentials-policy';
import { toldBy } from '../private/tellers';
import { CatalogError } from './catalog-error';
import type { CatalogFile, DocumentPath } from './catalog-file';
import type { CatalogApi, CatalogClient, CatalogService, CatalogStrategy, Keyed } from './model';
import { checkNames, strategyName } from './names';
import type { PortalCatalogProps } from './portal-catalog';
import type { Problems } from './problems';
import { checkReferences, type KnownKeys, mapping } from './references';
import { specificationOf } from './specification';

/** Key of the strategy that there is when neither file nor code has one. */
const ONLY_STRATEGY = 'default';

/**
 * Makes constructs of whatever in a catalog is in order, and reports the rest, so that one run finds
 * everything that is wrong.
 */
export class CatalogBuilder {
  public readonly strategies: { readonly [key: string]: IOktaDevPortalOidc };
  public readonly apis: { readonly [key: string]: PortalApi };
  public readonly clients: { readonly [key: string]: OidcClient };

  private readonly known: KnownKeys;

  public constructor(
    private readonly scope: Construct,
    private readonly props: PortalCatalogProps,
    private readonly file: CatalogFile,
    private readonly problems: Problems,
  ) {
    const { strategies, apis, clients } = mapping<unknown>(file.data);
    const ofCode = props.strategies ?? {};
    const ofFile = mapping<CatalogStrategy>(strategies);
    const none = strategies === undefined && Object.keys(ofCode).length === 0;
    this.known = {
      portals: Object.keys(props.portals),
      controlPlanes: Object.keys(props.controlPlaneIds ?? {}),
      strategies: none ? [ONLY_STRATEGY] : [...Object.keys(ofCode), ...Object.keys(ofFile)],
      strategiesOfCode: Object.keys(ofCode),
    };
    checkReferences(problems, file.data, this.known);
    checkNames(problems, file.data, props.controlPlaneIds ?? {});
    this.strategies = none
      ? { [ONLY_STRATEGY]: this.onlyStrategy() }
      : { ...ofCode, ...this.all(ofFile, 'strategies', (...entry) => this.strategyOfFile(...entry)) };
    this.apis = this.all(mapping<CatalogApi>(apis), 'apis', (...entry) => this.api(...entry));
    this.clients = this.all(mapping<CatalogClient>(clients), 'clients', (key, client) =>
      this.client(key, client),
    );
  }

  private all<T, C>(
    entries: Keyed<T>,
    section: string,
    create: (key: string, entry: T, path: DocumentPath) => C | undefined,
  ): { readonly [key: string]: C } {
    const created = Object.entries(entries).flatMap(([key, entry]) => {
      const path = [section, key];
      const construct = this.problems.attempt(path, () => create(key, entry, path));
      return construct === undefined ? [] : [[key, construct] as const];
    });
    return Object.fromEntries(created);
  }

  private onlyStrategy(): OktaDevPortalOidc {
    const strategy = this.strategy(ONLY_STRATEGY, { name: DEFAULT_NAME });
    toldBy(strategy, (failures) => {
      const ofFile = failures.map((failure) => ({
        ...this.problems.inFile([], { ...failure, prop: 'strategies' }),
        remedy: `Add strategies: { ${ONLY_STRATEGY}: { name: <another name>, scopes: [api.access] } }`,
      }));
      return new CatalogError(this.scope, ofFile);
    });
    return strategy;
  }

  private strategyOfFile(key: string, entry: CatalogStrategy, path: DocumentPath): OktaDevPortalOidc {
    const strategy = this.strategy(key, { name: strategyName(key), ...entry });
    toldBy(strategy, (failures) => {
      const ofFile = failures.map((failure) => this.problems.inFile(path, failure));
      return new CatalogError(this.scope, ofFile);
    });
    return strategy;
  }

  private strategy(key: string, strategy: Partial<CatalogStrategy>): OktaDevPortalOidc {
    const { authorizationServer, oktaProvider, konnectProvider } = this.props;
    return new OktaDevPortalOidc(this.scope, `Strategy-${key}`, {
      ...strategy,
      authorizationServer: authorizationServer ?? this.defaultServer(),
      oktaProvider,
      konnectProvider,
    });
  }

  /** One for all strategies, so that they share its claim and scopes. */
  private defaultServer(): IAuthorizationServer {
    const id = 'AuthorizationServer';
    const known = this.scope.node.tryFindChild(id) as IAuthorizationServer | undefined;
    return known ?? AuthorizationServer.fromDefault(this.scope, id, { provider: this.props.oktaProvider });
  }

  private api(key: string, entry: CatalogApi, path: DocumentPath): PortalApi {
    const { service, specification, strategy, portals = {}, ...props } = entry;
    const api = new PortalApi(this.scope, `Api-${key}`, {
      ...props,
      specification:
        specification && specificationOf(this.file, this.problems, [...path, 'specification'], specification),
      gatewayService: service && this.service(key, service, [...path, 'service']),
      provider: this.props.konnectProvider,
    });
    const authentication = this.strategies[strategy ?? this.known.strategies[0]];
    for (const [portal, publication] of Object.entries(portals)) {
      this.problems.attempt([...path, 'portals', portal], () =>
        // A dot is in no key, so no two of these ids are the same.
        authentication?.publish(`${key}.${portal}`, {
          ...publication,
          api,
          portal: this.props.portals[portal],
        }),
      );
    }
    return api;
  }

  private service(key: string, entry: CatalogService, path: DocumentPath): IGatewayService | undefined {
    const { controlPlane, routes = {}, id: serviceId, host, ...options } = entry;
    const controlPlaneId = this.props.controlPlaneIds?.[controlPlane ?? this.known.controlPlanes[0]] ?? '';
    const place = { controlPlaneId, provider: this.props.konnectProvider };
    const service = this.problems.attempt(path, () =>
      serviceId === undefined
        ? new GatewayService(this.scope, `Service-${key}`, {
            name: key,
            ...options,
            ...place,
            host: host ?? '',
          })
        : GatewayService.fromAttributes(this.scope, `Service-${key}`, { ...place, serviceId }),
    );
    for (const [route, criteria] of Object.entries(routes)) {
      this.problems.attempt([...path, 'routes', route], () => service?.addRoute(route, criteria));
    }
    return service;
  }

  private client(key: string, entry: CatalogClient): OidcClient | undefined {
    const { strategies = this.known.strategies.slice(0, 1), ...props } = entry;
    const [first, ...others] = strategies.flatMap((each) => this.strategies[each] ?? []);
    const client = first?.addClient(key, props);
    if (client) {
      for (const other of others) {
        other.allowClient(client.clientId);
      }
    }
    return client;
  }
}
