import { TerraformStack, Token } from 'cdktf';
import type { AccessPolicy } from '../okta/access-policy';
import type { IAuthorizationServer } from '../okta/authorization-server-ref';
import type { ClientIdClaim } from '../okta/client-id-claim';
import type { OktaScope } from '../okta/scope';
import { expressionOf } from './expression';
import { providerOf } from './providers';

/*
 * Several constructs may stand for one authorization server: each construct that is given none looks for the
 * server called default, and remote state gives a new token at each call. Okta takes each name once for a server,
 * so what is added to it has to be known by the server and not by the construct.
 */

/** Name and id of the one server that every org has from the start. */
const DEFAULT = 'default';

/** What one stack adds to an authorization server. */
export class ServerAdditions {
  public readonly scopes = new Map<string, OktaScope>();
  public readonly claims = new Map<string, ClientIdClaim>();

  /** The policy that was created last. */
  public latestPolicy?: AccessPolicy;
}

const additions = new WeakMap<TerraformStack, Map<string, ServerAdditions>>();
const names = new WeakMap<IAuthorizationServer, string>();
const identities = new WeakMap<IAuthorizationServer, readonly string[]>();

/** Says by which name the server is looked up. */
export function isFoundByName(server: IAuthorizationServer, name: string): void {
  names.set(server, name);
}

/** What the stack adds to the server, by whichever construct that stands for it. */
export function additionsTo(server: IAuthorizationServer, stack: TerraformStack): ServerAdditions {
  const known = additions.get(stack) ?? new Map<string, ServerAdditions>();
  additions.set(stack, known);
  const keys = identitiesOf(server);
  const found = keys.flatMap((key) => known.get(key) ?? [])[0] ?? new ServerAdditions();
  for (const key of keys) {
    known.set(key, known.get(key) ?? found);
  }
  return found;
}

/**
 * What tells the server from every other one in the app; two constructs that have one of these in common stand for
 * the same server. At synthesis only, because the provider may be created after the server.
 *
 * Two stacks whose providers take the org from the environment may be two environments, and have none in common.
 */
export function certainIdentitiesOf(server: IAuthorizationServer): readonly string[] {
  const name = nameOf(server);
  const org = orgOf(server);
  return name === undefined || org === undefined
    ? identitiesOf(server)
    : [...identitiesOf(server), `name\n${org}\n${expressionOf(name, server)}`];
}

/** The same before synthesis: what the stack of the server knows for certain. */
function identitiesOf(server: IAuthorizationServer): readonly string[] {
  // Found once, because a reference to another stack is written in another way after a synthesis.
  const known = identities.get(server) ?? identify(server);
  identities.set(server, known);
  return known;
}

function identify(server: IAuthorizationServer): string[] {
  const name = nameOf(server);
  const { authorizationServerId } = server;
  const id = expressionOf(authorizationServerId, server);
  const provider = `${TerraformStack.of(server).node.path}\n${aliasOf(server)}`;
  const unique = !Token.isUnresolved(authorizationServerId) || /\$\{(data\.)?okta_auth_server\./.test(id);
  return [
    ...(name === undefined ? [] : [`name\n${provider}\n${expressionOf(name, server)}`]),
    ...(id === DEFAULT ? [] : [`id\n${unique ? '' : provider}\n${id}`]),
  ];
}

function nameOf(server: IAuthorizationServer): string | undefined {
  return names.get(server) ?? (server.authorizationServerId === DEFAULT ? DEFAULT : undefined);
}

/** Every provider without alias is the default provider of the stack. */
function aliasOf({ provider }: IAuthorizationServer): string {
  return provider?.alias === undefined ? '' : provider.node.path;
}

/** The org, where the provider says all of it. Read structurally, as the region is. */
function orgOf(server: IAuthorizationServer): string | undefined {
  const provider = providerOf('okta', server, server.provider) ?? {};
  const [org, domain, proxy] = ['orgName', 'baseUrl', 'httpProxy'].map((name) => Reflect.get(provider, name));
  const known = [org, domain].every((each) => typeof each === 'string' && !Token.isUnresolved(each));
  return known ? JSON.stringify([org, domain, proxy]) : undefined;
}
