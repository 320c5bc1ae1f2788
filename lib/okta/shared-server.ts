import {
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  TerraformStack,
  Token,
  Tokenization,
} from 'cdktf';
import type { IConstruct } from 'constructs';
import { findProvider } from '../core/providers';
import { EntryKind, Registry } from '../core/registry';
import type { AccessPolicy } from './access-policy';
import type { IAuthorizationServer } from './authorization-server';
import type { AuthorizationServerScope } from './authorization-server-scope';
import type { ClientIdClaim } from './client-id-claim';

/*
 * Several constructs may reference one authorization server: each OktaDevPortalOidc without one looks up the default
 * server, and remote state gives a new token for each read. Okta has each name once per server, so scopes, claims and
 * policies are known by server, not by construct.
 */

/** Name and alias of the server that every org has. */
const DEFAULT = 'default';

/** Scopes, claims and policies that a stack adds to an authorization server. */
export class SharedServer {
  public readonly scopes = new Map<string, AuthorizationServerScope>();
  public readonly claims = new Map<string, ClientIdClaim>();

  public readonly policies: AccessPolicy[] = [];
}

const SHARED_SERVER = new EntryKind<SharedServer>('authorization server');
const STACK_KEYS = new EntryKind<readonly string[]>('keys of an authorization server');

/** State that all constructs of the stack share that reference the server. */
export function sharedServer(server: IAuthorizationServer, stack: TerraformStack): SharedServer {
  const registry = Registry.of(server);
  const keys = stackKeys(server).map((key) => `${stack.node.path}\n${key}`);
  const shared = keys.flatMap((key) => registry.find(SHARED_SERVER, key) ?? [])[0] ?? new SharedServer();
  for (const key of keys) {
    registry.add(SHARED_SERVER, key, shared);
  }
  return shared;
}

/**
 * Keys that identify the server in the app: two constructs with a key in common reference one server. To be called at
 * synthesis, because the provider may be created after the server.
 *
 * Two stacks whose providers read the org from the environment may deploy to two orgs, and have no key in common.
 */
export function serverKeys(server: IAuthorizationServer): readonly string[] {
  const name = lookupNameOf(server);
  const org = orgOf(server);
  return name === undefined || org === undefined
    ? stackKeys(server)
    : [...stackKeys(server), `name\n${org}\n${expressionOf(name, server)}`];
}

/** Keys within the stack. Computed once: CDKTF renders a reference to another stack differently after a synthesis. */
function stackKeys(server: IAuthorizationServer): readonly string[] {
  const registry = Registry.of(server);
  const { path } = server.node;
  return registry.find(STACK_KEYS, path) ?? registry.add(STACK_KEYS, path, computeStackKeys(server));
}

function computeStackKeys(server: IAuthorizationServer): string[] {
  const name = lookupNameOf(server);
  const { authorizationServerId, provider } = server;
  const id = expressionOf(authorizationServerId, server);
  // Every provider without alias is the default provider of the stack.
  const alias = provider?.alias === undefined ? '' : provider.node.path;
  const place = `${TerraformStack.of(server).node.path}\n${alias}`;
  const isUnique = !Token.isUnresolved(authorizationServerId) || /\$\{(data\.)?okta_auth_server\./.test(id);
  return [
    ...(name === undefined ? [] : [`name\n${place}\n${expressionOf(name, server)}`]),
    ...(id === DEFAULT ? [] : [`id\n${isUnique ? '' : place}\n${id}`]),
  ];
}

/** The default server has an id like any other. Its issuer contains the alias `default`. */
function lookupNameOf({
  lookupName,
  authorizationServerId,
  issuer,
}: IAuthorizationServer): string | undefined {
  const isDefault = authorizationServerId === DEFAULT || /\/oauth2\/default\/?$/.test(issuer);
  return lookupName ?? (isDefault ? DEFAULT : undefined);
}

/** The org, if the provider names it. Read without the provider's class, so that its bindings need not be loaded. */
function orgOf(server: IAuthorizationServer): string | undefined {
  const provider = findProvider(server, 'okta', server.provider) ?? {};
  const [org, domain, proxy] = ['orgName', 'baseUrl', 'httpProxy'].map((name) => Reflect.get(provider, name));
  const isKnown = [org, domain].every((each) => typeof each === 'string' && !Token.isUnresolved(each));
  return isKnown ? JSON.stringify([org, domain, proxy]) : undefined;
}

/** The expression of a token with the stacks that it references: equal for two tokens of one value. */
function expressionOf(value: string, scope: IConstruct): string {
  if (!Token.isUnresolved(value)) {
    return value;
  }
  const resolver = new OriginsResolver();
  try {
    const expression: unknown = Tokenization.resolve(value, { scope, resolver, preparing: false });
    return typeof expression === 'string' ? `${expression}\n${[...resolver.origins].join('\n')}` : value;
  } catch {
    // A token that cannot be resolved yet is equal to itself only.
    return value;
  }
}

/** Collects the stacks that references come from. */
class OriginsResolver extends DefaultTokenResolver {
  public readonly origins = new Set<string>();

  public constructor() {
    super(new StringConcat());
  }

  public override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: IPostProcessor,
  ): unknown {
    const origin: unknown = Reflect.get(token, 'originStack');
    if (TerraformStack.isStack(origin)) {
      this.origins.add(origin.node.path);
    }
    return super.resolveToken(token, context, postProcessor);
  }
}
