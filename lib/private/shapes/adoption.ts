import type {
  AdoptedApi,
  AdoptedApiVersion,
  AdoptedApplication,
  AdoptedControlPlane,
  AdoptedIds,
  AdoptedMaybeNamed,
  AdoptedNamed,
  AdoptedPage,
  AdoptedPolicy,
  AdoptedPortal,
  AdoptedServer,
  AdoptedService,
} from '../../adoption/adopted-ids';
import { flag, type Kind, known, listOf, number, of, required, type Shape, text } from '../kinds';

/** A file says what is in it: no token stands for anything of the app. */
const written = required(known(text));
const writtenOrNull: Kind = (prop, value) => (value === null ? [] : written(prop, value));

const list = (each: Kind) => required(known(listOf(each)));
const all = <T>(shape: Shape<T>) => list(of(shape));

const NAMED: Shape<AdoptedNamed> = { id: written, name: written };
const MAYBE_NAMED: Shape<AdoptedMaybeNamed> = { id: written, name: writtenOrNull };
const POLICY: Shape<AdoptedPolicy> = { ...NAMED, clients: list(written), rules: all(NAMED) };
const SERVER: Shape<AdoptedServer> = {
  ...NAMED,
  claims: all(NAMED),
  scopes: all(NAMED),
  policies: all(POLICY),
};
const APPLICATION: Shape<AdoptedApplication> = { id: written, clientId: written, label: written };
const PAGE: Shape<AdoptedPage> = { id: written, slug: written };
const PORTAL: Shape<AdoptedPortal> = { ...NAMED, pages: all(PAGE) };
const API_VERSION: Shape<AdoptedApiVersion> = { id: written, version: writtenOrNull };
const API: Shape<AdoptedApi> = {
  ...NAMED,
  version: writtenOrNull,
  versions: all(API_VERSION),
  implementation: writtenOrNull,
  publishedTo: list(written),
};
const SERVICE: Shape<AdoptedService> = { ...MAYBE_NAMED, routes: all(MAYBE_NAMED) };
const CONTROL_PLANE: Shape<AdoptedControlPlane> = { ...NAMED, services: all(SERVICE) };

const OKTA: Shape<AdoptedIds['okta']> = {
  authorizationServers: all(SERVER),
  applications: all(APPLICATION),
};
const KONNECT: Shape<AdoptedIds['konnect']> = {
  authStrategies: all(NAMED),
  portals: all(PORTAL),
  apis: all(API),
  controlPlanes: all(CONTROL_PLANE),
};

/** What kind everything in an adoption file is of. */
export const ADOPTED_IDS: Shape<AdoptedIds> = {
  version: required(number),
  partial: known(flag),
  okta: required(of(OKTA)),
  konnect: required(of(KONNECT)),
};
