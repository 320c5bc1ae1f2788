import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import {
  type Api,
  DevPortal,
  type OktaDevPortalOidc,
  type OktaDevPortalOidcProps,
  Visibility,
} from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../support/command';
import { PrintedApp } from '../support/printed-app';
import { describeWithTerraform, howToStack } from '../support/sandbox';

/** Calls an API without a pause until the signal aborts. Returns the statuses of the answers, 0 without an answer. */
async function callUntil(
  isOver: AbortSignal,
  url: string,
  authorization: string,
): Promise<ReadonlySet<number>> {
  const statuses = new Set<number>();
  while (!isOver.aborted) {
    try {
      const response = await fetch(url, { headers: { authorization } });
      await response.text();
      statuses.add(response.status);
    } catch {
      statuses.add(0);
    }
  }
  return statuses;
}

/*
 * A team hands its portal to another repository: the first stack releases it, and the second one adopts it.
 */
describeWithTerraform('a portal that is handed over', () => {
  let sandbox: Sandbox;
  let command: CommandRunner;
  let statuses: Promise<ReadonlySet<number>>;
  const over = new AbortController();

  const howTo = (oidc: Partial<OktaDevPortalOidcProps> = {}) =>
    howToStack({ autoApproveApplications: true, oidc });

  /** The how-to without its portal, which is released or was deleted from the code. */
  function withoutPortal(remove: (portal: DevPortal, oidc: OktaDevPortalOidc) => void): string {
    const stack = howTo();
    stack.node.tryRemoveChild('portal_id');
    remove(stack.node.findChild('portal') as DevPortal, stack.node.findChild('oidc') as OktaDevPortalOidc);
    return Testing.synth(stack, true);
  }

  const released = () =>
    withoutPortal((portal, oidc) => {
      portal.release();
      oidc.publications[0]?.release();
    });

  const deleted = () =>
    withoutPortal((portal, oidc) => {
      portal.node.scope?.node.tryRemoveChild(portal.node.id);
      oidc.node.tryRemoveChild('Publication-my-api');
    });

  const planned = async (json: string, stack = 'how-to') =>
    (await sandbox.planJson(stack, json)).changes.map(
      ({ address, actions }) => `${actions.join(' ')} ${address.split('.')[0]}`,
    );
  const tenants = () => [sandbox.okta.snapshot(), sandbox.konnect.snapshot()];

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    const { outputs } = await sandbox.deploy(howTo());
    command = CommandRunner.forSandbox(sandbox);
    const { folder } = sandbox.workspace('how-to');
    const { exitCode } = await command.run('register', '--chdir', folder, '--developer', 'dev@example.test');
    expect(exitCode).toBe(0);
    const authorization = `Basic ${btoa(`${outputs.client_id}:${outputs.client_secret}`)}`;
    statuses = callUntil(over.signal, `${sandbox.gateway.url}/anything`, authorization);
  }, 60_000);

  afterAll(async () => {
    over.abort();
    const answers = [...(await statuses)];
    command.remove();
    await sandbox.stop();
    expect(answers).toEqual([200]);
  });

  test('can be referenced by a publication that stays, which does not change', async () => {
    const portalId = String((await sandbox.workspace('how-to').outputs()).portal_id);
    const stack = howTo({ publications: {} });
    stack.node.tryRemoveChild('portal_id');
    (stack.node.findChild('portal') as DevPortal).release();
    (stack.node.findChild('oidc') as OktaDevPortalOidc).publish('my-api', {
      api: stack.node.findChild('api') as Api,
      portal: DevPortal.fromPortalId(stack, 'portal', portalId),
      visibility: Visibility.PUBLIC,
    });
    expect(await planned(Testing.synth(stack, true))).toEqual([
      'forget konnect_portal',
      'forget konnect_portal_page',
      'forget terraform_data',
    ]);
  }, 60_000);

  test('is forgotten by the stack that releases it, and nothing is destroyed', async () => {
    const before = tenants();
    expect(await planned(released())).toEqual([
      'forget konnect_api_publication',
      'forget konnect_portal',
      'forget konnect_portal_page',
      'forget terraform_data',
      'forget terraform_data',
    ]);
    const { changes } = await sandbox.deployJson('how-to', released());
    expect(changes).toEqual({ add: 0, change: 0, import: 0, remove: 0 });
    expect(tenants()).toEqual(before);
    expect(await planned(released())).toEqual([]);
    expect(await planned(deleted())).toEqual([]);
    await sandbox.deployJson('how-to', deleted());
    expect(tenants()).toEqual(before);
  }, 120_000);

  test('is adopted by the other repository, and both plans are empty', async () => {
    const { exitCode, stdout } = await command.run('adopt', '--print-app', '--only', 'portal,publications');
    expect(exitCode).toBe(0);
    const app = new PrintedApp(command.folder, stdout);
    app.synthesize();
    expect((await command.run('adopt')).exitCode).toBe(0);
    const { changes } = await sandbox.deployJson('dev-portal', app.synthesize());
    expect(changes).toEqual({ add: 0, change: 1, import: 3, remove: 0 });
    expect(await planned(app.synthesize(), 'dev-portal')).toEqual([]);

    rmSync(join(command.folder, 'adoption.json'));
    const without = app.synthesize();
    expect(await planned(without, 'dev-portal')).toEqual(Array(2).fill('create terraform_data'));
    await sandbox.deployJson('dev-portal', without);
    expect(await planned(without, 'dev-portal')).toEqual([]);
    expect(await planned(deleted())).toEqual([]);
  }, 120_000);

  test('is proved with the states of both', async () => {
    const states = ['how-to', 'dev-portal'];
    for (const name of states) {
      const state = JSON.stringify(await sandbox.workspace(name).show());
      writeFileSync(join(command.folder, `${name}.json`), state);
    }
    const { exitCode, stdout } = await command.run(
      'verify',
      '--state',
      ...states.map((name) => `${name}.json`),
    );
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(', 0 broken, 1 not checked')]);
  });
});
