import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeWithTerraform } from '../support/sandbox';

const ROOT = join(__dirname, '..', '..');
const COMMAND = ['--import', 'tsx', join('packages', 'sandbox', 'src', 'command.ts'), '--'];

/*
 * What a user does in a terminal: main.ts, with cdktf's own command, in the environment that a sandbox prints.
 */
describeWithTerraform('cdktf deploy in the environment of a sandbox', () => {
  let project: string;

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'cdktf-deploy-'));
    cpSync(join(ROOT, 'main.ts'), join(project, 'main.ts'));
    symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
    const tsconfig = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
    tsconfig.compilerOptions.paths = { 'okta-dev-portal-oidc': [join(ROOT, 'lib', 'index.ts')] };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(tsconfig));
    const { language, projectId } = JSON.parse(readFileSync(join(ROOT, 'cdktf.json'), 'utf8'));
    const app = 'node --import tsx main.ts';
    writeFileSync(
      join(project, 'cdktf.json'),
      JSON.stringify({ language, projectId, app, sendCrashReports: 'false' }),
    );
  });

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  test('deploys, and destroys what it deployed', async () => {
    const portals = `node -e '
      fetch(process.env.KONNECT_SERVER_URL + "/v3/portals", {
        headers: { authorization: "Bearer " + process.env.KONNECT_TOKEN },
      }).then((response) => response.json()).then(({ data }) => console.log("portals", data.length))'`;
    const script = [
      'npx cdktf deploy how-to --auto-approve --skip-provider-lock',
      portals,
      'npx cdktf destroy how-to --auto-approve --skip-provider-lock',
      portals,
    ].join(' && ');
    const { status, stdout, stderr } = inSandbox(`cd '${project}' && ${script}`);
    expect(`${status} ${stderr}`).toMatch(/^0 /);
    expect(stdout.match(/^portals \d+$/gm)).toEqual(['portals 1', 'portals 0']);
  }, 120_000);
});

function inSandbox(script: string): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [...COMMAND, 'sh', '-c', script], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true', CHECKPOINT_DISABLE: '1', DISABLE_VERSION_CHECK: '1', NO_COLOR: '1' },
  });
}

test('a sandbox tells what its command prints', async () => {
  const sandbox = await Sandbox.start();
  expect(Object.keys(sandbox.environment())).toContain('TF_REATTACH_PROVIDERS');
  await sandbox.stop();
});
