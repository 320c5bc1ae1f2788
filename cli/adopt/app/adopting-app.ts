import type { Entity } from '../../konnect-client';
import { nameOf, textOf, textsOf } from '../entity';
import type { FoundApi, HowTo, KonnectHowTo, OktaHowTo } from '../how-to/how-to';
import { apiName } from '../how-to/konnect-how-to';
import { settingsOf } from '../how-to/strategy';
import { type Code, valueCode } from './code';
import { type KonnectVariables, konnectSource } from './konnect-source';
import {
  accessPolicyProp,
  allowedClientIds,
  clientsProp,
  keepClientDetails,
  keepPolicyDetails,
  keepServerDetails,
  serverSource,
} from './okta-source';
import { apiVisibilityOf } from './portal-source';
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
  { okta, konnect }: HowTo,
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
  { authorizationServers: [server], applications }: OktaHowTo,
  { authStrategies: [strategy], portals: [portal], apis }: KonnectHowTo,
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
    if (portal.entity.default_application_auth_strategy_id === strategy.id) {
      source.line(
        `${variables.portal}.resource.defaultApplicationAuthStrategyId = oidc.strategy.strategyId;`,
      );
    }
  });
  const serverVariable = serverSource(source, server);
  const variable = details.length > 0 ? 'const oidc = ' : '';
  source.call(`${variable}new ${source.use('OktaDevPortalOidc')}(stack, 'oidc', `, {
    adopt: adoption(source, String(valueCode(file))),
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
    accessPolicy: accessPolicyProp(policy),
    clients: clientsProp(source, applications),
    allowedClientIds: unless(allowedClientIds(policy.entity, applications)),
    publications: publicationsProp(source, portal.entity, apis, variables),
  });
  for (const line of details) {
    source.line(line);
  }
}

/** Synthesizes without the file, too: the command matches the synthesized stack, and then writes it. */
function adoption(source: StackSource, file: string): Code {
  return `${source.use('existsSync')}(${file}) ? ${source.use('Adoption')}.fromFile(${file}) : undefined`;
}

function publicationsProp(
  source: StackSource,
  portal: Entity,
  apis: readonly FoundApi[],
  variables: KonnectVariables,
): Code {
  const ids = new Set(['Resource']);
  const byDefault = apiVisibilityOf(portal);
  const publications = apis.map(({ entity, publications: [publication] }) => {
    const props: Code = {
      api: variables.apis.get(entity.id),
      portal: variables.portal,
      visibility:
        publication.visibility === byDefault
          ? undefined
          : visibilityCode(source, textOf(publication, 'visibility')),
      autoApproveRegistrations: publication.auto_approve_registrations === true ? 'true' : undefined,
    };
    return [constructId(ids, apiName(entity), 'api'), props] as const;
  });
  return Object.fromEntries(publications);
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
