import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../support/command';
import { ManualSetup } from '../support/manual-setup';
import { ManualSetupExtras } from '../support/manual-setup-extras';
import { PrintedApp } from '../support/printed-app';
import { describeWithTerraform } from '../support/sandbox';

/*
 * Parts of a setup are taken over alone, and the app references the others.
 */
describeWithTerraform('adopt --print-app --only', () => {
  let sandbox: Sandbox;
  let made: ManualSetup;
  let command: CommandRunner;

  beforeEach(async () => {
    sandbox = await Sandbox.start();
    made = await ManualSetup.create(sandbox);
    command = CommandRunner.forSandbox(sandbox);
  });

  afterEach(async () => {
    command.remove();
    await sandbox.stop();
  });

  /** Prints an app, matches it, and returns its code and what the plan does. */
  async function planned(...options: string[]) {
    const { exitCode, stdout, stderr } = await command.run('adopt', '--print-app', ...options);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Printed the app.')]);
    const app = new PrintedApp(command.folder, stdout);
    expect(app.compile()).toBe('');
    app.synthesize();
    const matched = await command.run('adopt');
    expect([matched.exitCode, matched.stdout]).toEqual([0, expect.stringContaining('Wrote adoption.json.')]);
    const { changes } = await sandbox.planJson('dev-portal', app.synthesize());
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
      const { OKTA_API_TOKEN: _, ...environment } = sandbox.environment();
      command.remove();
      command = new CommandRunner({ PATH: process.env.PATH, ...environment });
      const { code, changes } = await planned('--only', parts);
      expect(changes).toEqual(expected);
      expect([...code.matchAll(/\w+\.from(?!File)\w+/g)].map(([method]) => method).sort()).toEqual(
        references,
      );
      expect(code).not.toContain('OktaProvider');
    },
    120_000,
  );

  test('clients: imports the chosen application, without a Konnect token', async () => {
    const { KONNECT_TOKEN: _, ...environment } = sandbox.environment();
    command.remove();
    command = new CommandRunner({ PATH: process.env.PATH, ...environment });
    const { code, changes } = await planned('--only', 'clients', '--client', 'Dev Portal app');
    expect(changes).toEqual(['import update okta_app_oauth']);
    expect(code).not.toContain('KonnectProvider');
  }, 120_000);

  test('publications keep their visibility and their strategies, each its own', async () => {
    const extras = new ManualSetupExtras(made);
    const strategyId = await extras.addStrategy('Second');
    await extras.addApi({ name: 'Orders' }, { strategyId });
    await made.publish({ visibility: 'private' });
    const { code, changes } = await planned('--only', 'publications');
    expect(changes).toEqual(Array(2).fill('import no-op konnect_api_publication'));
    expect(code).toContain('visibility: Visibility.PRIVATE');
    expect(code).toContain(strategyId);
    expect(code).toContain(made.strategyId);
  }, 120_000);
});
