import { type ApiOperation, findAccessControlPlugin } from '../access-control';
import type { Deployment } from '../deployment';
import { fieldOf } from '../entity';
import type { KonnectClient } from '../konnect-client';
import { Outcome } from '../progress';
import { redeploy } from '../redeploy';
import { text } from '../values';
import { ownsMissingRoute } from './owned-routes';
import { chooseRequest, type RequestOptions, type RouteChoice } from './route-request';

/** The outcome of a check, with the request to send if there is one. */
interface LinkCheck {
  readonly outcome: Outcome;
  readonly route?: RouteChoice;
}

/** The API and the control plane that it is linked to. */
interface ControlPlaneContext {
  readonly konnect: KonnectClient;
  readonly deployment: Deployment;
  readonly apiId: string;
  readonly controlPlaneId: string;
  readonly options: RequestOptions;
}

/** Checks that the control plane of an API enforces its strategy, with the plugin `ace`. */
export async function checkControlPlane(context: ControlPlaneContext): Promise<LinkCheck> {
  const { konnect, deployment, apiId, controlPlaneId, options } = context;
  const entity = await konnect.find(`v2/control-planes/${controlPlaneId}`);
  const name = text(entity?.name) || controlPlaneId;
  const failed = (cause: string, remedy: string): LinkCheck => ({
    outcome: Outcome.failed(`the API is linked to control plane ${name}, ${cause}`, remedy),
  });
  const plugin = findAccessControlPlugin(await konnect.listCoreEntities(controlPlaneId, 'plugins'));
  if (!plugin) {
    return failed(
      'which has no plugin ace (Access Control Enforcement), so the API is open',
      ownsPlugin(context)
        ? redeploy('the plugin')
        : 'Enforce access control on the control plane, and deploy. Or link the API to a gateway service.',
    );
  }
  if (plugin.enabled === false) {
    return failed(
      'whose plugin ace is disabled, so the API is open',
      ownsPlugin(context) ? redeploy('the enabled plugin') : 'Enable the plugin in Konnect.',
    );
  }
  const isRequired = plugin.config?.match_policy === 'required';
  const operations = (await konnect.findList(`v3/apis/${apiId}/operations`)) as ApiOperation[] | undefined;
  if (operations?.length === 0) {
    return failed(
      `but has no operations, so the gateway ${isRequired ? 'answers 404 to all requests' : 'authenticates no request'}`,
      deployment.owns(
        'konnect_api_version',
        (values) => values.api_id === apiId && Boolean(fieldOf(values, 'spec', 'content')),
      )
        ? `${redeploy('a specification of the API')} If that changes nothing, add operations to it.`
        : 'Set version and specification of the API, and deploy.',
    );
  }
  const served = (operations ?? []).filter(({ implementation_status: status }) => status?.matched !== false);
  if (operations && served.length === 0) {
    const routes = await konnect.listCoreEntities(controlPlaneId, 'routes');
    return failed(
      'none of whose routes takes an operation of the API',
      ownsMissingRoute(deployment, controlPlaneId, routes)
        ? redeploy('a route')
        : `Add a route for ${operations[0].path}. Operations have the path that the gateway gets.`,
    );
  }
  const route = await chooseOperation(konnect, controlPlaneId, served, { ...options, isRequired });
  const request = 'request' in route ? `, ${route.request.method} ${route.request.path}` : '';
  const detail = `linked to control plane ${name}, which enforces access control${request}`;
  const outcome = await linked(konnect, controlPlaneId, detail, text(plugin.config?.anonymous));
  return { outcome, route };
}

/** Whether the stacks own the plugin for the whole control plane, and enable it. */
function ownsPlugin({ deployment, controlPlaneId }: ControlPlaneContext): boolean {
  return deployment.owns(
    'konnect_gateway_plugin_ace',
    (values) => values.control_plane_id === controlPlaneId && values.enabled !== false && !values.service,
  );
}

/** The outcome of a link that is OK, with a warning about what weakens it. */
async function linked(
  konnect: KonnectClient,
  controlPlaneId: string,
  detail: string,
  anonymous: string,
): Promise<Outcome> {
  if (anonymous !== '') {
    return Outcome.warning(
      `${detail}, but lets requests without valid credentials pass as consumer ${anonymous}`,
      'Remove anonymous, or reject requests of this consumer with another plugin.',
    );
  }
  const links = await konnect.list(`v3/api-implementations?filter[control_plane_id][eq]=${controlPlaneId}`);
  return links.some((each) => fieldOf(each, 'service', 'control_plane_id') === controlPlaneId)
    ? Outcome.warning(
        `${detail}, but another API is linked to a service of it`,
        'Kong forbids the two kinds of links on one control plane. Link all of its APIs to the control plane.',
      )
    : Outcome.ok(detail);
}

/** Chooses a request from the operations. Paths with parameters are no paths to request. */
async function chooseOperation(
  konnect: KonnectClient,
  controlPlaneId: string,
  operations: readonly ApiOperation[],
  { isRequired, ...options }: RequestOptions & { readonly isRequired: boolean },
): Promise<RouteChoice> {
  const routes = await konnect.listCoreEntities(controlPlaneId, 'routes');
  const plain = operations
    .filter(({ path }) => !/[{*]/.test(path))
    .map(({ id, method, path, implementation_status: status }) => {
      const route = routes.find((each) => each.id === status?.route?.id);
      return { id, methods: [method], paths: [path], hosts: route?.hosts, headers: route?.headers };
    });
  const choice = chooseRequest(plain, options);
  if (!choice) {
    return {
      notSent: Outcome.skipped(
        'not sent: the API has no operation whose path has no parameters',
        'Name a path of its specification with --path.',
      ),
    };
  }
  return 'request' in choice ? { request: { ...choice.request, requiresOperation: isRequired } } : choice;
}
