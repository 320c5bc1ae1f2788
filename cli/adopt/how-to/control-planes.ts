import type { AccessControlPlugin } from '../../access-control';
import { type Entity, nameOf, textsOf, titleOf } from '../../entity';
import type { Findings } from '../findings';
import type { FoundApi, FoundControlPlane, FoundService } from './how-to';
import type { KonnectReader } from './konnect-reader';

/** The control planes that the APIs are linked to, with the services that their requests lead to. */
export async function findControlPlanes(
  konnect: KonnectReader,
  apis: readonly FoundApi[],
  findings: Findings,
): Promise<FoundControlPlane[]> {
  const links = apis.flatMap(({ implementation }) => implementation ?? []);
  const operations = await konnect.operations(links);
  const serviceIds = [
    ...links.map(({ service }) => service?.id),
    ...operations.map(({ implementation_status: status }) => status?.service?.id),
  ];
  const found: FoundControlPlane[] = [];
  for (const plane of await konnect.controlPlanes()) {
    const isLinked = links.some(({ control_plane: linked }) => linked?.control_plane_id === plane.id);
    const hasLinkedService = links.some(({ service }) => service?.control_plane_id === plane.id);
    if (!isLinked && !hasLinkedService) {
      continue;
    }
    const { services } = await konnect.withServices(plane);
    const accessControl = isLinked ? await konnect.accessControl(plane) : undefined;
    const adopted = services.filter(({ entity }) => serviceIds.includes(entity.id));
    findings.add(`Control plane ${nameOf(plane)}`, plane.id);
    reportServices(adopted, findings);
    if (isLinked) {
      reportAccessControl(plane, accessControl, findings);
    }
    if (isLinked && hasLinkedService) {
      findings.addError(
        `Control plane ${nameOf(plane)}`,
        'some APIs are linked to it and others to its services, which Kong forbids',
        'Choose APIs of one kind with --api, or link all of them in the same way.',
      );
    }
    found.push({ entity: plane, services: adopted, accessControl });
  }
  return found;
}

function reportServices(services: readonly FoundService[], findings: Findings): void {
  for (const { entity, routes } of services) {
    findings.add(`Gateway service ${titleOf(entity)}`, entity.id);
    for (const route of routes) {
      const title = `Route ${titleOf(route)}`;
      if (isExpressible(route)) {
        findings.add(title, route.id);
      } else {
        findings.addSkipped(title, `${route.id}, stays as it is: no props for what it matches`);
      }
    }
  }
}

function reportAccessControl(
  plane: Entity,
  plugin: AccessControlPlugin | undefined,
  findings: Findings,
): void {
  const title = `Access control enforcement of ${nameOf(plane)}`;
  if (!plugin) {
    findings.addWarning(
      title,
      'the control plane has no plugin ace, so APIs that are linked to it are open',
      'Enforce access control on the control plane after the adoption.',
    );
    return;
  }
  findings.add(title, plugin.id);
  if (plugin.config?.rate_limiting) {
    findings.addWarning(
      title,
      'its rate_limiting has no prop, and the deployment would remove it',
      'Set it on the resource of the plugin before the deployment.',
    );
  }
}

/** Whether `GatewayRoute` has props for what a route matches. */
export function isExpressible(route: Entity): boolean {
  const paths = textsOf(route, 'paths');
  const criteria = [...paths, ...textsOf(route, 'hosts'), ...textsOf(route, 'methods')];
  return criteria.length > 0 && paths.every((path) => /^~?\//.test(path));
}
