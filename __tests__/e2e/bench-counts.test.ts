import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type IResolvable, type IResolveContext, Token } from 'cdktf';
import { Api, DevPortal, OktaDevPortalOidc } from '../../lib';
import { ValueSpec } from '../../lib/core/value-spec';
import { compileLibrary } from '../support/compile';
import { newStack, synthesize } from '../support/synth';
import { UUID } from '../support/validation';

/* The benchmarks measure seconds. These counts are the same on every machine. */

/** Number of files that a process loads of each package. */
function loadedBy(module: string): { [name: string]: number } {
  const script = `
    require(${JSON.stringify(module)});
    const counts = {};
    for (const file of Object.keys(require.cache)) {
      const [, name] = file.match(/(?:node_modules|packages)[/]((?:@[^/]+[/])?[^/]+)/);
      counts[name] = (counts[name] ?? 0) + 1;
    }
    console.log(JSON.stringify(counts));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

/** Compiles the library into a folder that other tests do not read, and where packages resolve. */
function compiled(): string {
  const folder = join(__dirname, '..', '..', 'node_modules', '.cache', 'compiled');
  compileLibrary(folder);
  return join(folder, 'lib', 'index.js');
}

test('loads cdktf once, and only the bindings of its resources', () => {
  const loaded = loadedBy(compiled());
  const alone = loadedBy(require.resolve('cdktf'));
  expect(loaded.cdktf).toBe(alone.cdktf);
  expect(loaded.constructs).toBe(alone.constructs);
  expect(loaded['@cdktf/provider-okta']).toBe(7);
  expect(loaded['konnect-cdktf-bindings']).toBe(16);
  // The entry point, the library, and what the command shares with it.
  expect(loaded['.cache']).toBe(3);
  expect(Object.keys(loaded).sort()).toEqual([
    '.cache',
    '@cdktf/provider-okta',
    'cdktf',
    'constructs',
    'fastest-levenshtein',
    'konnect-cdktf-bindings',
  ]);
});

/** How often values are validated and tokens are resolved while a stack with some APIs is created and synthesized. */
function work(apis: number): { [what: string]: number } {
  const validate = jest.spyOn(ValueSpec.prototype, 'validate');
  const stack = newStack();
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  const portal = DevPortal.fromPortalId(stack, 'portal', UUID);
  const description = new Counting();
  const oidc = new OktaDevPortalOidc(stack, 'oidc');
  for (let index = 0; index < apis; index++) {
    const props = { name: `API ${index}`, description: Token.asString(description) };
    const api = new Api(stack, `api-${index}`, props);
    oidc.publish(`api-${index}`, { api, portal });
    oidc.addClient(`api-${index}`, {
      label: `Client ${index}`,
      redirectUris: ['https://localhost/callback'],
    });
  }
  const counts = synthesize(stack).counts();
  const validations = validate.mock.calls.length;
  jest.restoreAllMocks();
  return {
    resources: Object.values(counts).reduce((sum, count) => sum + count, 0),
    validations,
    resolves: description.resolved,
  };
}

/** Counts how often CDKTF resolves it. */
class Counting implements IResolvable {
  public readonly creationStack: string[] = [];
  public resolved = 0;

  public resolve(_context: IResolveContext): string {
    this.resolved += 1;
    return 'counted';
  }

  public toString(): string {
    return Token.asString(this);
  }
}

test('one more API costs the same in a small and in a large stack', () => {
  const [one, ten, hundred] = [1, 10, 100].map(work);
  for (const what of Object.keys(one)) {
    expect([what, (hundred[what] - ten[what]) / 90]).toEqual([what, (ten[what] - one[what]) / 9]);
  }
});

test('an API with a publication and a client takes four resources and few validations', () => {
  const [one, eleven] = [1, 11].map(work);
  expect((eleven.resources - one.resources) / 10).toBe(4);
  expect((eleven.resolves - one.resolves) / 10).toBeLessThanOrEqual(3);
  expect((eleven.validations - one.validations) / 10).toBeLessThanOrEqual(40);
});
