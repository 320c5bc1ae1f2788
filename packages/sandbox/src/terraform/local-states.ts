interface RemoteState {
  readonly backend?: string;
  readonly config?: { readonly path?: string };
}

interface Configuration {
  readonly terraform?: { backend?: { [type: string]: { readonly path?: string } } };
  readonly data?: { readonly terraform_remote_state?: { readonly [name: string]: RemoteState } };
}

/**
 * Where the states of the sandbox's stacks lie. cdktf writes the absolute path of a local state into the
 * JSON; in a sandbox each state lies beside its stack, and whoever reads that path as a remote state
 * finds it there.
 */
export class LocalStates {
  private readonly files = new Map<string, string>();

  /** The configuration with its own state in `file`, and with the states of stacks that were here before. */
  public redirect(json: string, file: string): string {
    const configuration = JSON.parse(json) as Configuration;
    const { terraform, data } = configuration;
    if (terraform?.backend?.local) {
      const { path } = terraform.backend.local;
      if (path !== undefined) {
        this.files.set(path, file);
      }
      // Without a backend the state lies in the folder as well, and nothing has to be initialised for it.
      delete terraform.backend;
    }
    const redirected = Object.entries(data?.terraform_remote_state ?? {}).map(([name, state]) => {
      const path = state.backend === 'local' ? this.files.get(state.config?.path ?? '') : undefined;
      return [name, path === undefined ? state : { ...state, config: { ...state.config, path } }];
    });
    return JSON.stringify(
      redirected.length === 0
        ? configuration
        : { ...configuration, data: { ...data, terraform_remote_state: Object.fromEntries(redirected) } },
      undefined,
      2,
    );
  }
}
