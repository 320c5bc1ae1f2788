import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { AnnotationMetadataEntryType, App, LocalBackend, PgBackend, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { DevPortal, Moves, OktaDevPortalOidc } from '../../../lib';
import { prerequisites, stackWithProviders } from '../../support/how-to';

/*
 * Constructs that were renamed without Moves, as far as the state or the last synthesis in the same folder shows it.
 */
const { outdir } = Testing.app();
const STATE = join(outdir, 'terraform.tfstate');

afterEach(() => {
  rmSync(join(outdir, 'stacks'), { recursive: true, force: true });
  rmSync(STATE, { force: true });
});

/** Synthesizes a stack in the folder, and returns its warnings. */
function synthesize(
  create: (stack: TerraformStack) => void,
  state: 'remote' | 'local' | '../../terraform.tfstate' = 'remote',
): string[] {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'stack');
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  create(stack);
  if (state === 'remote') {
    new PgBackend(stack, { connStr: 'postgres://localhost/terraform' });
  } else {
    new LocalBackend(stack, { path: state === 'local' ? STATE : state });
  }
  app.synth();
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === AnnotationMetadataEntryType.WARN)
    .map(({ data }) => String(data));
}

function addOidc(stack: TerraformStack, scope: Construct, id: string): OktaDevPortalOidc {
  const { api, portal } = prerequisites(stack);
  const oidc = new OktaDevPortalOidc(scope, id);
  oidc.addClient('app', { label: 'App', redirectUris: ['https://localhost/callback'] });
  oidc.publish('my-api', { api, portal });
  return oidc;
}

const addPortal = (stack: Construct, id: string, name = 'Portal') => new DevPortal(stack, id, { name });

test('a renamed construct is warned about once, with the call that keeps its resources', () => {
  synthesize((stack) => addOidc(stack, stack, 'oidc'));
  const warnings = synthesize((stack) => addOidc(stack, stack, 'login'));
  expect(warnings).toEqual([
    expect.stringMatching(/ is gone .* renamed or nested stack\/login, call Moves\.from\(…, 'oidc'\)/),
  ]);
});

test.each<[string, (stack: TerraformStack) => Construct, RegExp]>([
  ['renamed', (stack) => addPortal(stack, 'developers'), /stack\/developers, .* 'portal'/],
  [
    'nested',
    (stack) => addPortal(new Construct(stack, 'platform'), 'portal'),
    /stack\/platform\/portal, .* 'portal'/,
  ],
])('a %s portal is warned about', (_, create, warning) => {
  synthesize((stack) => addPortal(stack, 'portal'));
  expect(synthesize(create)).toEqual([expect.stringMatching(warning)]);
});

test('a portal that is no longer nested is warned about', () => {
  synthesize((stack) => addPortal(new Construct(stack, 'platform'), 'portal'));
  expect(synthesize((stack) => addPortal(stack, 'portal'))).toEqual([
    expect.stringMatching(/stack\/portal, .* 'platform\/portal'/),
  ]);
});

test('the nearest former path is suggested', () => {
  const both = (stack: TerraformStack, second: string) => {
    addPortal(stack, 'first', 'First');
    addPortal(new Construct(stack, second), 'portal', 'Second');
  };
  synthesize((stack) => both(stack, 'platform'));
  expect(synthesize((stack) => addPortal(new Construct(stack, 'teams'), 'portal'))).toEqual([
    expect.stringMatching(/stack\/teams, .* 'platform'/),
  ]);
});

test.each<[string, (stack: TerraformStack) => unknown]>([
  ['moved', (stack) => Moves.from(addOidc(stack, stack, 'login'), 'oidc')],
  ['unchanged', (stack) => addOidc(stack, stack, 'oidc')],
  ['removed', () => undefined],
  [
    'kept beside a new one',
    (stack) => {
      addOidc(stack, stack, 'oidc');
      addPortal(stack, 'second', 'Second');
    },
  ],
])('nothing is said of what is %s', (_, create) => {
  synthesize((stack) => addOidc(stack, stack, 'oidc'));
  expect(synthesize((stack) => void create(stack))).toEqual([]);
});

test('nothing is said of what is released beside a new one', () => {
  synthesize((stack) => addPortal(stack, 'portal'));
  const warnings = synthesize((stack) => {
    addPortal(stack, 'portal').release();
    addPortal(stack, 'second', 'Second');
  });
  expect(warnings).toEqual([]);
});

test('nothing is said of a first synthesis, nor after one that was killed', () => {
  expect(synthesize((stack) => addPortal(stack, 'portal'))).toEqual([]);
  writeFileSync(join(outdir, 'stacks', 'stack', 'cdk.tf.json'), '{ "resource": {');
  expect(synthesize((stack) => addPortal(stack, 'developers'))).toEqual([]);
});

test('two renamed portals get two warnings', () => {
  const two = (stack: TerraformStack, ...ids: string[]) => {
    for (const id of ids) {
      addPortal(stack, id, id);
    }
  };
  synthesize((stack) => two(stack, 'a', 'b'));
  expect(synthesize((stack) => two(stack, 'x', 'y'))).toEqual([
    expect.stringMatching(/stack\/x, .* 'a'/),
    expect.stringMatching(/stack\/y, .* 'b'/),
  ]);
});

test('one warning names a resource that two new ones may be', () => {
  synthesize((stack) => addPortal(stack, 'a', 'a'));
  const warnings = synthesize((stack) => {
    addPortal(stack, 'x', 'x');
    addPortal(stack, 'y', 'y');
  });
  expect(warnings).toHaveLength(1);
});

describe('with a state file', () => {
  const addPortals = (stack: Construct, ...ids: string[]) => ids.map((id) => addPortal(stack, id, id));

  /** Writes a state with the portals, synthesized at some time. */
  function deploy(...ids: string[]): void {
    const portals = addPortals(stackWithProviders(), ...ids);
    writeState(portals.map(({ resource }) => resource.friendlyUniqueId));
  }

  function writeState(names: readonly string[], mode = 'managed'): void {
    const resources = names.map((name) => ({ mode, type: 'konnect_portal', name }));
    writeFileSync(STATE, JSON.stringify({ resources }));
  }

  const synthesizePortals = (...ids: string[]) =>
    synthesize((stack) => void addPortals(stack, ...ids), 'local');

  test('a renamed portal is warned about until it is deployed', () => {
    deploy('portal');
    for (const _ of ['npm test', 'cdktf diff']) {
      expect(synthesizePortals('developers')).toEqual([
        expect.stringMatching(
          / is gone .* renamed or nested stack\/developers, call Moves\.from\(…, 'portal'\)/,
        ),
      ]);
    }
    deploy('developers');
    expect(synthesizePortals('developers')).toEqual([]);
  });

  test('a former path that the address does not tell is left to the reader', () => {
    deploy('dev_portal');
    expect(synthesizePortals('developers')).toEqual([
      expect.stringContaining("stack/developers, call Moves.from(…, '<its former path>')"),
    ]);
  });

  test('a relative path of the state is one from the folder of the stack', () => {
    deploy('portal');
    const warnings = synthesize((stack) => addPortal(stack, 'developers'), '../../terraform.tfstate');
    expect(warnings).toHaveLength(1);
  });

  test.each<[string, () => void]>([
    ['no state', () => undefined],
    ['a portal that was synthesized and never deployed', () => synthesizePortals('portal')],
    ['a state that was cut off', () => writeFileSync(STATE, '{ "resources": [')],
    ['a data source', () => writeState(['portal'], 'data')],
  ])('nothing is said with %s', (_, prepare) => {
    prepare();
    expect(synthesizePortals('developers')).toEqual([]);
  });
});
