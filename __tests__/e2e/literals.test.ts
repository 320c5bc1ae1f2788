import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { Fn, TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import fc from 'fast-check';
import {
  AuthorizationServer,
  DevPortal,
  OidcAuthStrategy,
  OidcClient,
  OidcClientType,
  PortalApi,
} from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { literal } from '../../lib/private/literal';
import { describeWithTerraform } from '../support/sandbox';

/** Everything that means something to Terraform, and everything that texts are made of. */
const NASTY = '${timestamp()} %{if true}a%{endif} $${x} %%{x} ${ "q" \\ \\n \n\r\t <>& é 🎉 {} $ % $$';
/** Konnect takes no comma and no angle bracket in an attribute. */
const ATTRIBUTE = NASTY.replace(/[,<>]/g, '');
const LONG = `${NASTY} `.repeat(200).slice(0, 10_000);

/** What users pass reaches both tenants letter by letter, and expressions only where they pass a token. */
describeWithTerraform('texts', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    const { stack } = texts();
    await sandbox.deploy(stack);
  }, 60_000);

  afterAll(() => sandbox.stop());

  function texts(): { readonly stack: TerraformStack } {
    const stack = new TerraformStack(Testing.app(), 'texts');
    new OktaProvider(stack, 'okta', {});
    new KonnectProvider(stack, 'konnect', {});
    const name = new TerraformVariable(stack, 'name', { default: 'a "quoted"\n${name}' }).stringValue;
    const number = new TerraformVariable(stack, 'number', { default: 5 }).numberValue;
    const list = new TerraformVariable(stack, 'list', { type: 'list(string)', default: ['"'] }).listValue;

    const portal = new DevPortal(stack, 'portal', { name: 'Portal', homePage: LONG });
    portal.addPage('mixed', {
      slug: 'mixed',
      title: Fn.upper('expression'),
      content: `$${name} \${${name} %{${name}}} $${number} ${number}%{`,
    });
    new PortalApi(stack, 'api', {
      name: 'API',
      description: NASTY,
      attributes: { texts: [ATTRIBUTE, name] },
    });
    new OidcClient(stack, 'client', { label: NASTY, type: OidcClientType.SERVICE });
    new OidcAuthStrategy(stack, 'strategy', {
      name: 'strategy',
      issuer: AuthorizationServer.fromDefault(stack, 'server').issuer,
      credentialClaim: ['clientId'],
      scopes: ['${scope}'],
      additionalProperties: {
        text: NASTY,
        token: name,
        mixed: `${NASTY}${name}${NASTY}`,
        port: number,
        ports: `1${number}`,
        list,
        length: Token.asNumber(Fn.lengthOf(list)),
        nothing: null,
      },
    });
    return { stack };
  }

  const bodies = (path: string) =>
    sandbox.requests
      .writes()
      .filter((request) => request.path.split('?')[0].endsWith(path))
      .map((request) => request.body as { readonly [field: string]: unknown });

  const value = 'a "quoted"\n${name}';

  test('arrive letter by letter, 10,000 characters of a page too', () => {
    const [home, mixed] = bodies('/pages').sort((a, b) => Number(b.slug === '/') - Number(a.slug === '/'));
    expect(home.content).toBe(LONG);
    expect(LONG).toHaveLength(10_000);
    expect(mixed).toMatchObject({
      title: 'EXPRESSION',
      content: `$${value} \${${value} %{${value}}} $5 5%{`,
    });
    expect(bodies('/v3/apis')).toEqual([
      expect.objectContaining({ description: NASTY, attributes: { texts: [ATTRIBUTE, value] } }),
    ]);
    expect(bodies('/api/v1/apps')).toEqual([expect.objectContaining({ label: NASTY })]);
  });

  test('arrive inside of JSON', () => {
    const [strategy] = bodies('/application-auth-strategies');
    expect(strategy.configs).toEqual({
      'openid-connect': expect.objectContaining({
        scopes: ['${scope}'],
        text: NASTY,
        token: value,
        mixed: `${NASTY}${value}${NASTY}`,
        port: 5,
        ports: '15',
        list: ['"'],
        length: 1,
        nothing: null,
      }),
    });
  });

  test('mean themselves, whatever they are made of', async () => {
    const text = fc.string({
      unit: fc.constantFrom('$', '%', '{', '}', '"', '\\', '\r', '~', ' ', 'a', '\n', '🎉'),
    });
    const stack = new TerraformStack(Testing.app(), 'any');
    const token = new TerraformVariable(stack, 'token', { default: 'T' }).stringValue;
    const expected: { [output: string]: string } = {};
    for (const [index, [left, right]] of fc
      .sample(fc.tuple(text, text), { numRuns: 1000, seed: 1 })
      .entries()) {
      expected[`alone_${index}`] = left;
      new TerraformOutput(stack, `alone_${index}`, { value: literal(left) });
      expected[`beside_${index}`] = `${left}T${right}`;
      new TerraformOutput(stack, `beside_${index}`, { value: literal(`${left}${token}${right}`) });
    }
    expect((await sandbox.deploy(stack)).outputs).toEqual(expected);
  }, 30_000);

  test('plan nothing afterwards', async () => {
    expect((await sandbox.plan(texts().stack)).changes).toEqual([]);
  }, 30_000);
});
