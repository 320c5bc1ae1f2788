import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoggedRequest, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../support/admin';
import { describeWithTerraform } from '../support/sandbox';

/*
 * The fake providers against what the real providers okta 4.20.0 and konnect 3.19.0 were recorded to write for
 * the same configuration: the same requests with the same bodies, without any exception, in an order that
 * respects the same dependencies. Reads are free to differ.
 */
interface Step {
  readonly step: string;
  readonly configuration: object;
  readonly writes: readonly Write[];
}

interface Write {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

const steps = JSON.parse(
  readFileSync(join(__dirname, '..', 'support', 'recorded-writes.json'), 'utf8'),
) as Step[];

const APP = /^POST \/api\/v1\/apps\?/;
const SERVER = /^POST \/api\/v1\/authorizationServers$/;
const SCOPE = /^POST .*\/scopes$/;
const POLICY = /^POST .*\/policies$/;
const RULE = /^POST .*\/rules$/;
const PORTAL = /^POST \/v3\/portals$/;
const API = /^POST \/v3\/apis$/;
const STRATEGY = /^POST \/v2\/application-auth-strategies$/;
const PUBLICATION = /^PUT \/v3\/apis\/.*\/publications\//;
const IMPLEMENTATION = /^POST .*\/implementations$/;
const SERVICE = /^POST .*\/services$/;
const DELETED_RULE = /^DELETE .*\/rules\//;
const DELETED_POLICY = /^DELETE .*\/policies\/[^/]+$/;
const DELETED_PUBLICATION = /^DELETE .*\/publications\//;
const DELETED_IMPLEMENTATION = /^DELETE .*\/implementations\//;
const DELETED_SERVICE = /^DELETE .*\/services\//;
const DELETED_PORTAL = /^DELETE \/v3\/portals\/[^/]+$/;
const DELETED_STRATEGY = /^DELETE .*\/application-auth-strategies\//;
const DELETED_CONTROL_PLANE = /^DELETE \/v2\/control-planes\/[^/]+$/;
const DELETED_API = /^DELETE \/v3\/apis\/[^/]+$/;
const DELETED_APP = /^DELETE \/api\/v1\/apps\//;

/** What has to come before what, because the later one names the earlier one, or Konnect or Okta refuses it otherwise. */
const DEPENDENCIES: { readonly [step: string]: readonly (readonly [RegExp, RegExp])[] } = {
  create: [
    [APP, POLICY],
    [SCOPE, RULE],
    [POLICY, RULE],
    [API, PUBLICATION],
    [PORTAL, PUBLICATION],
    [STRATEGY, PUBLICATION],
    [PORTAL, /^POST .*\/pages$/],
    [/^POST \/v2\/control-planes$/, SERVICE],
    [SERVICE, /^POST .*\/routes$/],
    [SERVICE, IMPLEMENTATION],
    [API, IMPLEMENTATION],
  ],
  'update in place': [[/^DELETE .*\/implementations\//, IMPLEMENTATION]],
  'strategy scope change (replacement, create_before_destroy)': [
    [STRATEGY, PUBLICATION],
    [PUBLICATION, DELETED_STRATEGY],
  ],
  'strategy display name change': [
    [STRATEGY, PUBLICATION],
    [PUBLICATION, DELETED_STRATEGY],
  ],
  'own authorization server': [[SERVER, SCOPE]],
  destroy: [
    [DELETED_RULE, DELETED_POLICY],
    [DELETED_RULE, /^DELETE .*default\/scopes\//],
    [DELETED_POLICY, /^POST \/api\/v1\/apps\/<0oa>\/lifecycle\/deactivate$/],
    [/^POST \/api\/v1\/apps\/<0oa>\/lifecycle\/deactivate$/, DELETED_APP],
    [DELETED_PUBLICATION, DELETED_PORTAL],
    [DELETED_PUBLICATION, DELETED_STRATEGY],
    [DELETED_PUBLICATION, DELETED_API],
    [DELETED_IMPLEMENTATION, DELETED_SERVICE],
    [DELETED_IMPLEMENTATION, DELETED_API],
    [/^DELETE .*\/routes\//, DELETED_SERVICE],
    [DELETED_SERVICE, DELETED_CONTROL_PLANE],
    [/^DELETE .*\/pages\//, DELETED_PORTAL],
  ],
};

describeWithTerraform('writes of the fake providers', () => {
  let sandbox: Sandbox;
  let defaultServer: string;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    ({ id: defaultServer } = await new Admin(sandbox).okta('GET', '/authorizationServers/default'));
  });

  afterAll(() => sandbox.stop());

  test.each(steps.map(({ step }) => step))(
    '%s',
    async (name) => {
      const { configuration, writes } = steps.find(({ step }) => step === name) as Step;
      sandbox.requests.clear();
      if (name === 'destroy') {
        await sandbox.destroy('parity');
      } else {
        await sandbox.deployJson('parity', JSON.stringify(configuration));
      }
      const sent = sandbox.requests
        .writes()
        // The id of the default server was `default` when the real providers were recorded.
        .map(({ method, path, body }: LoggedRequest) => ({
          method,
          path: path.replace(defaultServer, 'default'),
          body,
        }));
      expect(differences(writes, sent)).toEqual([]);
      expect(outOfOrder(name, writes)).toEqual([]);
      expect(outOfOrder(name, sent)).toEqual([]);
    },
    30_000,
  );
});

/** `- ` what only the real providers write, `+ ` what only the fake providers write. */
function differences(recorded: readonly Write[], sent: readonly Write[]): string[] {
  const real = recorded.map(normalized);
  const fake = sent.map(normalized);
  return [
    ...real.filter((each) => !fake.includes(each)).map((each) => `- ${each}`),
    ...fake.filter((each) => !real.includes(each)).map((each) => `+ ${each}`),
  ];
}

/** Dependencies that an order of writes does not respect: of two kinds, one of the earlier comes before the last of the later. */
function outOfOrder(step: string, writes: readonly Write[]): string[] {
  const lines = writes.map((write) => normalized({ method: write.method, path: write.path }));
  return (DEPENDENCIES[step] ?? []).flatMap(([earlier, later]) => {
    const first = lines.findIndex((line) => earlier.test(line));
    const last = Math.max(...lines.map((line, index) => (later.test(line) ? index : -1)));
    return first >= 0 && last > first ? [] : [`${later} before ${earlier}`];
  });
}

/** Without ids, secrets, ports and times, which are new each time. */
function normalized({ method, path, body }: Write): string {
  return `${method} ${path} ${body === undefined || body === null ? '' : JSON.stringify(sorted(body))}`
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/\b(0oa|aus|scp|ocl|00p|0pr)[0-9a-f]{17}\b/g, '<$1>')
    .replace(/"client_secret":"[^"]+"/g, '"client_secret":"<secret>"')
    .replace(/127\.0\.0\.1:\d+/g, '<loopback>')
    .replace(/"(created_at|updated_at)":\d+/g, '"$1":<time>')
    .trim();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, each]) => [name, sorted(each)]),
      )
    : value;
}
