import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoggedRequest, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { synthesizedStacks } from '../../testing';
import { manyApisStack } from '../support/many-apis';
import { describeWithTerraform } from '../support/sandbox';

/*
 * What the benchmark `deploy` measures in seconds, in counts that are the same on every machine: the library costs
 * the requests of the same resources written by hand, and each API costs as many as the one before.
 */
const ROOT = join(__dirname, '..', '..');
const BY_HAND = join(ROOT, 'scripts', 'bench', 'apps', 'how-to.tf.json');
const IDS = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|\b(0oa|aus|00p|0pr|scp|ocl)[\da-f]{17}\b/g;

/** How the provider reads a client. */
const READ_CLIENT = {
  'GET okta:/api/v1/apps/…': 1,
  'GET okta:/.well-known/okta-organization': 1,
  'GET okta:/api/v1/internal/apps/…/settings/oauth/idToken': 1,
};

/** How many requests of each kind. */
interface Requests {
  readonly [kind: string]: number;
}

interface Deployment {
  readonly resources: number;
  readonly plan: Requests;
  readonly apply: Requests;
  readonly secondPlan: Requests;
  /** Bodies of what was written, sorted. */
  readonly bodies: readonly string[];
}

/** Without what is another one in each sandbox. */
const withoutIds = (text: string) => text.replace(IDS, '…').replace(/127\.0\.0\.1:\d+/g, '…');

/** Counted by service, method and path, ids left out. */
function counted(requests: readonly LoggedRequest[]): Requests {
  const counts: { [kind: string]: number } = {};
  for (const { service, method, path } of requests) {
    const kind = `${method} ${service}:${withoutIds(path)}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Plans, applies and plans again, in a new sandbox; the second plan must be empty. */
async function deployed(json: string): Promise<Deployment> {
  const sandbox = await Sandbox.start();
  const requests = async (work: () => Promise<unknown>) => {
    sandbox.requests.clear();
    await work();
    return counted(sandbox.requests.all());
  };
  try {
    const plan = await requests(() => sandbox.planJson('stack', json));
    let resources = 0;
    const apply = await requests(async () => {
      resources = (await sandbox.deployJson('stack', json)).changes.add;
    });
    const bodies = sandbox.requests.writes().map(({ body }) => withoutIds(JSON.stringify(body ?? null)));
    const secondPlan = await requests(async () => {
      expect((await sandbox.planJson('stack', json)).changes).toEqual([]);
    });
    return { resources, plan, apply, secondPlan, bodies: bodies.sort() };
  } finally {
    await sandbox.stop();
  }
}

/** main.ts as it is synthesized without a setting. */
function mainJson(): string {
  const outdir = mkdtempSync(join(tmpdir(), 'requests-'));
  try {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, CDKTF_OUTDIR: outdir };
    execFileSync(process.execPath, ['--import', 'tsx', 'main.ts'], { cwd: ROOT, env });
    return readFileSync(join(outdir, 'stacks', 'how-to', 'cdk.tf.json'), 'utf8');
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const total = (requests: Requests) => Object.values(requests).reduce((sum, count) => sum + count, 0);

describeWithTerraform('requests of a deployment', () => {
  test('are those of the same resources written by hand', async () => {
    const library = await deployed(mainJson());
    // Four more triggers that replace children, which Terraform keeps for itself.
    expect(library).toEqual({ ...(await deployed(readFileSync(BY_HAND, 'utf8'))), resources: 19 });
    // The provider asks who it is, and Terraform for the authorization server; nothing else before there is something.
    expect(library.plan).toEqual({
      'GET okta:/api/v1/users/me': 1,
      'GET okta:/api/v1/authorizationServers?limit=200&q=default': 1,
    });
    expect([total(library.plan), total(library.apply), total(library.secondPlan)]).toEqual([2, 26, 18]);
  });

  test('grow by the same with each API and its client', async () => {
    const [one, two, four] = [
      await deployed(synthesizedStacks(manyApisStack(1))[0].json),
      await deployed(synthesizedStacks(manyApisStack(2))[0].json),
      await deployed(synthesizedStacks(manyApisStack(4))[0].json),
    ];
    expect(two.resources - one.resources).toBe(5);
    expect(two.plan).toEqual(one.plan);
    const more = { apply: grown(one.apply, two.apply), secondPlan: grown(one.secondPlan, two.secondPlan) };
    expect(more).toEqual({
      apply: {
        'POST konnect:/v3/apis': 1,
        'POST konnect:/v3/apis/…/implementations': 1,
        'PUT konnect:/v3/apis/…/publications/…': 1,
        'POST okta:/api/v1/apps?activate=true': 1,
        'GET okta:/api/v1/policies?type=ACCESS_POLICY': 1,
        'PUT okta:/api/v1/apps/…/policies/rst1': 1,
        ...READ_CLIENT,
      },
      secondPlan: {
        'GET konnect:/v3/apis/…': 1,
        'GET konnect:/v3/apis/…/implementations/…': 1,
        'GET konnect:/v3/apis/…/publications/…': 1,
        ...READ_CLIENT,
      },
    });
    expect(grown(two.apply, four.apply)).toEqual(doubled(more.apply));
    expect(grown(two.secondPlan, four.secondPlan)).toEqual(doubled(more.secondPlan));
  });
});

/** What is more in the second. */
function grown(before: Requests, after: Requests): Requests {
  const kinds = Object.entries(after).map(([kind, count]) => [kind, count - (before[kind] ?? 0)] as const);
  return Object.fromEntries(kinds.filter(([, more]) => more !== 0));
}

function doubled(requests: Requests): Requests {
  return Object.fromEntries(Object.entries(requests).map(([kind, count]) => [kind, 2 * count]));
}
