import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { Adoption } from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../support/admin';
import { match, PROVIDER_DEFAULTS, planAdoption, printApp, tenantsOf } from '../support/adoption';
import { CommandRunner } from '../support/command';
import { CommandSetup } from '../support/command-setup';
import { synthesizeExample } from '../support/examples';
import { describeWithTerraform, howToStack } from '../support/sandbox';
import { writeSynthesizedApp } from '../support/synthesized-app';

/*
 * A how-to that was set up by hand is found by the command, and taken over by the construct.
 */
describeWithTerraform('adoption', () => {
  let setup: CommandSetup;

  afterEach(() => setup.stop());

  /** What the stack creates when it adopts no more: one for each parent whose replacement replaces children. */
  const TRIGGERS = Array(5).fill('create terraform_data') as string[];

  test('the printed app imports everything, adds nothing, destroys nothing, and goes on without the adoption', async () => {
    setup = await CommandSetup.create();
    const before = tenantsOf(setup.sandbox);
    const app = await printApp(setup.command);
    expect(app.compile()).toBe('');
    app.synthesize();
    await match(setup.command);
    const json = app.synthesize();
    expect(await planAdoption(setup.sandbox, json)).toEqual({ imported: 14, others: PROVIDER_DEFAULTS });

    const { changes } = await setup.sandbox.deployJson('dev-portal', json);
    expect(changes).toEqual({ add: 0, change: 2, import: 14, remove: 0 });
    expect(await setup.sandbox.planJson('dev-portal', json)).toEqual({ changes: [] });
    expect(tenantsOf(setup.sandbox)).toEqual(before);

    rmSync(join(setup.command.folder, 'adoption.json'));
    const without = app.synthesize();
    expect(await planAdoption(setup.sandbox, without)).toEqual({ imported: 0, others: TRIGGERS });
    expect((await setup.sandbox.deployJson('dev-portal', without)).changes).toEqual({
      add: TRIGGERS.length,
      change: 0,
      import: 0,
      remove: 0,
    });
    expect(await setup.sandbox.planJson('dev-portal', without)).toEqual({ changes: [] });
  }, 120_000);

  test('the test of a project of init passes with the printed app, before and during the adoption', async () => {
    setup = await CommandSetup.create({ serviceId: '0f1e2d3c-4b5a-4968-8776-655443322110' });
    const app = await printApp(setup.command);
    expect(app.test()).toContain('pass 3\n');
    await match(setup.command);
    expect(app.test()).toContain('pass 3\n');
    expect(
      readFileSync(join(setup.command.folder, 'cdktf.out/stacks/dev-portal/cdk.tf.json'), 'utf8'),
    ).toContain('"import"');
  }, 120_000);

  test('Terraform rejects a file with an address that the stack does not have', async () => {
    setup = await CommandSetup.create();
    const app = await printApp(setup.command);
    app.synthesize();
    await match(setup.command);
    const file = join(setup.command.folder, 'adoption.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"konnect_portal.', '"konnect_portal.renamed_'));
    await expect(setup.sandbox.planJson('dev-portal', app.synthesize())).rejects.toThrow(/does not\s+exist/);
  }, 120_000);

  test('the example takes over a how-to, and creates one if it finds none', async () => {
    setup = await CommandSetup.create({ serviceId: '0f1e2d3c-4b5a-4968-8776-655443322110' });
    const jsonOf = (settings: { readonly [name: string]: string }) =>
      synthesizeExample('adopted', { UPSTREAM_HOST: 'upstream.internal', ...settings }).stacks[0]?.json ?? '';
    const file = join(setup.command.folder, 'adoption.json');
    writeSynthesizedApp(setup.command.folder, { adopted: jsonOf({ ADOPTION_FILE: file }) });
    await match(setup.command);
    const { changes } = await setup.sandbox.deployJson('adopted', jsonOf({ ADOPTION_FILE: file }));
    expect(changes).toEqual({ add: 0, change: 2, import: 14, remove: 0 });
    const { changes: later } = await setup.sandbox.planJson('adopted', jsonOf({}));
    expect(later.map(({ address, actions }) => `${actions.join(' ')} ${address.split('.')[0]}`)).toEqual(
      TRIGGERS,
    );
  }, 120_000);
});

describeWithTerraform('a deployment that was ended half way', () => {
  let sandbox: Sandbox;
  let command: CommandRunner;

  beforeEach(async () => {
    sandbox = await Sandbox.start();
    command = CommandRunner.forSandbox(sandbox);
  });

  afterEach(async () => {
    command.remove();
    await sandbox.stop();
  });

  test('is finished with what exists', async () => {
    await sandbox.deploy(howToStack());
    const before = tenantsOf(sandbox);
    const lost = [
      'okta_app_oauth',
      'okta_auth_server_claim',
      'konnect_api',
      'konnect_gateway_service',
      'konnect_portal',
    ];
    forget(lost);
    await deletePages();
    writeSynthesizedApp(command.folder, { 'how-to': Testing.synth(howToStack()) });
    await match(command, '--partial');
    const finishing = () =>
      howToStack({ oidc: { adopt: Adoption.fromFile(join(command.folder, 'adoption.json')) } });
    const { changes } = await sandbox.plan(finishing());
    const { changes: done } = await sandbox.deploy(finishing());
    expect(changes.map(({ address, actions }) => `${actions[0]} ${address.split('.')[0]}`).sort()).toEqual(
      [...lost.map((type) => `import ${type}`), 'create konnect_portal_page'].sort(),
    );
    expect(done).toMatchObject({ add: 1, import: lost.length, remove: 0 });
    expect((await sandbox.plan(howToStack())).changes).toEqual([]);
    expect(JSON.stringify(tenantsOf(sandbox)).length).toBe(JSON.stringify(before).length);
  }, 120_000);

  /** What a killed deployment leaves: resources that exist, and no state knows of. */
  function forget(types: readonly string[]): void {
    const file = join(sandbox.workspace('how-to').folder, 'terraform.tfstate');
    const state = JSON.parse(readFileSync(file, 'utf8')) as { resources: { type: string }[] };
    const resources = state.resources.filter(({ type }) => !types.includes(type));
    writeFileSync(file, JSON.stringify({ ...state, resources }));
  }

  async function deletePages(): Promise<void> {
    const admin = new Admin(sandbox);
    const { pages } = sandbox.konnect.snapshot() as { pages: { id: string; portal_id: string }[] };
    for (const { id, portal_id: portal } of pages) {
      await admin.konnect('DELETE', `/v3/portals/${portal}/pages/${id}`);
    }
  }
});
