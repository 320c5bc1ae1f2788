import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import type { CommandRunner } from './command';
import { PrintedApp } from './printed-app';

/** Updates of values that only the providers know. */
export const PROVIDER_DEFAULTS = ['import update konnect_portal', 'import update okta_app_oauth'];

/** The app that the command prints, in the folder that it wrote the file to. */
export async function printApp(command: CommandRunner, ...options: string[]): Promise<PrintedApp> {
  const { stdout, stderr } = await command.run('adopt', '--print-app', '--json', ...options);
  expect(stderr).toBe('');
  const { ok, app } = JSON.parse(stdout) as { ok: boolean; app: string };
  expect(ok).toBe(true);
  return new PrintedApp(command.folder, app);
}

/** What a plan does, by type: every resource is imported, and those that change are named. */
export async function planAdoption(sandbox: Sandbox, json: string) {
  const { changes } = await sandbox.planJson('dev-portal', json);
  return {
    imported: changes.filter(({ actions }) => actions[0] === 'import').length,
    others: changes
      .filter(({ actions }) => actions.join() !== 'import,no-op')
      .map(({ address, actions }) => `${actions.join(' ')} ${address.split('.')[0]}`),
  };
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
