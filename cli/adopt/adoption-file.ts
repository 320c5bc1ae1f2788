import type { Entity } from '../konnect-client';
import { nameOf, textOf } from './finding';
import { clientIdOf, clientsOf } from './okta-pieces';
import type { FoundApi, FoundControlPlane, FoundServer, Pieces } from './pieces';

/** The format that the construct reads. */
const VERSION = 1;

/** What the prop `adopt` of the construct takes: ids with the names that a stack finds them by, and no secret. */
export function adoptionFile({ okta, konnect }: Pieces, partial: boolean): string {
  const content = {
    version: VERSION,
    ...(partial && { partial }),
    okta: {
      authorizationServers: okta.authorizationServers.map(server),
      applications: okta.applications.map((each) => ({
        id: each.id,
        clientId: clientIdOf(each),
        label: textOf(each, 'label'),
      })),
    },
    konnect: {
      authStrategies: konnect.authStrategies.map(named),
      portals: konnect.portals.map(({ entity, pages }) => ({
        ...named(entity),
        pages: pages.map((page) => ({ id: page.id, slug: textOf(page, 'slug') })),
      })),
      apis: konnect.apis.map(api),
      controlPlanes: konnect.controlPlanes.map(controlPlane),
    },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function server({ entity, claims, scopes, policies }: FoundServer): object {
  return {
    ...named(entity),
    claims: claims.map(named),
    scopes: scopes.map(named),
    policies: policies.map((policy) => ({
      ...named(policy.entity),
      clients: clientsOf(policy.entity),
      rules: policy.rules.map(named),
    })),
  };
}

function api({ entity, versions, implementation, publications }: FoundApi): object {
  return {
    ...named(entity),
    version: textOf(entity, 'version') || null,
    versions: versions.map((each) => ({ id: each.id, version: textOf(each, 'version') || null })),
    implementation: implementation?.id ?? null,
    publishedTo: publications.map(({ portal_id: id }) => id),
  };
}

function controlPlane({ entity, services }: FoundControlPlane): object {
  return {
    ...named(entity),
    services: services.map((service) => ({
      ...maybeNamed(service.entity),
      routes: service.routes.map(maybeNamed),
    })),
  };
}

function named(entity: Entity): { readonly id: string; readonly name: string } {
  return { id: entity.id, name: nameOf(entity) };
}

function maybeNamed(entity: Entity): { readonly id: string; readonly name: string | null } {
  return { id: entity.id, name: nameOf(entity) || null };
}
