import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AuthMethod,
  OidcAuthStrategy,
  type OidcAuthStrategyProps,
  OktaDevPortalOidc,
  type OktaDevPortalOidcProps,
} from '../../../lib';
import { requirementRules } from '../../../lib/rules-requirements';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { type Broken, messageOf, rowsOf, warningsOf } from '../../support/validation';

const PROPS = {
  name: 'Okta OIDC',
  issuer: 'https://example.okta.com/oauth2/default',
  credentialClaim: ['clientId'],
  scopes: ['api.access'],
};

test('is created before the old one is destroyed, also when the user has lifecycle wishes', () => {
  const stack = stackWithProviders();
  new OidcAuthStrategy(stack, 'strategy', { ...PROPS, preventDestroy: true });
  expect(synthesize(stack).only('konnect_application_auth_strategy').lifecycle).toEqual({
    create_before_destroy: true,
    prevent_destroy: true,
  });
});

test('several claims are one nested path, in order', () => {
  const stack = stackWithProviders();
  new OidcAuthStrategy(stack, 'strategy', { ...PROPS, credentialClaim: ['app', 'id'] });
  expect(synthesize(stack).only('konnect_application_auth_strategy')).toMatchObject({
    openid_connect: { configs: { openid_connect: { credential_claim: ['app', 'id'] } } },
  });
});

test.each([PROPS, { ...PROPS, labels: {} }])('leaves out what nobody asked for: %j', (props) => {
  const stack = stackWithProviders();
  new OidcAuthStrategy(stack, 'strategy', props);
  expect(synthesize(stack).only('konnect_application_auth_strategy').openid_connect).toEqual({
    name: 'Okta OIDC',
    display_name: 'Okta OIDC',
    strategy_type: 'openid_connect',
    configs: {
      openid_connect: {
        issuer: 'https://example.okta.com/oauth2/default',
        credential_claim: ['clientId'],
        auth_methods: ['client_credentials'],
        scopes: ['api.access'],
      },
    },
  });
});

describe('what a token must have', () => {
  const strategy = (stack: TerraformStack, props: Partial<OidcAuthStrategyProps>) =>
    new OidcAuthStrategy(stack, 'Id', { ...PROPS, ...props });

  /** The settings of the plugin beside those that Konnect has fields for, as text. */
  const settingsOf = (props: (stack: TerraformStack) => Partial<OidcAuthStrategyProps>): string => {
    const stack = stackWithProviders();
    strategy(stack, props(stack));
    const json = synthesize(stack).only('konnect_application_auth_strategy') as unknown as {
      openid_connect: { configs: { openid_connect: { additional_properties: string } } };
    };
    return json.openid_connect.configs.openid_connect.additional_properties;
  };

  test('gets to the plugin beside other settings', () => {
    const settings = settingsOf(() => ({
      scopes: ['read', 'write'],
      scopesRequired: ['read write'],
      scopesClaim: ['app', 'scopes'],
      audienceRequired: ['api://default', 'api://other'],
      audienceClaim: ['app', 'aud'],
      additionalProperties: { ssl_verify: true },
    }));
    expect(JSON.parse(settings)).toEqual({
      scopes_required: ['read write'],
      scopes_claim: ['app', 'scopes'],
      audience_required: ['api://default', 'api://other'],
      audience_claim: ['app', 'aud'],
      ssl_verify: true,
    });
  });

  test('is looked for where Okta puts scopes', () => {
    expect(JSON.parse(settingsOf(() => ({ scopesRequired: ['api.access'] })))).toEqual({
      scopes_required: ['api.access'],
      scopes_claim: ['scp'],
    });
  });

  test('is taken out by settings without any, which come out as what the plugin does anyway', () => {
    const none = '{"audience_claim":["aud"]}';
    expect(settingsOf(() => ({ additionalProperties: {} }))).toBe(none);
    expect(settingsOf(() => ({ additionalProperties: { ssl_verify: undefined } }))).toBe(none);
  });

  test('may be known at apply only', () => {
    const list = (stack: TerraformStack) =>
      new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue;
    expect(settingsOf((stack) => ({ scopesRequired: list(stack), scopesClaim: ['scp'] }))).toBe(
      '{"scopes_required":${jsonencode(var.list)},"scopes_claim":["scp"]}',
    );
    const text = (stack: TerraformStack) =>
      new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
    expect(settingsOf((stack) => ({ audienceRequired: [text(stack)] }))).toBe(
      '{"audience_required":[${jsonencode(var.text)}]}',
    );
    const map = (stack: TerraformStack) =>
      new TerraformVariable(stack, 'map', { type: 'any' }).value as { [setting: string]: unknown };
    expect(
      settingsOf((stack) => ({ scopesRequired: ['api.access'], additionalProperties: map(stack) })),
    ).toBe('${jsonencode(merge({"scopes_required" = ["api.access"], "scopes_claim" = ["scp"]}, var.map))}');
  });

  const broken: Broken = {
    'stack/Id: invalid input\n  - scopesRequired: must hold at least one entry (Kong openid-connect plugin). Received []. Name what a token must have, or leave it out; where it was deployed, with additionalProperties: {} in its place.':
      (s) => strategy(s, { scopesRequired: [] }),
    'stack/Id: invalid input\n  - audienceRequired: must hold at least one entry (Kong openid-connect plugin). Received []. Name what a token must have, or leave it out; where it was deployed, with additionalProperties: {} in its place.':
      (s) => strategy(s, { audienceRequired: [] }),
    'stack/Id: invalid input\n  - scopesRequired[1]: must be one or more scopes with one space between them (Kong openid-connect plugin). Received "a  b". Put scopes that a token must have together into one entry, alternatives into several.\n  - scopesRequired[2]: must be one or more scopes with one space between them (Kong openid-connect plugin). Received "". Put scopes that a token must have together into one entry, alternatives into several.':
      (s) => strategy(s, { scopesRequired: ['api.access', 'a  b', ''] }),
    'stack/Id: invalid input\n  - audienceRequired[0]: must be one audience without white space: the gateway takes a space for the end of one, and tokens of Okta have one (Kong openid-connect plugin, Okta). Received "api://a api://b". Give the audience of the authorization server, alternatives as entries of their own.':
      (s) => strategy(s, { audienceRequired: ['api://a api://b'] }),
    'stack/Id: invalid input\n  - scopesRequired: must have an entry whose scopes are all in scopes: with client_credentials the gateway gets a token with those only, and would refuse it (Kong openid-connect plugin). Received ["api.access b","c"]. Add the missing scopes to scopes, or require fewer.':
      [
        (s) => strategy(s, { scopesRequired: ['api.access b', 'c'] }),
        (s) => new OktaDevPortalOidc(s, 'Id', { scopesRequired: ['api.access b', 'c'] }),
        (s) =>
          strategy(s, {
            authMethods: [AuthMethod.BEARER, AuthMethod.CLIENT_CREDENTIALS],
            scopesClaim: ['scp'],
            scopesRequired: ['api.access b', 'c'],
          }),
      ],
    'stack/Id: invalid input\n  - scopesClaim: must hold at least one name: the path to a nested claim, outermost first (Kong openid-connect plugin). Received []. Give the path to one claim; the names are no alternatives.':
      (s) => strategy(s, { scopesRequired: ['api.access'], scopesClaim: [] }),
    'stack/Id: invalid input\n  - audienceClaim: must hold at least one name: the path to a nested claim, outermost first (Kong openid-connect plugin). Received []. Give the path to one claim; the names are no alternatives.':
      (s) => strategy(s, { audienceRequired: ['api'], audienceClaim: [] }),
    'stack/Id: invalid input\n  - scopesClaim[0]: must not be empty. Received "". Give it a value.\n  - audienceClaim[1]: must not be empty. Received "". Give it a value.':
      (s) =>
        strategy(s, {
          scopesRequired: ['api.access'],
          scopesClaim: [''],
          audienceRequired: ['api'],
          audienceClaim: ['app', ''],
        }),
    'stack/Id: invalid input\n  - scopesClaim: must come with scopesRequired: the gateway looks at the claim only to find those (Kong openid-connect plugin). Received ["scp"]. Say which scopes a token must have, or leave the claim out.\n  - audienceClaim: must come with audienceRequired: the gateway looks at the claim only to find those (Kong openid-connect plugin). Received ["aud"]. Say which audiences a token may be for, or leave the claim out.':
      [
        (s) => strategy(s, { scopesClaim: ['scp'], audienceClaim: ['aud'] }),
        (s) => new OktaDevPortalOidc(s, 'Id', { scopesClaim: ['scp'], audienceClaim: ['aud'] }),
      ],
    'stack/Id: invalid input\n  - additionalProperties.issuer: must not be a setting that has a prop of its own (issuer, credential_claim, auth_methods, scopes, scopes_required, scopes_claim, audience_required, audience_claim). Received "issuer". Use the prop of that name, in camel case.\n  - additionalProperties.credential_claim: must not be a setting that has a prop of its own (issuer, credential_claim, auth_methods, scopes, scopes_required, scopes_claim, audience_required, audience_claim). Received "credential_claim". Use the prop of that name, in camel case.\n  - additionalProperties.auth_methods: must not be a setting that has a prop of its own (issuer, credential_claim, auth_methods, scopes, scopes_required, scopes_claim, audience_required, audience_claim). Received "auth_methods". Use the prop of that name, in camel case.\n  - additionalProperties.scopes: must not be a setting that has a prop of its own (issuer, credential_claim, auth_methods, scopes, scopes_required, scopes_claim, audience_required, audience_claim). Received "scopes". Use the prop of that name, in camel case.\n  - additionalProperties.scopes_required: must not be a setting that has a prop of its own (issuer, credential_claim, auth_methods, scopes, scopes_required, scopes_claim, audience_required, audience_claim). Received "scopes_required". Use the prop of that name, in camel case.\n  - additionalProperties.scopes_claim: must not be a setting that has a prop of its own (issuer, credential_claim, auth_methods, scopes, scopes_required, scopes_claim, audience_required, audience_claim). Received "scopes_claim". Use the prop of that name, in camel case.\n  - additionalProperties.audience_required: must not be a setting that has a prop of its own (issuer, credential_claim, auth_methods, scopes, scopes_required, scopes_claim, audience_required, audience_claim). Received "audience_required". Use the prop of that name, in camel case.\n  - additionalProperties.audience_claim: must not be a setting that has a prop of its own (issuer, credential_claim, auth_methods, scopes, scopes_required, scopes_claim, audience_required, audience_claim). Received "audience_claim". Use the prop of that name, in camel case.':
      (s) =>
        strategy(s, {
          additionalProperties: {
            issuer: 'https://other',
            credential_claim: ['sub'],
            auth_methods: ['bearer'],
            scopes: ['b'],
            scopes_required: ['b'],
            scopes_claim: ['scp'],
            audience_required: ['c'],
            audience_claim: ['aud'],
            ssl_verify: true,
          },
        }),
  };

  test.each(rowsOf(broken))('%s', (message, act) => {
    const stack = stackWithProviders();
    expect(messageOf(() => act(stack)).replace(/^[^/]+/, 'stack')).toBe(message);
  });

  test('has a message here for every rule', () => {
    const lines = Object.keys(broken).flatMap((message) => message.split('\n'));
    const without = Object.entries(requirementRules).filter(
      ([, { rule, remedy }]) =>
        !lines.some((line) => line.includes(`: ${rule}. Received `) && line.endsWith(`. ${remedy}.`)),
    );
    expect(without).toEqual([]);
  });

  test.each<[string, Partial<OidcAuthStrategyProps>]>([
    [
      'a scope that nobody asks for, of a bearer token',
      { authMethods: [AuthMethod.BEARER], scopesRequired: ['b'] },
    ],
    ['an alternative that the gateway asks for', { scopesRequired: ['b', 'api.access'] }],
    ['a value of another claim', { scopesRequired: ['gold'], scopesClaim: ['tier'] }],
  ])('may be %s', (_what, props) => {
    const stack = stackWithProviders();
    expect(() => strategy(stack, props)).not.toThrow();
  });

  test('is not judged where only Terraform knows it', () => {
    const stack = stackWithProviders();
    const list = new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue;
    const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
    const all: Partial<OidcAuthStrategyProps>[] = [
      { scopesRequired: list, scopesClaim: list, audienceRequired: list, audienceClaim: list },
      { scopesRequired: [text], audienceRequired: [text], audienceClaim: [text] },
      { scopesRequired: ['b'], scopes: list },
      { scopesRequired: ['b'], scopes: [text] },
      { scopesRequired: ['b'], scopesClaim: [text] },
    ];
    const create = () =>
      all.map((props, index) => new OidcAuthStrategy(stack, `Id${index}`, { ...PROPS, ...props }));
    expect(create).not.toThrow();
  });

  test('may be looked for in a claim for settings that only Terraform knows', () => {
    const stack = stackWithProviders();
    const map = new TerraformVariable(stack, 'map', { type: 'any' }).value as { [setting: string]: unknown };
    expect(() => strategy(stack, { scopesClaim: ['roles'], additionalProperties: map })).not.toThrow();
  });

  describe('of which no token that the access policy allows has enough', () => {
    const warning =
      'scopesRequired has no entry whose scopes are all in scopes, and the access policy allows clients those only: unless another policy of the authorization server allows more, the gateway refuses every token. Add the missing scopes to scopes, or require fewer.';
    const bearer = { authMethods: [AuthMethod.BEARER], scopes: ['read'] };

    test.each<[string, OktaDevPortalOidcProps]>([
      ['a scope that is none of the strategy', { ...bearer, scopesRequired: ['write'] }],
      ['one beside another', { ...bearer, scopesRequired: ['read write', 'admin'] }],
      ['one that only people have', { ...bearer, scopesRequired: ['openid'] }],
    ])('is warned about: %s', (_what, props) => {
      const stack = stackWithProviders();
      new OktaDevPortalOidc(stack, 'Id', props);
      expect(warningsOf(stack)).toEqual([warning]);
    });

    test.each<[string, OktaDevPortalOidcProps]>([
      ['nothing is required', bearer],
      ['an alternative is', { ...bearer, scopesRequired: ['write', 'read'] }],
      ['another claim is looked at', { ...bearer, scopesRequired: ['gold'], scopesClaim: ['tier'] }],
    ])('is not warned about where %s', (_what, props) => {
      const stack = stackWithProviders();
      new OktaDevPortalOidc(stack, 'Id', props).allowClient('0oa1');
      expect(warningsOf(stack)).toEqual([]);
    });

    test('is not warned about where the policy has another rule, which may allow more', () => {
      const stack = stackWithProviders();
      const oidc = new OktaDevPortalOidc(stack, 'Id', { ...bearer, scopesRequired: ['write'] });
      oidc.allowClient('0oa1');
      oidc.accessPolicy?.addRule({ name: 'Writers', scopes: ['write'] });
      expect(warningsOf(stack)).toEqual([]);
    });
  });
});
