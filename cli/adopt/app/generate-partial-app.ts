import { type Entity, nameOf, textOf } from '../../entity';
import { apiName } from '../how-to/apis';
import type { FoundParts, PublishedApi } from '../how-to/found-parts';
import { Part, type Parts } from '../parts';
import { addApi } from './api-source';
import { AppSource, constructId } from './app-source';
import { clientProps, keepApplication } from './client-source';
import { valueCode } from './code';
import { addControlPlane } from './control-plane-source';
import { addStack, publicationProps, RESERVED_IDS } from './generate-app';
import { addPortal, apiVisibilityOf } from './portal-source';

/** What was found for a partial app. */
interface PartialHowTo {
  /** `undefined` if the app takes over nothing of Konnect. */
  readonly konnect?: FoundParts;
  readonly applications: readonly Entity[];
}

/**
 * Generates an app that takes some parts of a setup over, changes nothing, and references the others by their ids.
 *
 * @param file path of the adoption file
 * @param textFile path of a file for a text
 */
export function generatePartialApp(
  { konnect, applications }: PartialHowTo,
  parts: Parts,
  file: string,
  textFile: (what: string) => string,
): AppSource {
  const ids = new Set(RESERVED_IDS);
  const source = new AppSource(textFile, ids);
  addStack(source, {
    ...(applications.length > 0 && { okta: 'OktaProvider' }),
    ...(konnect && { konnect: 'KonnectProvider' }),
  });
  const path = String(valueCode(file));
  source.line(`if (${source.use('existsSync')}(${path})) {`);
  source.line(`  ${source.use('Adoption')}.fromFile(${path}).applyTo(stack);`);
  source.line('}');
  source.line('');
  if (konnect) {
    addKonnectParts(source, ids, konnect, parts);
  }
  for (const application of applications) {
    addClient(source, ids, application);
  }
  source.line('');
  source.line('app.synth();');
  return source;
}

function addKonnectParts(
  source: AppSource,
  ids: Set<string>,
  { portal, apis, controlPlanes }: FoundParts,
  parts: Parts,
): void {
  const gateways = new Map<string, string>();
  for (const plane of controlPlanes) {
    addControlPlane(source, ids, plane, gateways);
  }
  const published = apis.filter(({ strategy }) => strategy);
  let portalVariable = '';
  if (parts.has(Part.PORTAL)) {
    portalVariable = addPortal(source, ids, portal, '');
  } else if (published.length > 0) {
    portalVariable = addReference(source, ids, portal.entity, nameOf(portal.entity), 'portal');
  }
  const apiVariables = new Map<string, string>();
  if (parts.has(Part.APIS)) {
    referenceGateways(source, ids, apis, gateways);
    for (const api of apis) {
      apiVariables.set(api.entity.id, addApi(source, ids, api, gateways));
    }
  } else {
    for (const { entity } of published) {
      apiVariables.set(entity.id, addReference(source, ids, entity, apiName(entity), 'api'));
    }
  }
  const strategies = new Map<string, string>();
  for (const { entity, strategy, publications } of published) {
    if (strategy && !strategies.has(strategy.id)) {
      strategies.set(strategy.id, addReference(source, ids, strategy, nameOf(strategy), 'strategy'));
    }
    const id = constructId(ids, `${apiName(entity)}-publication`, 'publication');
    source.call(`new ${source.use('ApiPublication')}(stack, '${id}', `, {
      api: apiVariables.get(entity.id),
      portal: portalVariable,
      strategy: strategy && strategies.get(strategy.id),
      // The visibility of a referenced portal is unknown to the construct.
      ...publicationProps(
        source,
        publications[0] as Entity,
        parts.has(Part.PORTAL) ? apiVisibilityOf(portal.entity) : '',
      ),
    });
  }
}

/** Methods that reference existing resources, by the ending of their variables. */
const REFERENCES = {
  portal: ['DevPortal', 'fromPortalId'],
  api: ['Api', 'fromApiId'],
  strategy: ['OidcAuthStrategy', 'fromStrategyId'],
  controlPlane: ['ControlPlane', 'fromControlPlaneId'],
} as const;

/** Adds a reference to an existing resource. @returns its variable */
function addReference(
  source: AppSource,
  ids: Set<string>,
  { id }: Pick<Entity, 'id'>,
  name: string,
  kind: keyof typeof REFERENCES,
): string {
  const [type, method] = REFERENCES[kind];
  const variable = source.variable(name, kind);
  const construct = constructId(ids, name, kind);
  source.line(
    `const ${variable} = ${source.use(type)}.${method}(stack, '${construct}', ${String(valueCode(id))});`,
  );
  return variable;
}

/** References the services and control planes that the APIs are linked to, unless the app takes them over. */
function referenceGateways(
  source: AppSource,
  ids: Set<string>,
  apis: readonly PublishedApi[],
  gateways: Map<string, string>,
): void {
  for (const { entity, implementation } of apis) {
    const service = implementation?.service;
    const planeId = (service ?? implementation?.control_plane)?.control_plane_id;
    if (planeId === undefined || gateways.has(service?.id ?? planeId)) {
      continue;
    }
    const plane =
      gateways.get(planeId) ?? addReference(source, ids, { id: planeId }, 'control-plane', 'controlPlane');
    gateways.set(planeId, plane);
    if (!service) {
      continue;
    }
    const name = `${apiName(entity)}-service`;
    const variable = source.variable(name, 'service');
    gateways.set(service.id, variable);
    const start = `const ${variable} = ${source.use('GatewayService')}.fromAttributes(stack, `;
    source.call(`${start}'${constructId(ids, name, 'service')}', `, {
      controlPlane: plane,
      serviceId: valueCode(service.id),
    });
  }
}

function addClient(source: AppSource, ids: Set<string>, application: Entity): void {
  const label = textOf(application, 'label');
  const variable = source.variable(label, 'client');
  source.call(
    `const ${variable} = new ${source.use('OidcClient')}(stack, '${constructId(ids, label, 'app')}', `,
    clientProps(source, application),
  );
  keepApplication(source, application, `${variable}.resource`);
}
