import { match } from '../support/adoption';
import { CommandRunner } from '../support/command';
import { CommandSetup } from '../support/command-setup';
import { PrintedApp } from '../support/printed-app';
import { describeWithTerraform } from '../support/sandbox';

/*
 * Parts of a setup are taken over alone, and the app references the others.
 */
describeWithTerraform('adopt --print-app --only', () => {
  let setup: CommandSetup;

  beforeEach(async () => {
    setup = await CommandSetup.create();
  });

  afterEach(() => setup.stop());

  /** Prints an app, matches it, and returns its code and what the plan does. */
  async function planned(command: CommandRunner, ...options: string[]) {
    const { exitCode, stdout, stderr } = await command.run('adopt', '--print-app', ...options);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Printed the app.')]);
    const app = new PrintedApp(command.folder, stdout);
    expect(app.compile()).toBe('');
    app.synthesize();
    await match(command);
    const { changes } = await setup.sandbox.planJson('dev-portal', app.synthesize());
    return {
      code: stdout,
      findings: stderr,
      changes: changes.map(({ address, actions }) => `${actions.join(' ')} ${address.split('.')[0]}`),
    };
  }

  test.each<[parts: string, changes: string[], references: string[]]>([
    ['portal', ['import update konnect_portal', 'import no-op konnect_portal_page'], []],
    [
      'apis',
      ['import no-op konnect_api', 'import no-op konnect_api_implementation'],
      ['ControlPlane.fromControlPlaneId', 'GatewayService.fromAttributes'],
    ],
    [
      'publications',
      ['import no-op konnect_api_publication'],
      ['Api.fromApiId', 'DevPortal.fromPortalId', 'OidcAuthStrategy.fromStrategyId'],
    ],
    [
      'gateway',
      [
        'import no-op konnect_gateway_control_plane',
        'import no-op konnect_gateway_route',
        'import no-op konnect_gateway_service',
      ],
      [],
    ],
    [
      'portal, publications',
      [
        'import no-op konnect_api_publication',
        'import update konnect_portal',
        'import no-op konnect_portal_page',
      ],
      ['Api.fromApiId', 'OidcAuthStrategy.fromStrategyId'],
    ],
    [
      'apis,gateway,portal,publications',
      [
        'import no-op konnect_api',
        'import no-op konnect_api_implementation',
        'import no-op konnect_api_publication',
        'import no-op konnect_gateway_control_plane',
        'import no-op konnect_gateway_route',
        'import no-op konnect_gateway_service',
        'import update konnect_portal',
        'import no-op konnect_portal_page',
      ],
      ['OidcAuthStrategy.fromStrategyId'],
    ],
  ])(
    '%s: imports those, and references the rest, without an Okta token',
    async (parts, expected, references) => {
      const command = CommandRunner.forSandbox(setup.sandbox, { OKTA_API_TOKEN: undefined });
      const { code, changes } = await planned(command, '--only', parts);
      command.remove();
      expect(changes).toEqual(expected);
      expect([...code.matchAll(/\w+\.from(?!File)\w+/g)].map(([method]) => method).sort()).toEqual(
        references,
      );
      expect(code).not.toContain('OktaProvider');
    },
    120_000,
  );

  test('clients: imports the chosen application, without a Konnect token', async () => {
    const command = CommandRunner.forSandbox(setup.sandbox, { KONNECT_TOKEN: undefined });
    const { code, changes } = await planned(command, '--only', 'clients', '--client', 'Dev Portal app');
    command.remove();
    expect(changes).toEqual(['import update okta_app_oauth']);
    expect(code).not.toContain('KonnectProvider');
  }, 120_000);

  test('publications keep their visibility and their strategies, each its own', async () => {
    const strategyId = await setup.extras.addStrategy('Second');
    await setup.extras.addApi({ name: 'Orders' }, { strategyId });
    await setup.made.publish({ visibility: 'private' });
    const { code, changes } = await planned(setup.command, '--only', 'publications');
    expect(changes).toEqual(Array(2).fill('import no-op konnect_api_publication'));
    expect(code).toContain('visibility: Visibility.PRIVATE');
    expect(code).toContain(strategyId);
    expect(code).toContain(setup.made.strategyId);
  }, 120_000);
});
