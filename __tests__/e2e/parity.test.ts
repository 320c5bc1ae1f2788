import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoggedRequest, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeWithTerraform } from '../../test-support/sandbox';

/*
 * The stand-ins against what the real providers okta 4.20.0 and konnect 3.19.0 were recorded to write for
 * the same configuration: the same requests with the same bodies, without any exception. Reads are free to differ.
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
  readFileSync(join(__dirname, '..', '..', 'test-support', 'recorded-writes.json'), 'utf8'),
) as Step[];

describeWithTerraform('writes of the stand-ins', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
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
        .map(({ method, path, body }: LoggedRequest) => ({ method, path, body }));
      expect(differences(writes, sent)).toEqual([]);
    },
    30_000,
  );
});

/** `- ` what only the real providers write, `+ ` what only the stand-ins do. */
function differences(recorded: readonly Write[], sent: readonly Write[]): string[] {
  const real = recorded.map(normalized);
  const stood = sent.map(normalized);
  return [
    ...real.filter((each) => !stood.includes(each)).map((each) => `- ${each}`),
    ...stood.filter((each) => !real.includes(each)).map((each) => `+ ${each}`),
  ];
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
