import { join } from 'node:path';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Adoption, DevPortal, GatewayService, OktaDevPortalOidc, PortalApi } from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../../test-support/command';
import { HandMadeHowTo } from '../../test-support/hand-made';
import { describeWithTerraform } from '../../test-support/sandbox';

/*
 * A how-to that was set up by hand is found by the command, and taken over by the construct.
 */
describeWithTerraform('adoption', () => {
  let sandbox: Sandbox;
  let made: HandMadeHowTo;
  let command: CommandRunner;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    made = await HandMadeHowTo.create(sandbox);
    command = CommandRunner.forSandbox(sandbox);
  });

  afterAll(async () => {
    command.remove();
    await sandbox.stop();
  });

  function stackOf(adoption?: Adoption): TerraformStack {
    const stack = new TerraformStack(Testing.app(), 'adopted');
    new OktaProvider(stack, 'okta', {});
    new KonnectProvider(stack, 'konnect', {});
    const { id: controlPlaneId } = new GatewayControlPlane(stack, 'control-plane', { name: 'quickstart' });
    const gatewayService = new GatewayService(stack, 'example-service', {
      controlPlaneId,
      ...(adoption ? {} : { serviceId: made.serviceId }),
      host: 'upstream.internal',
      path: '/anything',
      routes: { 'example-route': { paths: ['/anything'] } },
    });
    const portal = new DevPortal(stack, 'portal', {
      name: 'MyDevPortal',
      autoApproveDevelopers: true,
      autoApproveApplications: true,
    });
    const api = new PortalApi(stack, 'api', { name: 'MyAPI', gatewayService });
    new OktaDevPortalOidc(stack, 'oidc', {
      adopt: adoption,
      policyName: 'Clients',
      policyDescription: 'Clients',
      policyRuleGroups: ['EVERYONE'],
      clients: { app: { label: 'Dev Portal app', redirectUris: ['https://localhost/callback'] } },
      publications: { 'my-api': { api, portal } },
    });
    return stack;
  }

  test('finds every piece and says how the constructs have to be called', async () => {
    const before = [sandbox.okta.snapshot(), sandbox.konnect.snapshot()];
    const { exitCode, stdout, stderr } = await command.run('adopt');
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    const found = [...stdout.matchAll(/^✓ (.*?): (.*)$/gm)].map(([, what]) => what);
    expect(found.sort()).toEqual([
      'API MyAPI',
      'Access policy Clients',
      'Application Dev Portal app',
      'Auth strategy Okta OIDC',
      'Authorization server default',
      'Claim clientId',
      'Control plane quickstart',
      'Gateway service example-service',
      'Page /',
      'Portal MyDevPortal',
      'Route example-route',
      'Rule Client credentials',
      'Scope api.access',
    ]);
    expect(stdout).toContain("  policyRuleGroups: ['EVERYONE'],");
    expect([sandbox.okta.snapshot(), sandbox.konnect.snapshot()]).toEqual(before);
  });

  test('imports everything, adds nothing, destroys nothing', async () => {
    const before = sandbox.requests.writes().length;
    const { changes: planned } = await sandbox.plan(stackOf(adoption()));
    expect(planned.map(({ actions }) => actions[0])).toEqual(Array(14).fill('import'));
    const changed = planned.filter(({ actions }) => actions[1] !== 'no-op');
    expect(changed.map(({ address, actions }) => [address.split('.')[0], actions[1]])).toEqual([
      ['konnect_portal', 'update'],
      ['okta_app_oauth', 'update'],
    ]);
    expect(sandbox.requests.writes().length).toBe(before);

    const { changes } = await sandbox.deploy(stackOf(adoption()));
    expect(changes).toEqual({ add: 0, change: 2, import: 14, remove: 0 });
    expect((await sandbox.plan(stackOf(adoption()))).changes).toEqual([]);
  }, 60_000);

  test('goes on without the adoption, adding nothing but its memory of the publication', async () => {
    const { changes } = await sandbox.plan(stackOf());
    expect(changes).toEqual([{ address: expect.stringMatching(/^terraform_data\./), actions: ['create'] }]);
    expect((await sandbox.deploy(stackOf())).changes).toEqual({ add: 1, change: 0, import: 0, remove: 0 });
    expect((await sandbox.plan(stackOf())).changes).toEqual([]);
  }, 60_000);

  const adoption = () => Adoption.fromFile(join(command.folder, 'adopt.json'));
});
