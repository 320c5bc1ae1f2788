import type { Client, Publication, Strategy } from '../deployment';
import type { KonnectClient } from '../konnect-client';
import { Outcome } from '../progress';
import { TokenRequirement } from '../token-requirement';
import { texts } from '../values';
import type { Link } from './chain';
import { chooseRequest, type RequestWishes, type RouteChoice } from './route-request';

/** What the Konnect half of the chain is made of, for one publication. */
export interface KonnectChain {
  readonly konnect: KonnectClient;
  readonly publication: Publication;
  /** Names of API and portal. */
  readonly publicationName: string;
  readonly portalName: string;
  /** The strategy as the state has it; undefined when another stack owns it. */
  readonly deployed?: Strategy;
  readonly client: Client;
  /** Ends the names of the links, to tell publications apart. */
  readonly suffix: string;
  /** What the request that leads to the API is to be like. */
  readonly wishes: RequestWishes;
  /** Takes that request. */
  readonly foundRoute: (route: RouteChoice) => void;
}

/** A strategy as Konnect has it; undefined when there is none of type openid_connect. */
export async function findStrategy(konnect: KonnectClient, id: string): Promise<Strategy | undefined> {
  const entity = await konnect.find(`v2/application-auth-strategies/${id}`);
  const { 'openid-connect': config } = (entity?.configs ?? {}) as {
    'openid-connect'?: { readonly [field: string]: unknown };
  };
  return entity && config
    ? {
        id,
        name: String(entity.name),
        issuer: String(config.issuer),
        credentialClaim: texts(config.credential_claim),
        authMethods: texts(config.auth_methods),
        scopes: texts(config.scopes),
        requirements: TokenRequirement.of(config),
      }
    : undefined;
}

/** Strategy, publication, link to the gateway and registration, as Konnect has them. */
export function konnectLinks(chain: KonnectChain): Link[] {
  const { suffix, publicationName: name } = chain;
  const title = (what: string) => (suffix === '' ? what : `${what} of ${name}`);
  const link = (id: string, what: string, needs: string[], check: () => Promise<Outcome>): Link => ({
    name: `${id}${suffix}`,
    title: title(what),
    needs: needs.map((each) => `${each}${suffix}`),
    check,
  });
  return [
    link('strategy', 'Auth strategy', [], () => checkStrategy(chain)),
    link('publication', 'Publication', [], () => checkPublication(chain)),
    link('implementation', 'Gateway service and route', [], () => checkImplementation(chain)),
    link('registration', 'Registration', [], () => checkRegistration(chain)),
  ];
}

/** What takes the place of the chain for an API that is published without a strategy: nothing is enforced. */
export function openPublicationLink(publicationName: string, suffix: string): Link {
  return {
    name: `publication${suffix}`,
    title: suffix === '' ? 'Publication' : `Publication of ${publicationName}`,
    needs: [],
    check: async () =>
      Outcome.failed(
        'it is deployed without an auth strategy, so the API takes requests of everybody',
        'Publish it with publish of OktaDevPortalOidc, or with another strategy (auth_strategy_ids), and deploy. If it is meant to be open, name the API that is not with --api.',
      ),
  };
}

async function checkStrategy({ konnect, publication, deployed }: KonnectChain): Promise<Outcome> {
  const id = publication.strategyId ?? '';
  const actual = await findStrategy(konnect, id);
  if (!actual) {
    return Outcome.failed(
      `Konnect has no OpenID Connect strategy ${id}`,
      'Deploy the stack that owns it; if it exists, KONNECT_SERVER_URL is the URL of another region.',
    );
  }
  const compared = ['issuer', 'credentialClaim', 'authMethods', 'scopes', 'requirements'] as const;
  const different = deployed
    ? compared.filter((each) => String(actual[each]) !== String(deployed[each]))
    : [];
  return different.length === 0
    ? Outcome.ok(
        `${actual.name}: ${actual.authMethods.join(', ')}; claim ${actual.credentialClaim.join('.')}; scopes ${actual.scopes.join(' ')}`,
      )
    : Outcome.failed(
        different
          .map(
            (each) =>
              `${each} is ${textOf(actual[each])} in Konnect and ${textOf(deployed?.[each])} as deployed`,
          )
          .join('; '),
        'Somebody changed it since the deployment: deploy again, or take the change over into the stack.',
      );
}

async function checkPublication({ konnect, publication, publicationName }: KonnectChain): Promise<Outcome> {
  const { apiId, portalId, strategyId, visibility } = publication;
  const actual = await konnect.find(`v3/apis/${apiId}/publications/${portalId}`);
  if (!actual) {
    return Outcome.failed(
      `${publicationName} is not published`,
      'Deploy the stack; if it is published, KONNECT_SERVER_URL is the URL of another region.',
    );
  }
  const ids = texts(actual.auth_strategy_ids);
  if (!ids.includes(strategyId ?? '')) {
    return Outcome.failed(
      ids.length === 0
        ? 'it has no auth strategy in Konnect, so the API takes requests of everybody'
        : `it has the auth strategy ${ids.join(', ')} in Konnect, and ${strategyId} as deployed`,
      'Somebody changed it since the deployment: deploy again.',
    );
  }
  return actual.visibility === visibility
    ? Outcome.ok(`${publicationName}, ${visibility}`)
    : Outcome.failed(
        `it is ${String(actual.visibility)} in Konnect and ${visibility} as deployed`,
        'Somebody changed it since the deployment: deploy again.',
      );
}

async function checkImplementation(chain: KonnectChain): Promise<Outcome> {
  const { konnect, wishes, foundRoute } = chain;
  const { apiId } = chain.publication;
  const all = await konnect.list(`v3/api-implementations?filter[api_id][eq]=${apiId}`);
  const { service } = (all.find((each) => each.api_id === apiId) ?? {}) as {
    service?: {
      id: string;
      control_plane_id: string;
      auth_strategy_sync_error?: { message?: string } | null;
    };
  };
  if (!service) {
    return Outcome.failed(
      'the API is linked to no gateway service, so its strategy is enforced nowhere',
      'Link it with gatewayService or linkTo of PortalApi, and deploy.',
    );
  }
  if (service.auth_strategy_sync_error) {
    return Outcome.failed(
      `Konnect could not hand the strategy to the gateway: ${service.auth_strategy_sync_error.message ?? 'no reason given'}`,
      'Correct what it names, and deploy again.',
    );
  }
  const routes = await konnect.listCoreEntities(service.control_plane_id, 'routes');
  const mine = routes.filter((each) => (each.service as { id?: string } | null)?.id === service.id);
  if (mine.length === 0) {
    return Outcome.failed(
      `gateway service ${service.id} has no route`,
      'Add one with routes or addRoute of GatewayService, and deploy.',
    );
  }
  const choice = chooseRequest(mine, wishes);
  if (!choice) {
    return Outcome.failed(
      'its routes have no plain path to ask for',
      'Name a path that a route takes with --path.',
    );
  }
  foundRoute(choice);
  return Outcome.ok(
    'unsafe' in choice
      ? `linked, for ${choice.unsafe.join(', ')}`
      : `linked, ${choice.request.method} ${choice.request.path}`,
  );
}

async function checkRegistration(chain: KonnectChain): Promise<Outcome> {
  const { konnect, publication, portalName, client } = chain;
  const portal = `v3/portals/${publication.portalId}`;
  const applications = await konnect.list(`${portal}/applications`);
  const ofClient = applications.filter((each) => each.client_id === client.clientId);
  const register = `Register it: okta-dev-portal-oidc register --developer <e-mail>, or in the portal with Use this API.`;
  if (ofClient.length === 0) {
    return Outcome.failed(`no application in ${portalName} has the client id ${client.clientId}`, register);
  }
  const application = ofClient.find((each) => refOf(each.auth_strategy) === publication.strategyId);
  if (!application) {
    return Outcome.failed(
      `application ${String(ofClient[0].name)} has the strategy ${refOf(ofClient[0].auth_strategy)}, and the API has ${publication.strategyId}`,
      'Konnect cannot move an application to another strategy: create it anew with register --replace.',
    );
  }
  const registrations = await konnect.list(`${portal}/applications/${application.id}/registrations`);
  const registration = registrations.find(({ api }) => refOf(api) === publication.apiId);
  if (!registration) {
    return Outcome.failed(`application ${String(application.name)} is not registered for the API`, register);
  }
  const approve = `A Portal Admin approves it in Konnect: Dev Portal > ${portalName} > Access and approvals.`;
  if (registration.status !== 'approved') {
    return Outcome.failed(`the registration is ${String(registration.status)}`, approve);
  }
  const { owner } = application as { owner?: { type: string; id: string } };
  const developer =
    owner?.type === 'developer' ? await konnect.find(`${portal}/developers/${owner.id}`) : undefined;
  return developer && developer.status !== 'approved'
    ? Outcome.failed(`developer ${String(developer.email)} is ${String(developer.status)}`, approve)
    : Outcome.ok(`application ${String(application.name)} is approved for the API`);
}

function textOf(setting: unknown): string {
  return String(setting) || 'nothing';
}

function refOf(reference: unknown): string | undefined {
  return (reference as { readonly id?: string } | null | undefined)?.id;
}
