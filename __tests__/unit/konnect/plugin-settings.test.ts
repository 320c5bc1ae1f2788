import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AuthMethod,
  OidcAuthStrategy,
  type OidcAuthStrategyProps,
  OktaDevPortalOidc,
  type OktaDevPortalOidcProps,
} from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { type ExpectedFailure, expectFailures, warningsOf } from '../../support/validation';

const PROPS = {
  name: 'Okta OIDC',
  issuer: 'https://example.okta.com/oauth2/default',
  credentialClaim: ['clientId'],
  scopes: ['api.access'],
};

describe('requirements of a token', () => {
  const strategy = (stack: TerraformStack, props: Partial<OidcAuthStrategyProps>) =>
    new OidcAuthStrategy(stack, 'Id', { ...PROPS, ...props });

  /** The settings of the plugin that Konnect has no fields for, as text. */
  const settingsOf = (props: (stack: TerraformStack) => Partial<OidcAuthStrategyProps>): string => {
    const stack = stackWithProviders();
    strategy(stack, props(stack));
    const json = synthesize(stack).only('konnect_application_auth_strategy') as unknown as {
      openid_connect: { configs: { openid_connect: { additional_properties: string } } };
    };
    return json.openid_connect.configs.openid_connect.additional_properties;
  };

  test('are written with the other settings', () => {
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

  test('read the scopes claim of Okta by default', () => {
    expect(JSON.parse(settingsOf(() => ({ scopesRequired: ['api.access'] })))).toEqual({
      scopes_required: ['api.access'],
      scopes_claim: ['scp'],
    });
  });

  test('are removed by empty settings, written as the default of the plugin', () => {
    const none = '{"audience_claim":["aud"]}';
    expect(settingsOf(() => ({ additionalProperties: {} }))).toBe(none);
    expect(settingsOf(() => ({ additionalProperties: { ssl_verify: undefined } }))).toBe(none);
  });

  test('can be known at apply only', () => {
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

  const CLAIM = /must have at least 1 item \(Kong openid-connect plugin\)/;
  const OWN = /must not contain a setting that has a prop \(issuer, credential_claim, auth_methods/;
  const MISSING = /must have an item whose scopes are all in scopes/;

  test.each<[string, Partial<OidcAuthStrategyProps>, ...ExpectedFailure[]]>([
    ['no item of scopesRequired', { scopesRequired: [] }, ['scopesRequired', CLAIM]],
    ['no item of audienceRequired', { audienceRequired: [] }, ['audienceRequired', CLAIM]],
    [
      'scopes with other separators',
      { scopesRequired: ['api.access', 'a  b', ''] },
      ['scopesRequired[1]', /must be scopes separated by one space/],
      ['scopesRequired[2]', /must be scopes separated by one space/],
    ],
    [
      'an audience with a space',
      { audienceRequired: ['api://a api://b'] },
      ['audienceRequired[0]', /must be one audience without white space/],
    ],
    ['a missing scope', { scopesRequired: ['api.access b', 'c'] }, ['scopesRequired', MISSING]],
    [
      'a missing scope with bearer tokens too',
      {
        authMethods: [AuthMethod.BEARER, AuthMethod.CLIENT_CREDENTIALS],
        scopesClaim: ['scp'],
        scopesRequired: ['api.access b', 'c'],
      },
      ['scopesRequired', MISSING],
    ],
    ['no name in scopesClaim', { scopesRequired: ['api.access'], scopesClaim: [] }, ['scopesClaim', CLAIM]],
    ['no name in audienceClaim', { audienceRequired: ['api'], audienceClaim: [] }, ['audienceClaim', CLAIM]],
    [
      'empty names in claims',
      {
        scopesRequired: ['api.access'],
        scopesClaim: [''],
        audienceRequired: ['api'],
        audienceClaim: ['app', ''],
      },
      ['scopesClaim[0]', /must not be empty/],
      ['audienceClaim[1]', /must not be empty/],
    ],
    [
      'claims without requirement',
      { scopesClaim: ['scp'], audienceClaim: ['aud'] },
      ['scopesClaim', /needs scopesRequired/],
      ['audienceClaim', /needs audienceRequired/],
    ],
    ...[
      'issuer',
      'credential_claim',
      'auth_methods',
      'scopes',
      'scopes_required',
      'scopes_claim',
      'audience_required',
      'audience_claim',
    ].map((setting): [string, Partial<OidcAuthStrategyProps>, ExpectedFailure] => [
      `the setting ${setting}`,
      { additionalProperties: { ssl_verify: true, [setting]: ['x'] } },
      ['additionalProperties', OWN],
    ]),
  ])('are rejected with %s', (_case, props, ...expected) => {
    expectFailures(() => strategy(stackWithProviders(), props), ...expected);
  });

  test('are checked in OktaDevPortalOidc too', () => {
    const create = (props: OktaDevPortalOidcProps) =>
      new OktaDevPortalOidc(stackWithProviders(), 'oidc', props);
    expectFailures(() => create({ scopesRequired: ['api.access b'] }), ['scopesRequired', MISSING]);
    expectFailures(() => create({ scopesClaim: ['scp'] }), ['scopesClaim', /needs scopesRequired/]);
  });

  test.each<[string, Partial<OidcAuthStrategyProps>]>([
    ['a scope that only bearer tokens have', { authMethods: [AuthMethod.BEARER], scopesRequired: ['b'] }],
    ['an alternative that the gateway requests', { scopesRequired: ['b', 'api.access'] }],
    ['a value of another claim', { scopesRequired: ['gold'], scopesClaim: ['tier'] }],
  ])('can be %s', (_case, props) => {
    const stack = stackWithProviders();
    expect(() => strategy(stack, props)).not.toThrow();
  });

  test('are not checked if they are known at apply only', () => {
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

  test('can name a claim with settings that are known at apply only', () => {
    const stack = stackWithProviders();
    const map = new TerraformVariable(stack, 'map', { type: 'any' }).value as { [setting: string]: unknown };
    expect(() => strategy(stack, { scopesClaim: ['roles'], additionalProperties: map })).not.toThrow();
  });

  describe('that no token of the access policy meets', () => {
    const WARNING =
      /^The gateway rejects every token: no item of scopesRequired has all of its scopes in scopes/;
    const bearer = { authMethods: [AuthMethod.BEARER], scopes: ['read'] };

    test.each<[string, OktaDevPortalOidcProps]>([
      ['a scope that the strategy does not have', { ...bearer, scopesRequired: ['write'] }],
      ['several scopes', { ...bearer, scopesRequired: ['read write', 'admin'] }],
      ['a scope of users', { ...bearer, scopesRequired: ['openid'] }],
    ])('are warned about: %s', (_case, props) => {
      const stack = stackWithProviders();
      new OktaDevPortalOidc(stack, 'Id', props);
      expect(warningsOf(stack)).toEqual([expect.stringMatching(WARNING)]);
    });

    test.each<[string, OktaDevPortalOidcProps]>([
      ['nothing is required', bearer],
      ['an alternative has them', { ...bearer, scopesRequired: ['write', 'read'] }],
      ['another claim is read', { ...bearer, scopesRequired: ['gold'], scopesClaim: ['tier'] }],
    ])('are not warned about if %s', (_case, props) => {
      const stack = stackWithProviders();
      new OktaDevPortalOidc(stack, 'Id', props).allowClient('0oa1');
      expect(warningsOf(stack)).toEqual([]);
    });

    test('are not warned about if the policy has another rule, which may allow more', () => {
      const stack = stackWithProviders();
      const oidc = new OktaDevPortalOidc(stack, 'Id', { ...bearer, scopesRequired: ['write'] });
      oidc.allowClient('0oa1');
      oidc.accessPolicy?.addRule({ name: 'Writers', scopes: ['write'] });
      expect(warningsOf(stack)).toEqual([]);
    });
  });
});
