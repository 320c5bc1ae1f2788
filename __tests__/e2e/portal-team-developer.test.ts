import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { DevPortal, KonnectRegion, PortalDeveloper, ProviderVersions } from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../support/admin';
import { describeWithTerraform } from '../support/sandbox';

/** A team, and two developers of whom the named ones are in it. */
function stackWith(...members: readonly string[]): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'team');
  new KonnectProvider(stack, 'konnect', {});
  ProviderVersions.require(stack, { konnect: '~> 3.24' });
  const portal = new DevPortal(stack, 'portal', { name: 'Partners', rbacEnabled: true });
  const team = portal.addTeam('team', { name: 'Partners', region: KonnectRegion.EU });
  for (const name of ['ann', 'bob']) {
    const developer = new PortalDeveloper(stack, name, {
      portal,
      email: `${name}@example.test`,
      fullName: name,
    });
    if (members.includes(name)) {
      team.addDeveloper(`${name}-in-team`, { developer });
    }
  }
  new TerraformOutput(stack, 'members', {
    value: `/v3/portals/${portal.portalId}/teams/${team.teamId}/developers`,
  });
  return stack;
}

describeWithTerraform('developers of a team', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
  });

  afterAll(() => sandbox.stop());

  /** Deploys the stack. @returns the e-mail addresses of the team's developers */
  async function deploy(...members: readonly string[]): Promise<string[]> {
    const { outputs } = await sandbox.deploy(stackWith(...members));
    expect(await sandbox.plan(stackWith(...members))).toEqual({ changes: [] });
    const answer = await new Admin(sandbox).konnect('GET', String(outputs.members));
    const { data } = answer as unknown as { readonly data: readonly { readonly email: string }[] };
    return data.map(({ email }) => email);
  }

  test('join and leave with the stack', async () => {
    expect(await deploy('ann')).toEqual(['ann@example.test']);
    expect((await deploy('ann', 'bob')).sort()).toEqual(['ann@example.test', 'bob@example.test']);
    expect(await deploy('bob')).toEqual(['bob@example.test']);
    await sandbox.destroy('team');
  }, 120_000);
});
