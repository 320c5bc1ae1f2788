import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from './command';
import { ManualSetup, type ManualSetupOptions } from './manual-setup';
import { ManualSetupExtras } from './manual-setup-extras';
import { SecretScanner } from './secret-scanner';

/** The how-to, set up by hand in a sandbox, and the command with the state of what was set up. */
export class CommandSetup {
  /** @param variables the sandbox's values of Terraform variables, which the command must not print */
  public static async create(
    options: ManualSetupOptions = {},
    variables: { readonly [name: string]: string } = {},
  ): Promise<CommandSetup> {
    const sandbox = await Sandbox.start({ variables });
    const made = await ManualSetup.create(sandbox, options);
    return new CommandSetup(sandbox, made, Object.values(variables));
  }

  public readonly extras: ManualSetupExtras;
  public readonly command: CommandRunner;

  protected constructor(
    public readonly sandbox: Sandbox,
    public readonly made: ManualSetup,
    private readonly secrets: readonly string[] = [],
  ) {
    this.extras = new ManualSetupExtras(made);
    this.command = CommandRunner.forSandbox(sandbox);
    this.command.writeState(made.state());
  }

  /** Runs `register` for a developer. */
  public register(...options: string[]) {
    return this.command.run(
      ...['register', '--state', 'state.json', '--developer', 'dev@example.test'],
      ...options,
    );
  }

  /** Runs `verify`. Does not wait for the gateway. */
  public verify(...options: string[]) {
    return this.command.run('verify', '--state', 'state.json', '--wait', '0', ...options);
  }

  /** Stops the sandbox. Expects that the command printed no secret. */
  public async stop(): Promise<void> {
    const scanner = SecretScanner.of(this.sandbox, this.secrets);
    expect(scanner.find({ command: this.command.everything })).toEqual([]);
    this.command.remove();
    await this.sandbox.stop();
  }
}
