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
  test('are in the order of their dependencies', () => {
    const app = Testing.app();
    const reading = new TerraformStack(app, 'a-reading');
    const read = new TerraformStack(app, 'z-read');
    for (const stack of [reading, read]) {
      new KonnectProvider(stack, 'konnect', {});
    }
    const { portalId } = new DevPortal(read, 'portal', { name: 'Portal' });
    DevPortal.fromPortalId(reading, 'portal', portalId).addPage('page', { slug: 'a', content: 'b' });
    expect(synthesizedStacks(app).map(({ name }) => name)).toEqual(['z-read', 'a-reading']);
    expect(app).toMatchProviderSchemas();
  });

  test('are in this order if one contains another', () => {
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

  test('of one stack are validated', () => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    stack.node.addValidation({ validate: () => ['invalid'] });
    expect(() => synthesizedStacks(stack)).toThrow('invalid');
  });
});

describe('the schemas of a stack', () => {
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

  test('are those of the options', () => {
    expect(schemaVersions({}, { okta: '6.12.0', konnect: '3.20' })).toEqual({
      okta: '6.12.0',
      konnect: '3.20',
    });
  });

  test.each([{ okta: '5.0.0' }, { konnect: '3.22' }, { oktta: '6.12.0' }])(
    'are required for %j',
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
  test('have messages with and without not', () => {
    const broken = { resource: { konnect_portal: { P: { nmae: 1, name: 'p' } } } };
    expect(() => expect(broken).toMatchProviderSchemas()).toThrow(
      'expected to match the pinned provider schemas:\nkonnect_portal.P: unknown attribute "nmae"',
    );
    expect(() => expect('{"locals":{}}').not.toMatchProviderSchemas()).toThrow(
      'expected not to match the pinned provider schemas',
    );
    const secret = { provider: { okta: [{ api_token: '00abc' }] } };
    expect(() => expect(secret).toKeepSecretsOut()).toThrow('provider.okta: api_token is written');
    expect(secret).not.toKeepSecretsOut();
  });

  describe('accept', () => {
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
      ['synthesized stacks', () => synthesizedStacks(app())],
      ['a synthesized stack', () => synthesizedStacks(app())[0]],
      ['Terraform JSON', () => ({ terraform: {} })],
      ['Terraform JSON as text', () => '{"resource":{}}'],
    ])('%s', (_, make) => {
      expect(make()).toMatchProviderSchemas();
      expect(make()).toKeepSecretsOut();
    });

    test.each<[string, () => unknown, string]>([
      ['an empty object', () => ({}), 'an empty object'],
      ['another object', () => ({ resorce: {}, a: 1 }), 'an object with resorce, a'],
      ['a promise', async () => app(), 'a promise. Await it'],
      ['an empty list', () => [], 'an empty list'],
      ['a list of apps', () => [app()], 'a list with an app'],
      ['a list with another item', () => [...synthesizedStacks(app()), 1], 'a list with 1'],
      ['a stack whose text is no JSON', () => ({ name: 'a', json: '{' }), 'an object with name, json'],
      ['an empty stack', () => new TerraformStack(Testing.app(), 's'), 'the empty stack s'],
      [
        'a construct in a stack',
        () => stack().node.children[0],
        'the construct stack/konnect. Pass its stack: TerraformStack.of(construct)',
      ],
      ['a folder', () => 'cdktf.out', 'the text "cdktf.out". Read an output folder with readStacks'],
      ['undefined', () => undefined, 'undefined'],
      ['null', () => null, 'null'],
      ['a number', () => 5, '5'],
    ])('not %s', (_, make, got) => {
      const error = new TestKitError(
        `Expected an App, a TerraformStack, or the result of synthesizedStacks or readStacks, or Terraform JSON. Received ${got}`,
      );
      expect(() => matchers.toMatchProviderSchemas(make())).toThrow(error);
      expect(() => matchers.toKeepSecretsOut(make())).toThrow(error);
    });

    test('no app without stacks', () => {
      expect(() => expect(Testing.app()).toMatchProviderSchemas()).toThrow(
        new TestKitError('The app has no stacks'),
      );
    });

    test('no folder without a synthesized app', () => {
      expect(() => readStacks(folder())).toThrow(
        /^There is no synthesized app in .*\. Run cdktf synth first/,
      );
    });

    test('not an empty list, nor does the tester', async () => {
      await expect(StackTester.start([] as never)).rejects.toThrow(
        'Expected an App, a TerraformStack, or the result of synthesizedStacks or readStacks. Received an empty list',
      );
    });
  });

  test('print the links of a broken proof', () => {
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

  test('reject anything but a proof', () => {
    expect(() => matchers.toOpenForItsClientOnly({} as never)).toThrow(TestKitError);
  });
});

describe('a sandbox that is not installed', () => {
  /** Loads the kit while Node cannot find a module. */
  function loading(missing: string): () => void {
    const error = Object.assign(new Error(missing), { code: 'MODULE_NOT_FOUND' });
    jest.resetModules();
    jest.doMock('okta-dev-portal-oidc-sandbox', () => {
      throw error;
    });
    return require('../../../testing/sandbox-package').sandboxPackage;
  }

  afterEach(() => jest.dontMock('okta-dev-portal-oidc-sandbox'));

  test('is named by the error', () => {
    expect(loading("Cannot find module 'okta-dev-portal-oidc-sandbox'\nRequire stack:\n- x.js")).toThrow(
      'The tests need okta-dev-portal-oidc-sandbox: npm install --save-dev okta-dev-portal-oidc-sandbox',
    );
  });

  test('is not confused with a missing dependency of the sandbox', () => {
    const missing =
      "Cannot find module 'fastify'\nRequire stack:\n- node_modules/okta-dev-portal-oidc-sandbox/dist/index.js";
    expect(loading(missing)).toThrow(missing);
  });
});

test('a stack that requires konnect 3.21 is checked with its schema', () => {
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
