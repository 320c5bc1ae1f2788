import { type Entity, nameOf, textsOf } from '../../entity';
import type { FoundServer } from '../how-to/how-to';
import type { AppSource } from './app-source';
import { type Code, valueCode } from './code';
import { differencesFromDefaults } from './deviations';
import { codeUnlessDefault } from './props';

/**
 * Adds the authorization server, with scopes and claim if they differ from the defaults.
 *
 * @returns its variable; `undefined` for a default server without differences
 */
export function addServer(
  source: AppSource,
  { entity, issuer, scopes, claims: [claim] }: FoundServer,
): string | undefined {
  const hasOtherIssuer = issuer !== entity.issuer;
  const isDefault = nameOf(entity) === 'default' && !hasOtherIssuer;
  const options = new Map(scopes.map((scope) => [nameOf(scope), scopeOptions(scope)]));
  const bound = claimScopes(claim).filter((scope) => options.has(scope));
  const isPlain = [...options.values()].every((each) => Object.keys(each).length === 0);
  if (isDefault && isPlain && bound.length === 0) {
    return undefined;
  }
  const server = `const server = ${source.use('AuthorizationServer')}`;
  if (hasOtherIssuer) {
    source.call(`${server}.fromAttributes(stack, 'server', `, {
      authorizationServerId: valueCode(entity.id),
      issuer: valueCode(issuer),
    });
  } else {
    source.line(
      isDefault
        ? `${server}.fromDefault(stack, 'server');`
        : `${server}.fromLookup(stack, 'server', { name: ${String(valueCode(nameOf(entity)))} });`,
    );
  }
  const variables = new Map<string, string>();
  for (const [scope, details] of options) {
    const isBound = bound.includes(scope);
    if (isBound) {
      variables.set(scope, source.variable(scope, 'scope'));
    }
    if (isBound || Object.keys(details).length > 0) {
      const start = isBound ? `const ${variables.get(scope)} = ` : '';
      const props = Object.keys(details).length > 0 ? details : undefined;
      const call = `${start}server.addScope(${String(valueCode(scope))}`;
      if (props) {
        source.call(`${call}, `, props);
      } else {
        source.line(`${call});`);
      }
    }
  }
  if (bound.length > 0) {
    source.call(`server.addClientIdClaim(${String(valueCode(nameOf(claim)))}, `, {
      scopes: bound.map((scope) => variables.get(scope) ?? ''),
    });
  }
  return 'server';
}

/** Keeps settings of claim and scopes without a prop. */
export function keepServerDetails(source: AppSource, { scopes, claims: [claim] }: FoundServer): void {
  const adopted = scopes.map(nameOf);
  const bound = claimScopes(claim);
  source.keep(`Claim ${nameOf(claim)}`, 'oidc.claim.resource', [
    ...differencesFromDefaults(
      ['status', claim.status, 'ACTIVE'],
      ['always_include_in_token', claim.alwaysIncludeInToken, true],
    ),
    ...(bound.every((scope) => adopted.includes(scope)) ? [] : [{ attribute: 'scopes', value: bound }]),
  ]);
  for (const [index, scope] of scopes.entries()) {
    source.keep(
      `Scope ${nameOf(scope)}`,
      `oidc.scopes[${index}].resource`,
      differencesFromDefaults(['consent', scope.consent, 'IMPLICIT'], ['optional', scope.optional, false]),
    );
  }
}

function scopeOptions(scope: Entity): { readonly [prop: string]: Code } {
  const options: { [prop: string]: Code | undefined } = {
    displayName: codeUnlessDefault(scope.displayName),
    description: codeUnlessDefault(scope.description),
    publishInMetadata: scope.metadataPublish === 'NO_CLIENTS' ? 'false' : undefined,
    defaultScope: scope.default === true ? 'true' : undefined,
  };
  return Object.fromEntries(
    Object.entries(options).flatMap(([prop, code]) => (code === undefined ? [] : [[prop, code]])),
  );
}

function claimScopes(claim: Entity): string[] {
  return textsOf(claim, 'conditions', 'scopes');
}
