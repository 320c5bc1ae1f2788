import { SETTINGS_WITH_PROP } from '../../../lib/konnect/settings-with-prop';
import { type Entity, nameOf, textOf, textsOf } from '../../entity';
import { apiName } from '../how-to/apis';
import type { FoundApi, HowTo, KonnectHowTo, OktaHowTo } from '../how-to/how-to';
import { settingsOf } from '../how-to/strategy';
import { AppSource, constructId } from './app-source';
import { clientsProp, keepClientDetails } from './client-source';
import { type Code, valueCode } from './code';
import { addKonnect, type KonnectVariables } from './konnect-source';
import { accessPolicyProp, allowedClientIds, keepPolicyDetails } from './policy-source';
import { apiVisibilityOf } from './portal-source';
import { codeUnlessDefault, labels, visibilityCode } from './props';
import { addServer, keepServerDetails } from './server-source';

/** Construct ids that every app uses or that the library adds to a stack. */
export const RESERVED_IDS = ['okta', 'konnect', 'oidc', 'server', 'ImportBlocks', 'MovedBlocks'];

/**
 * Generates an app with one stack that adopts a how-to and changes nothing.
 *
 * @param file path of the adoption file
 * @param textFile path of a file for a text
 */
export function generateApp(
  { okta, konnect }: HowTo,
  file: string,
  textFile: (what: string) => string,
): AppSource {
  const ids = new Set(RESERVED_IDS);
  const source = new AppSource(textFile, ids);
  addStack(source, { okta: 'OktaProvider', konnect: 'KonnectProvider' });
  const variables = addKonnect(source, ids, konnect);
  source.line('');
  addOidc(source, okta, konnect, file, variables);
  source.line('');
  source.line('app.synth();');
  return source;
}

/**
 * Adds the app and its stack.
 *
 * @param providers classes of its providers, by construct id
 */
export function addStack(source: AppSource, providers: { readonly [id: string]: string }): void {
  for (const line of [
    `const app = new ${source.use('App')}();`,
    `const stack = new ${source.use('TerraformStack')}(app, 'dev-portal');`,
    `${source.use('ProviderVersions')}.require(stack);`,
    ...Object.entries(providers).map(([id, type]) => `new ${source.use(type)}(stack, '${id}', {});`),
    '',
  ]) {
    source.line(line);
  }
}

function addOidc(
  source: AppSource,
  { authorizationServers: [server], applications }: OktaHowTo,
  { authStrategies: [strategy], portals: [portal], apis }: KonnectHowTo,
  file: string,
  variables: KonnectVariables,
): void {
  const [policy] = server.policies;
  const settings = settingsOf(strategy);
  const scopes = textsOf(settings, 'scopes');
  const details = source.collect(() => {
    keepServerDetails(source, server);
    keepPolicyDetails(source, policy, scopes);
    keepClientDetails(source, applications);
    if (portal.entity.default_application_auth_strategy_id === strategy.id) {
      source.line(`${variables.portal}.useDefaultStrategy(oidc.strategy);`);
    }
  });
  const serverVariable = addServer(source, server);
  const variable = details.length > 0 ? 'const oidc = ' : '';
  source.call(`${variable}new ${source.use('OktaDevPortalOidc')}(stack, 'oidc', `, {
    adopt: adoptProp(source, String(valueCode(file))),
    authorizationServer: serverVariable,
    name: valueCode(nameOf(strategy)),
    displayName: codeUnlessDefault(strategy.display_name, nameOf(strategy)),
    claimName: valueCode(nameOf(server.claims[0])),
    scopes: valueCode(scopes),
    authMethods: authMethods(source, textsOf(settings, 'auth_methods')),
    labels: labels(strategy),
    ...tokenRequirements(settings),
    additionalProperties: codeUnlessDefault(
      source.withoutSecrets(`Auth strategy ${nameOf(strategy)}`, moreSettings(settings)),
    ),
    accessPolicy: accessPolicyProp(policy),
    clients: clientsProp(source, applications),
    allowedClientIds: codeUnlessDefault(allowedClientIds(policy.entity, applications)),
    publications: publicationsProp(source, portal.entity, apis, variables),
  });
  for (const line of details) {
    source.line(line);
  }
}

/** The app can be synthesized without the file: the command writes it for the synthesized stack. */
function adoptProp(source: AppSource, file: string): Code {
  return `${source.use('existsSync')}(${file}) ? ${source.use('Adoption')}.fromFile(${file}) : undefined`;
}

function publicationsProp(
  source: AppSource,
  portal: Entity,
  apis: readonly FoundApi[],
  variables: KonnectVariables,
): Code {
  const ids = new Set(['Resource']);
  const publications = apis.map(({ entity, publications: [publication] }) => {
    const props = {
      api: variables.apis.get(entity.id),
      portal: variables.portal,
      ...publicationProps(source, publication, apiVisibilityOf(portal)),
    };
    return [constructId(ids, apiName(entity), 'api'), props] as const;
  });
  return Object.fromEntries(publications);
}

/**
 * Props of a publication, except what it is of.
 *
 * @param byDefault visibility that the construct sets without the prop
 */
export function publicationProps(
  source: AppSource,
  publication: Entity,
  byDefault: string,
): { readonly [prop: string]: Code | undefined } {
  const visibility = textOf(publication, 'visibility');
  return {
    visibility: visibility === byDefault ? undefined : visibilityCode(source, visibility),
    autoApproveRegistrations: publication.auto_approve_registrations === true ? 'true' : undefined,
  };
}

/** Requirements on tokens. The gateway reads a claim only if a value is required. */
function tokenRequirements(settings: Entity): { readonly [prop: string]: Code | undefined } {
  const scopesRequired = codeUnlessDefault(settings.scopes_required);
  const audienceRequired = codeUnlessDefault(settings.audience_required);
  return {
    scopesRequired,
    scopesClaim: scopesRequired && codeUnlessDefault(settings.scopes_claim ?? ['scope'], ['scp']),
    audienceRequired,
    audienceClaim: audienceRequired && codeUnlessDefault(settings.audience_claim),
  };
}

/** Settings of the plugin without a prop, in order. Konnect adds the id. */
function moreSettings({ id, ...settings }: Entity): object {
  return Object.fromEntries(
    Object.entries(settings).filter(([setting]) => !SETTINGS_WITH_PROP.includes(setting)),
  );
}

function authMethods(source: AppSource, methods: readonly string[]): Code | undefined {
  return methods.length === 1 && methods[0] === 'client_credentials'
    ? undefined
    : methods.map((method) => `${source.use('AuthMethod')}.${method.toUpperCase()}`);
}
