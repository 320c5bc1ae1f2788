import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from './command';
import { ManualSetup, type ManualSetupOptions } from './manual-setup';
import { ManualSetupExtras } from './manual-setup-extras';
import { PrintedApp } from './printed-app';

/** Values of variables by name. */
type Secrets = { readonly [variable: string]: string };

/** Updates of values that only the providers know. */
export const PROVIDER_DEFAULTS = ['import update konnect_portal', 'import update okta_app_oauth'];

/** A setup by hand in the sandbox, and the command that adopts it. */
export class AdoptionSetup {
  /** @param secrets the sandbox's values of variables, which the command must not print */
  public static async create(
    options: ManualSetupOptions = {},
    secrets: Secrets = {},
  ): Promise<AdoptionSetup> {
    const sandbox = await Sandbox.start({ variables: secrets });
    return new AdoptionSetup(sandbox, await ManualSetup.create(sandbox, options), secrets);
  }

  public readonly extras: ManualSetupExtras;
  public readonly command: CommandRunner;

  private constructor(
    public readonly sandbox: Sandbox,
    public readonly made: ManualSetup,
    private readonly secrets: Secrets,
  ) {
    this.extras = new ManualSetupExtras(made);
    this.command = CommandRunner.forSandbox(sandbox);
  }

  /** Stops the sandbox. Expects that the command printed no secret. */
  public async stop(): Promise<void> {
    const { okta, konnect } = this.sandbox;
    const secrets = [...okta.secrets(), ...konnect.secrets(), ...Object.values(this.secrets)];
    expect(secrets.filter((secret) => this.command.everything.includes(secret))).toEqual([]);
    this.command.remove();
    await this.sandbox.stop();
  }

  /** The app that the command prints, in the folder that it wrote the file to. */
  public async printedApp(...options: string[]): Promise<PrintedApp> {
    const { stdout, stderr } = await this.command.run('adopt', '--print-app', '--json', ...options);
    expect(stderr).toBe('');
    const { ok, app } = JSON.parse(stdout) as { ok: boolean; app: string };
    expect(ok).toBe(true);
    return new PrintedApp(this.command.folder, app);
  }

  /** What a plan does, by type: every resource is imported, and those that change are named. */
  public async planned(json: string) {
    const { changes } = await this.sandbox.planJson('dev-portal', json);
    return {
      imported: changes.filter(({ actions }) => actions[0] === 'import').length,
      others: changes
        .filter(({ actions }) => actions.join() !== 'import,no-op')
        .map(({ address, actions }) => `${actions.join(' ')} ${address.split('.')[0]}`),
    };
  }
}

/** Matches a synthesized app with the tenants, which writes the file that the app adopts. */
export async function match(command: CommandRunner, ...options: string[]): Promise<void> {
  const { exitCode, stdout } = await command.run('adopt', ...options);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Wrote adoption.json.')]);
}

/** Everything in both tenants, without times of changes and empty values. */
export function tenantsOf({ okta, konnect }: Sandbox): object {
  return JSON.parse(
    JSON.stringify([okta.snapshot(), konnect.snapshot()], (key, value: unknown) => {
      const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
      return isEmpty || ['updated_at', 'lastUpdated', 'pkce_required'].includes(key) ? undefined : value;
    }),
  ) as object;
}
