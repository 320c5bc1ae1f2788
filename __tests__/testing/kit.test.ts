import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { DevPortal, ProviderVersions } from '../../lib';
import {
  AccessProof,
  type ProofLink,
  StackTester,
  schemaViolations,
  synthesizedStacks,
  TestKitError,
} from '../../testing';
import '../../testing/jest';
import { describeWithTerraform, howToStack } from '../../test-support/sandbox';
import { matchers } from '../../testing/jest';
import { schemaVersions } from '../../testing/schema/versions';

const link = (changes: Partial<ProofLink> = {}): ProofLink => ({
  name: 'with-credentials',
  title: 'Request with the credentials',
  status: 'ok',
  detail: '200',
  milliseconds: 1,
  ...changes,
});

describe('synthesized stacks', () => {
  test('come in the order of their dependencies, with what one reads of the other', () => {
    const app = Testing.app();
    const reading = new TerraformStack(app, 'a-reading');
    const read = new TerraformStack(app, 'z-read');
    for (const stack of [reading, read]) {
      new KonnectProvider(stack, 'konnect', {});
    }
    const { portalId } = new DevPortal(read, 'portal', { name: 'Portal' });
    DevPortal.fromPortalId(reading, 'portal', portalId).addPage('page', { slug: 'a', content: 'b' });
    expect(synthesizedStacks(app).map(({ name }) => name)).toEqual(['z-read', 'a-reading']);
    expect(app).toBeValidTerraform();
  });

  test('of one stack are validated too', () => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    stack.node.addValidation({ validate: () => ['not like this'] });
    expect(() => synthesizedStacks(stack)).toThrow('not like this');
  });
});

describe('the schemas that a stack is held against', () => {
  const versions = (okta: unknown, konnect: unknown) =>
    schemaVersions(
      { terraform: { required_providers: { okta: { version: okta }, konnect: { version: konnect } } } },
      {},
    );

  test.each([
    ['4.20.0', '3.19.0', '4.20.0', '3.19.0'],
    ['~> 4.20', '~> 3.19', '4.20.0', '3.19.0'],
    ['>= 4.20.0, < 7.0.0', '>= 3.20.0, < 4.0.0', '4.20.0', '3.20'],
    ['~> 6.12', '~> 3.21', '6.12.0', '3.21'],
    ['7.0.0', '3.24.1', '6.12.0', '3.21'],
    ['~> 5.0', '< 4.0', '4.20.0', '3.19.0'],
    [undefined, undefined, '4.20.0', '3.19.0'],
  ])('okta %s and konnect %s: %s and %s', (okta, konnect, expectedOkta, expectedKonnect) => {
    expect(versions(okta, konnect)).toEqual({ okta: expectedOkta, konnect: expectedKonnect });
  });

  test('are those that somebody asks for', () => {
    expect(schemaVersions({}, { okta: '6.12.0', konnect: '3.20' })).toEqual({
      okta: '6.12.0',
      konnect: '3.20',
    });
  });
});

describe('matchers', () => {
  test('say what is wrong, and with not what is well', () => {
    const broken = { resource: { konnect_portal: { P: { nmae: 1, name: 'p' } } } };
    expect(() => expect(broken).toBeValidTerraform()).toThrow(
      'expected to be valid by the pinned provider schemas:\nkonnect_portal.P: unknown attribute "nmae"',
    );
    expect(() => expect('{}').not.toBeValidTerraform()).toThrow('expected not to be valid');
    const secret = { provider: { okta: [{ api_token: '00abc' }] } };
    expect(() => expect(secret).toKeepSecretsOut()).toThrow('provider.okta: api_token is written');
    expect(secret).not.toKeepSecretsOut();
  });

  test('show the chain when an API is not open for its client only', () => {
    const proof = new AccessProof([
      link(),
      link({
        title: 'Request without credentials',
        status: 'failed',
        detail: '200 instead of 401',
        remedy: 'Link it.',
      }),
      link({ title: 'Request with a wrong secret', status: 'skipped', detail: 'not checked' }),
    ]);
    expect(() => expect(proof).toOpenForItsClientOnly()).toThrow(
      'expected to open the API for its client only:\n✓ Request with the credentials: 200\n✗ Request without credentials: 200 instead of 401\n    → Link it.\n- Request with a wrong secret: not checked',
    );
    expect(proof.broken).toHaveLength(2);
    expect(new AccessProof([link()])).toOpenForItsClientOnly();
    expect(new AccessProof([])).not.toOpenForItsClientOnly();
  });

  test('refuse what is no proof', () => {
    expect(() => matchers.toOpenForItsClientOnly({} as never)).toThrow(TestKitError);
  });
});

describe('a sandbox that is not installed', () => {
  test('is what the error asks for', () => {
    jest.isolateModules(() => {
      const missing = Object.assign(new Error("Cannot find module 'okta-dev-portal-oidc-sandbox'"), {
        code: 'MODULE_NOT_FOUND',
      });
      jest.doMock('okta-dev-portal-oidc-sandbox', () => {
        throw missing;
      });
      const { sandboxPackage } = require('../../testing/sandbox-package');
      expect(() => sandboxPackage()).toThrow(
        'The tests need okta-dev-portal-oidc-sandbox: npm install --save-dev okta-dev-portal-oidc-sandbox',
      );
      jest.dontMock('okta-dev-portal-oidc-sandbox');
    });
  });
});

describeWithTerraform('a tester', () => {
  let tester: StackTester;

  afterEach(() => tester.stop());

  test('says which links are broken when the API is not linked to its gateway service', async () => {
    const stack = howToStack();
    const implementation = stack.node.findAll().find(({ node }) => node.id === 'Implementation');
    implementation?.node.scope?.node.tryRemoveChild('Implementation');
    tester = await StackTester.start(stack);
    await tester.deploy();
    const proof = await tester.prove();
    expect(proof).not.toOpenForItsClientOnly();
    expect(String(proof)).toContain('→');
    expect(await tester.plan()).toEqual([]);
    expect((await tester.destroy()).remove).toBeGreaterThan(10);
  });

  test('says what the command says when it is not clear what is meant', async () => {
    const stack = howToStack();
    new TerraformVariable(stack, 'unused', { default: 'x' });
    tester = await StackTester.start(stack);
    await tester.deploy();
    await expect(tester.prove({ client: 'Nobody' })).rejects.toThrow(/The stacks have no client Nobody/);
    await expect(tester.register({ api: 'None' })).rejects.toThrow(TestKitError);
  });
});

test('konnect 3.21 is what a stack is held against that asks for it', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  ProviderVersions.require(stack, { konnect: '~> 3.21' });
  const developer = { portal_id: 'p', email: 'a@b.test', full_name: 'A' };
  const json = {
    ...JSON.parse(Testing.synth(stack)),
    resource: { konnect_portal_developer: { D: developer } },
  };
  expect(schemaViolations(json)).toEqual([]);
  expect(schemaViolations(json, { konnect: '3.19.0' })).toEqual([
    'konnect_portal_developer.D: unknown resource type',
  ]);
});
