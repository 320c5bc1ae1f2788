import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { DevPortal, ProviderVersions } from '../../../lib';
import {
  AccessProof,
  type ProofLink,
  readStacks,
  StackTester,
  schemaViolations,
  synthesizedStacks,
  TestKitError,
} from '../../../testing';
import '../../../testing/jest';
import { matchers } from '../../../testing/jest';
import { schemaVersions } from '../../../testing/schema/versions';

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

  test('come in this order where one lies in another, too', () => {
    const app = Testing.app();
    const outer = new TerraformStack(app, 'a-outer');
    const inner = new TerraformStack(outer, 'z-inner');
    const innermost = new TerraformStack(inner, 'm-innermost');
    for (const stack of [outer, inner, innermost]) {
      new KonnectProvider(stack, 'konnect', {});
    }
    const { portalId } = new DevPortal(inner, 'portal', { name: 'Portal' });
    DevPortal.fromPortalId(outer, 'portal', portalId).addPage('page', { slug: 'a', content: 'b' });
    inner.addDependency(innermost);
    expect(synthesizedStacks(app).map(({ name }) => name)).toEqual(['m-innermost', 'z-inner', 'a-outer']);
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
    ['7.0.0', '3.23.1', '6.12.0', '3.21'],
    ['7.0.0', '>= 3.24.0, < 4.0.0', '6.12.0', '3.24'],
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

  test.each([{ okta: '5.0.0' }, { konnect: '3.22' }, { oktta: '6.12.0' }])(
    'are none when there is no schema of %j',
    (options) => {
      const [[provider, version]] = Object.entries(options);
      expect(() => schemaViolations({ locals: {} }, options as never)).toThrow(
        new TestKitError(
          `There is no pinned schema of ${provider} ${version}: okta is 4.20.0, 6.12.0; konnect is 3.19.0, 3.20, 3.21, 3.24`,
        ),
      );
    },
  );
});

describe('matchers', () => {
  test('say what is wrong, and with not what is well', () => {
    const broken = { resource: { konnect_portal: { P: { nmae: 1, name: 'p' } } } };
    expect(() => expect(broken).toBeValidTerraform()).toThrow(
      'expected to be valid by the pinned provider schemas:\nkonnect_portal.P: unknown attribute "nmae"',
    );
    expect(() => expect('{"locals":{}}').not.toBeValidTerraform()).toThrow('expected not to be valid');
    const secret = { provider: { okta: [{ api_token: '00abc' }] } };
    expect(() => expect(secret).toKeepSecretsOut()).toThrow('provider.okta: api_token is written');
    expect(secret).not.toKeepSecretsOut();
  });

  describe('take', () => {
    const app = () => {
      const made = Testing.app();
      new KonnectProvider(new TerraformStack(made, 'stack'), 'konnect', {});
      return made;
    };
    const stack = () => app().node.children[0];
    const folder = () => {
      const { outdir } = app();
      return outdir;
    };

    test.each<[string, () => unknown]>([
      ['an app', app],
      ['a stack', stack],
      ['what synthesizedStacks returned', () => synthesizedStacks(app())],
      ['one of these', () => synthesizedStacks(app())[0]],
      ['Terraform JSON', () => ({ terraform: {} })],
      ['Terraform JSON as text', () => '{"resource":{}}'],
    ])('%s', (_, make) => {
      expect(make()).toBeValidTerraform();
      expect(make()).toKeepSecretsOut();
    });

    test.each<[string, () => unknown, string]>([
      ['an empty object', () => ({}), 'an object without anything in it'],
      ['another object', () => ({ resorce: {}, a: 1 }), 'an object with resorce, a'],
      ['a promise', async () => app(), 'a promise: await it'],
      ['an empty list', () => [], 'an empty list'],
      ['a list of apps', () => [app()], 'a list with an app'],
      ['a list that holds another thing', () => [...synthesizedStacks(app()), 1], 'a list with 1'],
      ['a stack whose text is no JSON', () => ({ name: 'a', json: '{' }), 'an object with name, json'],
      ['an empty stack', () => new TerraformStack(Testing.app(), 's'), 'the stack s, which is empty'],
      [
        'a construct in a stack',
        () => stack().node.children[0],
        'the construct stack/konnect, which is no stack: pass TerraformStack.of(construct)',
      ],
      ['a folder', () => 'cdktf.out', 'the text "cdktf.out"; a folder is read with readStacks'],
      ['nothing', () => undefined, 'undefined'],
      ['null', () => null, 'null'],
      ['a number', () => 5, '5'],
    ])('not %s', (_, make, got) => {
      const error = new TestKitError(
        `Expected an App, a TerraformStack, or what synthesizedStacks or readStacks returned, or Terraform JSON; got ${got}`,
      );
      expect(() => matchers.toBeValidTerraform(make())).toThrow(error);
      expect(() => matchers.toKeepSecretsOut(make())).toThrow(error);
    });

    test('no app without stacks', () => {
      expect(() => expect(Testing.app()).toBeValidTerraform()).toThrow(
        new TestKitError('The app has no stacks'),
      );
    });

    test('no folder without a synthesized app', () => {
      expect(() => readStacks(folder())).toThrow(
        /^There is no synthesized app in .*: run cdktf synth before/,
      );
    });

    test('nothing else, and no tester either', async () => {
      await expect(StackTester.start([] as never)).rejects.toThrow(
        'Expected an App, a TerraformStack, or what synthesizedStacks or readStacks returned; got an empty list',
      );
    });
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
  /** What the kit throws when Node finds a module not. */
  function loading(missing: string): () => void {
    const error = Object.assign(new Error(missing), { code: 'MODULE_NOT_FOUND' });
    jest.resetModules();
    jest.doMock('okta-dev-portal-oidc-sandbox', () => {
      throw error;
    });
    return require('../../../testing/sandbox-package').sandboxPackage;
  }

  afterEach(() => jest.dontMock('okta-dev-portal-oidc-sandbox'));

  test('is what the error asks for', () => {
    expect(loading("Cannot find module 'okta-dev-portal-oidc-sandbox'\nRequire stack:\n- x.js")).toThrow(
      'The tests need okta-dev-portal-oidc-sandbox: npm install --save-dev okta-dev-portal-oidc-sandbox',
    );
  });

  test('is another thing than a package that the sandbox lacks', () => {
    const missing =
      "Cannot find module 'fastify'\nRequire stack:\n- node_modules/okta-dev-portal-oidc-sandbox/dist/index.js";
    expect(loading(missing)).toThrow(missing);
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
