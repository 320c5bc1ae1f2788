import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ValidationError } from '../../../lib';
import { schemaViolations } from '../../../testing/schema/violations';
import { Given } from '../../support/fixture';
import { pathsOf, replaced, texts } from '../../support/paths';
import { catalogue, type Entry } from '../../support/prop-examples';
import { synthesize } from '../../support/synth';

/** What Terraform would evaluate, if it came in as it is. */
const MARKER = '${data.x}%{endif}';
const ESCAPED = '$${data.x}%%{endif}';

/** Places of a form that the marker does not have: a rule refuses it, so it never reaches Terraform. */
const REFUSED = [
  'OktaDevPortalOidc: labels.team',
  'OktaDevPortalOidc.fromAttributes: strategyId',
  'OidcAuthStrategy: labels.team',
  'OidcAuthStrategy.fromStrategyId: strategyId',
  'DevPortal: labels.team',
  'DevPortal.fromPortalId: portalId',
  'PortalApi: slug',
  'PortalApi: labels.team',
  'PortalApi.fromApiId: apiId',
  'PortalDeveloper.fromDeveloperId: developerId',
  'PortalApplication: labels.team',
  'PortalCatalog: file',
  'PortalCatalog: portals{main}',
  'PortalCatalog: controlPlaneIds{main}',
  'PortalCatalog: controlPlaneIds.main',
  'GatewayService: controlPlaneId',
  'GatewayService: serviceId',
  'GatewayService: name',
  'GatewayService: protocol',
  'GatewayService: routes.orders.name',
  'GatewayService: routes.orders.methods.0',
  'GatewayService: routes.orders.protocols.0',
  'GatewayRoute: name',
  'GatewayRoute: methods.0',
  'GatewayRoute: protocols.0',
  'IDevPortal.addPage, IGatewayService.addRoute and PortalApi.linkTo: route.name',
  'IDevPortal.addPage, IGatewayService.addRoute and PortalApi.linkTo: route.methods.0',
  'IDevPortal.addPage, IGatewayService.addRoute and PortalApi.linkTo: route.protocols.0',
  'GatewayService.fromAttributes: serviceId',
  'GatewayService.fromAttributes: controlPlaneId',
  'ProviderVersions.require: okta',
  'ProviderVersions.require: konnect',
  'OktaDevPortalOidc: authMethods.0',
  'OktaDevPortalOidc: clients.app.type',
  'OktaDevPortalOidc: clients.app.clientSecret',
  'OktaDevPortalOidc: publications.orders.visibility',
  'AuthorizationServer: issuerMode',
  'AuthorizationServer: keyRotationMode',
  'AccessPolicy: rules.0.grantTypes.0',
  'AccessPolicyRule: grantTypes.0',
  'OidcClient: type',
  'OidcClient: clientSecret',
  'OidcAuthStrategy: authMethods.0',
  'DevPortal: defaultApiVisibility',
  'DevPortal: defaultPageVisibility',
  'PortalPage: visibility',
  'ApiPublication: visibility',
  'PortalDeveloper: status',
  'PortalRole.custom and KonnectRegion.custom: region',
  'AuthorizationServer.fromDefault and addAccessPolicy: policy.rules.0.grantTypes.0',
  'AccessPolicy.addRule and addClient: options.grantTypes.0',
  'OktaDevPortalOidc.addClient, allowClient, publish and registerClient: application.labels.team',
  'OktaDevPortalOidc.addClient, allowClient, publish and registerClient: client.type',
  'OktaDevPortalOidc.addClient, allowClient, publish and registerClient: client.clientSecret',
  'OktaDevPortalOidc.addClient, allowClient, publish and registerClient: publication.visibility',
];

/** Places that no text of the configuration comes from: ids of constructs, choices, and what only others read. */
const UNWRITTEN = [
  'OktaDevPortalOidc: clients{app}',
  'OktaDevPortalOidc: publications{orders}',
  'OktaDevPortalOidc.fromAttributes: issuer',
  'GatewayService: routes{orders}',
  'PortalCatalog: strategies{code}',
  'Moves.from: paths.0',
  'Moves.from: paths.1',
  'ids of what is added: client',
  'ids of what is added: publication',
  'ids of what is added: registration',
  'ids of what is added: route',
];

/** The texts of the configuration in which the marker stands, once `path` of the example has it. */
function marked(entry: Entry, path: string): string[] | ValidationError {
  const given = new Given();
  try {
    entry.create(
      given.stack,
      replaced(entry.example(given), path, (text) => `${text}${MARKER}`) as never,
      given,
    );
    const { json } = synthesize(given.stack);
    expect(schemaViolations(json, { konnect: '3.21' })).toEqual([]);
    return texts(json).filter((text) => /\{(data\.x|endif)\}/.test(text));
  } catch (error) {
    if (error instanceof ValidationError) {
      return error;
    }
    throw error;
  }
}

test.each(catalogue.map((entry) => [entry.what, entry] as const))('%s', (what, entry) => {
  for (const path of pathsOf(entry.example(new Given()))) {
    const place = `${what}: ${path}`;
    const found = marked(entry, path);
    expect([place, found instanceof ValidationError]).toEqual([place, REFUSED.includes(place)]);
    if (!(found instanceof ValidationError)) {
      expect([place, found.length === 0]).toEqual([place, UNWRITTEN.includes(place)]);
      const evaluated = found.filter((text) => /[$%]\{/.test(text.replaceAll(ESCAPED, '')));
      expect([place, evaluated]).toEqual([place, []]);
    }
  }
});

test('the catalogue has an example for every interface that users fill in', () => {
  const lib = join(__dirname, '..', '..', '..', 'lib');
  const sources = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('private'),
  );
  const interfaces = sources.flatMap((file) =>
    [
      ...readFileSync(join(lib, file), 'utf8').matchAll(
        /^export interface (\w+(?:Props|Options|Attributes|Lookup))\b/gm,
      ),
    ].map(([, name]) => name),
  );
  expect(interfaces.sort()).toEqual([...new Set(catalogue.flatMap((entry) => entry.interfaces))].sort());
});
