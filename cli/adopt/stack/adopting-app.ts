import type { Entity } from '../../konnect-client';
import { nameOf, textOf, textsOf } from '../finding';
import { apiName, settingsOf } from '../konnect-pieces';
import type { FoundApi, KonnectPieces, OktaPieces, Pieces } from '../pieces';
import { type Code, valueCode } from './code';
import { fromWritten } from './deviations';
import { type KonnectVariables, konnectSource } from './konnect-source';
import {
  allowedClientIds,
  clientsProp,
  keepClientDetails,
  keepPolicyDetails,
  keepServerDetails,
  policyProps,
  serverSource,
} from './okta-source';
import { hasRbac } from './portal-source';
import { labels, unless, visibilityCode } from './props';
import { constructId, StackSource } from './stack-source';

/** Settings of a strategy that are props of their own, and what Konnect adds. */
const OWN_SETTINGS = [
  'id',
  'issuer',
  'credential_claim',
  'auth_methods',
  'scopes',
  'scopes_required',
  'scopes_claim',
  'audience_required',
  'audience_claim',
];
/** Construct ids that are taken. */
const IDS = ['okta', 'konnect', 'oidc', 'server', 'ImportBlocks', 'MovedBlocks'];

/**
 * The source of an app with one stack that takes everything over and changes nothing of it.
 *
 * @param file with the ids, as the app is to read it
 * @param textFile name of a file beside it
 */
export function adoptingApp(
  { okta, konnect }: Pieces,
  file: string,
  textFile: (what: string) => string,
): StackSource {
  const ids = new Set(IDS);
  const source = new StackSource(textFile, ids);
  for (const line of [
    `const app = new ${source.use('App')}();`,
    `const stack = new ${source.use('TerraformStack')}(app, 'dev-portal');`,
    `${source.use('ProviderVersions')}.require(stack);`,
    `new ${source.use('OktaProvider')}(stack, 'okta', {});`,
    `new ${source.use('KonnectProvider')}(stack, 'konnect', {});`,
    '',
  ]) {
    source.line(line);
  }
  const variables = konnectSource(source, ids, konnect);
  source.line('');
  oidcSource(source, okta, konnect, file, variables);
  source.line('');
  source.line('app.synth();');
  return source;
}

function oidcSource(
  source: StackSource,
  { authorizationServers: [server], applications }: OktaPieces,
  { authStrategies: [strategy], portals: [portal], apis }: KonnectPieces,
  file: string,
  variables: KonnectVariables,
): void {
  const [policy] = server.policies;
  const settings = settingsOf(strategy);
  const scopes = textsOf(settings, 'scopes');
  const details = source.captured(() => {
    keepServerDetails(source, server);
    keepPolicyDetails(source, policy, scopes);
    keepClientDetails(source, applications);
    keepPublicationDetails(source, portal.entity, apis);
    if (portal.entity.default_application_auth_strategy_id === strategy.id) {
      source.line(
        `${variables.portal}.resource.defaultApplicationAuthStrategyId = oidc.strategy.strategyId;`,
      );
    }
  });
  const serverVariable = serverSource(source, server);
  const variable = details.length > 0 ? 'const oidc = ' : '';
  source.call(`${variable}new ${source.use('OktaDevPortalOidc')}(stack, 'oidc', `, {
    adopt: `${source.use('Adoption')}.fromFile(${String(valueCode(file))})`,
    authorizationServer: serverVariable,
    name: valueCode(nameOf(strategy)),
    displayName: unless(strategy.display_name, nameOf(strategy)),
    claimName: valueCode(nameOf(server.claims[0])),
    scopes: valueCode(scopes),
    authMethods: authMethods(source, textsOf(settings, 'auth_methods')),
    labels: labels(strategy),
    ...tokenRequirements(settings),
    additionalProperties: unless(
      source.withoutSecrets(`Auth strategy ${nameOf(strategy)}`, moreSettings(settings)),
    ),
    ...policyProps(policy),
    clients: clientsProp(source, applications),
    allowedClientIds: unless(allowedClientIds(policy.entity, applications)),
    publications: publicationsProp(source, portal.entity, apis, variables),
  });
  for (const line of details) {
    source.line(line);
  }
}

function publicationsProp(
  source: StackSource,
  portal: Entity,
  apis: readonly FoundApi[],
  variables: KonnectVariables,
): Code {
  const ids = new Set(['Resource']);
  const byDefault = textOf(portal, 'default_api_visibility') || 'private';
  const publications = apis.map(({ entity, publications: [publication] }) => {
    const props: Code = {
      api: variables.apis.get(entity.id),
      portal: variables.portal,
      visibility:
        hasRbac(portal) && publication.visibility !== byDefault
          ? visibilityCode(source, textOf(publication, 'visibility'))
          : undefined,
      autoApproveRegistrations: publication.auto_approve_registrations === true ? 'true' : undefined,
    };
    return [constructId(ids, apiName(entity), 'api'), props] as const;
  });
  return Object.fromEntries(publications);
}

/** Without RBAC the construct refuses to publish privately: nobody could see the API. */
function keepPublicationDetails(source: StackSource, portal: Entity, apis: readonly FoundApi[]): void {
  for (const [
    index,
    {
      entity,
      publications: [publication],
    },
  ] of apis.entries()) {
    const deviations = hasRbac(portal) ? [] : fromWritten(['visibility', publication.visibility, 'public']);
    source.keep(`Publication of ${apiName(entity)}`, `oidc.publications[${index}].resource`, deviations);
  }
}

/** What a token must have. The gateway looks at a claim only where something is required of it. */
function tokenRequirements(settings: Entity): { readonly [prop: string]: Code | undefined } {
  const scopesRequired = unless(settings.scopes_required);
  const audienceRequired = unless(settings.audience_required);
  return {
    scopesRequired,
    scopesClaim: scopesRequired && unless(settings.scopes_claim ?? ['scope'], ['scp']),
    audienceRequired,
    audienceClaim: audienceRequired && unless(settings.audience_claim),
  };
}

/** Settings of the plugin that no prop stands for, in their order. */
function moreSettings(settings: Entity): object {
  return Object.fromEntries(Object.entries(settings).filter(([setting]) => !OWN_SETTINGS.includes(setting)));
}

function authMethods(source: StackSource, methods: readonly string[]): Code | undefined {
  return methods.length === 1 && methods[0] === 'client_credentials'
    ? undefined
    : methods.map((method) => `${source.use('AuthMethod')}.${method.toUpperCase()}`);
}
