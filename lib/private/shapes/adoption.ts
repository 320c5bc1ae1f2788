import type {
  AdoptedApi,
  AdoptedIds,
  AdoptedPolicy,
  AdoptedPortal,
  AdoptedService,
} from '../../adoption/adopted-ids';
import { type Kind, known, listOf, mapOf, number, of, required, type Shape, text } from '../kinds';

/** A file says what is in it: no token stands for anything of the app. */
const written = required(known(text));
const names = required(mapOf(written));
const named = required(of({ id: written, name: written }));

const orNull =
  (kind: Kind): Kind =>
  (prop, value) =>
    value === null ? [] : kind(prop, value);

const policy: Shape<AdoptedPolicy> = { id: written, rules: names };
const portal: Shape<AdoptedPortal> = { id: written, pages: names };
const api: Shape<AdoptedApi> = {
  id: written,
  implementation: orNull(written),
  publishedTo: required(listOf(written)),
};
const service: Shape<AdoptedService> = { id: written, routes: names };

const okta: Shape<AdoptedIds['okta']> = {
  authorizationServer: named,
  claims: names,
  scopes: names,
  policies: required(mapOf(of(policy))),
  applications: names,
};

const konnect: Shape<AdoptedIds['konnect']> = {
  authStrategies: names,
  portals: required(mapOf(of(portal))),
  apis: required(mapOf(of(api))),
  controlPlane: named,
  services: required(mapOf(of(service))),
};

/** What kind everything in an adoption file is of. */
export const ADOPTED_IDS: Shape<AdoptedIds> = {
  version: required(number),
  okta: required(of(okta)),
  konnect: required(of(konnect)),
};
