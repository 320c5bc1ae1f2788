import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../../support/command';
import { CommandSetup } from '../../support/command-setup';
import { ManualSetup, type ManualSetupOptions } from '../../support/manual-setup';
import { type Fault, RequestFaults } from '../../support/request-faults';

const DEVELOPER = 'dev@example.test';

interface State {
  readonly values: {
    readonly root_module: { readonly resources: { readonly type: string; readonly values: object }[] };
  };
}

interface RegistrationLink {
  readonly status: string;
  readonly remedy: string;
}

/** The command `register` for the client of a how-to that was set up by hand. */
export class Registering extends CommandSetup {
  public static async start(options: ManualSetupOptions = {}): Promise<Registering> {
    const sandbox = await Sandbox.start();
    const made = await ManualSetup.create(sandbox, options);
    sandbox.requests.clear();
    return new Registering(sandbox, made);
  }

  /** Path of the portal. */
  public get portal(): string {
    return `/v3/portals/${this.made.portalId}`;
  }

  /** Runs the command for any developer. */
  public registerFor(developer: string, ...options: string[]) {
    return this.command.run('register', '--state', 'state.json', '--developer', developer, ...options);
  }

  /** Runs the command with a fault for the first request of a method to a path, or a later one. */
  public async registerWithFault(
    method: string,
    path: RegExp,
    fault: Fault & { readonly skipped?: number },
    ...options: string[]
  ) {
    let index = 0;
    const faults = new RequestFaults(this.sandbox);
    faults.faultFor = (request) => {
      const [each, place = ''] = request.replace(/ #\d+$/, '').split(' konnect:');
      return each === method && path.test(place) && index++ === (fault.skipped ?? 0) ? fault : undefined;
    };
    try {
      return await this.register(...options);
    } finally {
      faults.remove();
    }
  }

  public writes() {
    return this.sandbox.requests.writes().map(({ method, path, status }) => [method, path, status]);
  }

  /** What the portal has below a path. */
  public listed(what: string): Promise<{ readonly id: string }[]> {
    return this.made.admin.konnectList(`${this.portal}/${what}`);
  }

  /** Replaces the strategy, in Konnect and in the state. */
  public async replaceStrategy(): Promise<void> {
    await this.made.replaceStrategy();
    this.command.writeState(this.made.state());
  }

  /**
   * Publishes the API with a second strategy, Orders OIDC, in Konnect and in the state. The first strategy stays, for one
   * more API.
   */
  public async useSecondStrategy(): Promise<void> {
    const { made, command, sandbox } = this;
    const { id: other } = await made.admin.konnect('POST', '/v3/apis', { name: 'Other' });
    await made.publish({}, other);
    const { configs } = (await made.admin.konnect(
      'GET',
      `/v2/application-auth-strategies/${made.strategyId}`,
    )) as { readonly configs?: object };
    ({ id: made.strategyId } = await made.admin.konnect('POST', '/v2/application-auth-strategies', {
      ...{ name: 'Orders OIDC', display_name: 'Orders OIDC', strategy_type: 'openid_connect' },
      configs,
    }));
    await made.publish();
    const state = made.state() as State;
    for (const { type, values } of state.values.root_module.resources) {
      if (type === 'konnect_application_auth_strategy') {
        Object.assign(values, { name: 'Orders OIDC' });
      }
    }
    command.writeState(state);
    sandbox.requests.clear();
  }

  /** The link Registration as `verify` sees it. */
  public async verifyRegistration(...options: string[]): Promise<RegistrationLink> {
    return this.verifyRegistrationOf({}, ...options);
  }

  /** The link Registration as `verify` sees it with more environment variables. */
  public async verifyRegistrationOf(
    env: { readonly OKTA_CLIENT_SECRET?: string },
    ...options: string[]
  ): Promise<RegistrationLink> {
    const runner = CommandRunner.forSandbox(this.sandbox, env);
    runner.writeState(JSON.parse(this.command.state));
    const { stdout } = await runner.run(
      'verify',
      '--state',
      'state.json',
      '--wait',
      '0',
      '--json',
      ...options,
    );
    runner.remove();
    const { links } = JSON.parse(stdout) as { links: (RegistrationLink & { readonly name: string })[] };
    const link = links.find(({ name }) => name === 'registration');
    if (!link) {
      throw new Error(`No link Registration in ${stdout}`);
    }
    return link;
  }

  /** Runs the command that a remedy of `verify` names. */
  public runAdvised(remedy: string, ...options: string[]) {
    const [, advised = ''] = /okta-dev-portal-oidc (register .*?)(?:[,.] |\.?$)/.exec(remedy) ?? [];
    const words = [...advised.replace('<e-mail>', DEVELOPER).matchAll(/'([^']*)'|(\S+)/g)];
    const args = words.map(([, quoted, plain]) => quoted ?? plain);
    return this.command.run(...args, '--state', 'state.json', ...options);
  }

  /** Replaces the Okta application, in Okta and in the state. */
  public async replaceClient(): Promise<void> {
    const { clientId } = await this.made.admin.createApplication('Dev Portal app');
    this.made.clientId = clientId;
    this.command.writeState(this.made.state());
  }

  /** Publishes one more API with the strategy, in Konnect and in the state. */
  public async publishAnother(name: string): Promise<string> {
    const { made, command, sandbox } = this;
    const { id } = await made.admin.konnect('POST', '/v3/apis', { name });
    const strategy = { auth_strategy_ids: [made.strategyId], visibility: 'public' };
    await made.publish(strategy, id);
    const state = JSON.parse(command.state) as State;
    const managed = (type: string, values: object) => ({
      ...{ address: `${type}.another`, mode: 'managed', type },
      values,
    });
    state.values.root_module.resources.push(
      managed('konnect_api', { id, name }),
      managed('konnect_api_publication', { api_id: id, portal_id: made.portalId, ...strategy }),
    );
    command.writeState(state);
    sandbox.requests.clear();
    return id;
  }
}
