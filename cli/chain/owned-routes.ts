import type { Deployment } from '../deployment';
import type { Entity } from '../entity';

/**
 * Whether the stacks own a route of a control plane that is not in Konnect.
 *
 * @param routes routes that Konnect has on the control plane
 */
export function ownsMissingRoute(
  deployment: Deployment,
  controlPlaneId: string,
  routes: readonly Entity[],
): boolean {
  return deployment.owns(
    'konnect_gateway_route',
    (values) => values.control_plane_id === controlPlaneId && !routes.some(({ id }) => id === values.id),
  );
}
