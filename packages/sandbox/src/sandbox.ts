import { join } from 'node:path';
import { credentialLines, usage } from './banner';
import { Clock } from './clock';
import { konnectProvider } from './fake-providers/konnect';
import { oktaProvider } from './fake-providers/okta';
import { Gateway } from './gateway/gateway';
import { RequestLog } from './http/request-log';
import { OidcIssuer, type OidcIssuerOptions } from './issuer/oidc-issuer';
import { KonnectTenant } from './konnect/konnect-tenant';
import { atExit } from './lifecycle';
import { OktaOrg } from './okta/okta-org';
import type { OktaRateLimit } from './okta/rate-limit';
import { GatewayRequests, pathOf } from './portal/pages/gateway-requests';
import type { PortalService } from './portal/portal-service';
import { FakeProvider, reattachEnvironment } from './providers';
import { checkStackName } from './terraform/stack-name';
import { States } from './terraform/states';
import { type Environment, findTerraform, Terraform, TerraformError } from './terraform/terraform';
import { type Changes, type Outputs, type Plan, type Variables, Workspace } from './terraform/workspace';
import { createWorkFolder, removeWorkFolder } from './work-folder';

/** Which providers Terraform talks to. */
export enum Providers {
  /** The sandbox's fake providers for the pinned versions of okta and konnect. They need no registry. */
  FAKE = 'fake',
  /** The real ones, as Terraform finds them: registry, mirror or CLI configuration. */
  REGISTRY = 'registry',
}

/** Options of a sandbox. */
export interface SandboxOptions {
  /**
   * Which providers Terraform runs.
   *
   * @default Providers.FAKE
   */
  readonly providers?: Providers;

  /**
   * Whether the fake provider konnect changes auth strategies in place, as the provider does from 3.22 on.
   *
   * @default - false: it replaces them, like the pinned version
   */
  readonly strategiesInPlace?: boolean;

  /**
   * Rate limit of the Okta org. Further requests get 429.
   *
   * @default - no limit
   */
  readonly oktaRateLimit?: OktaRateLimit;

  /**
   * An OpenID Connect issuer other than Okta, for strategies of any issuer.
   *
   * @default - none
   */
  readonly issuer?: OidcIssuerOptions;

  /**
   * Values of Terraform variables by name; each stack gets the ones that it declares.
   *
   * @default - the variables' defaults, and TF_VAR_… of the environment
   */
  readonly variables?: Variables;

  /**
   * Whether stacks keep their backends, and write the sandbox's resources into those states.
   *
   * @default - false: each state is in the sandbox, and `terraform_remote_state` reads it there
   */
  readonly keepBackends?: boolean;
}

/** A `TerraformStack` of cdktf or of cdktn. */
export interface Stack {
  /** Node of the stack in the construct tree. */
  readonly node: { readonly id: string };
  /** Prepares the stack for synthesis. */
  prepareStack(): void;
  /** Synthesizes the stack. */
  toTerraform(): unknown;
}

/** The result of a deployment. */
export interface Deployment {
  /** How many resources were changed. */
  readonly changes: Changes;
  /** Outputs of the stack by name, sensitive ones too. */
  readonly outputs: Outputs;
}

/**
 * An Okta org, a Konnect tenant with its portals and a gateway on free ports of the loopback interface, and Terraform
 * pointed at them. Everything is in memory and in one temporary folder; nothing is left after `stop`,
 * a crash or Ctrl-C. Several of them run side by side.
 */
export class Sandbox {
  /** Starts all services, each on a free port. */
  public static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    const clock = new Clock();
    const requests = new RequestLog();
    const okta = await OktaOrg.start({ clock, log: requests, rateLimit: options.oktaRateLimit });
    const konnect = await KonnectTenant.start({ clock, log: requests });
    const issuer = options.issuer && (await OidcIssuer.start({ ...options.issuer, clock, log: requests }));
    const gateway = await Gateway.start({ configuration: konnect.configuration, clock, log: requests });
    const portal = await konnect.servePortals({ log: requests, okta, gateway });
    const providers =
      options.providers === Providers.REGISTRY
        ? []
        : [
            await FakeProvider.start(oktaProvider(okta)),
            await FakeProvider.start(konnectProvider(konnect, options)),
          ];
    return new Sandbox(clock, requests, okta, issuer, konnect, portal, gateway, providers, options);
  }

  /** Folder of the stacks' workspaces. */
  public readonly folder = createWorkFolder();
  private readonly workspaces = new Map<string, Workspace>();
  private readonly states: States;
  private readonly variables: Variables;
  private readonly forget: () => void;
  private terraform?: Terraform;

  private constructor(
    /** The sandbox's clock, which decides when tokens expire. */
    public readonly clock: Clock,
    /** Every request to every service. */
    public readonly requests: RequestLog,
    /** The Okta org. */
    public readonly okta: OktaOrg,
    /** The OpenID Connect issuer other than Okta, `undefined` without the option `issuer`. */
    public readonly issuer: OidcIssuer | undefined,
    /** The Konnect tenant. */
    public readonly konnect: KonnectTenant,
    /** The tenant's portals as developers see them. */
    public readonly portal: PortalService,
    /** The gateway of all control planes. */
    public readonly gateway: Gateway,
    private readonly providers: readonly FakeProvider[],
    { keepBackends = false, variables = {} }: SandboxOptions,
  ) {
    this.states = new States(keepBackends);
    this.variables = variables;
    this.forget = atExit(() => {
      this.terraform?.kill();
      removeWorkFolder(this.folder);
    });
  }

  /** Environment variables for Terraform and the command `okta-dev-portal-oidc`. */
  public environment(): { readonly [name: string]: string } {
    return {
      OKTA_ORG_NAME: this.okta.orgName,
      OKTA_BASE_URL: this.okta.baseUrl,
      OKTA_API_TOKEN: this.okta.apiToken,
      OKTA_HTTP_PROXY: this.okta.url,
      ...(this.issuer && { OIDC_ISSUER: this.issuer.url }),
      KONNECT_SERVER_URL: this.konnect.url,
      KONNECT_TOKEN: this.konnect.token,
      KONNECT_PROXY_URL: this.gateway.url,
      ...(this.providers.length > 0 && { TF_REATTACH_PROVIDERS: reattachEnvironment([...this.providers]) }),
    };
  }

  /**
   * Lines for another terminal, with the tokens of the sandbox: the environment, a request with the credentials of a
   * client, and the addresses of the pages.
   *
   * @param clientId client of the request. Default: the first one
   * @param apiId API of the request. Default: that of the first route
   */
  public usage(clientId?: string, apiId?: string): string {
    const clients = this.okta.clients();
    const client = clients.find((each) => each.clientId === clientId) ?? clients.at(0);
    const path = this.pathOfApi(apiId);
    return usage({ environment: this.environment(), portalUrl: this.portal.url, path, client });
  }

  /** Lines for a terminal with the environment of the sandbox, which export the credentials of a client. */
  public exportCredentials(clientId: string): string {
    return credentialLines(clientId).join('\n');
  }

  /**
   * Applies a stack.
   *
   * @throws TerraformError with Terraform's message, if neither terraform nor tofu is installed, or if the name of the
   * stack is not a valid folder name
   */
  public async deploy(stack: Stack): Promise<Deployment> {
    return this.deployJson(stack.node.id, synthesized(stack));
  }

  /** Applies Terraform JSON. The name must be unique and a valid folder name. */
  public async deployJson(name: string, json: string): Promise<Deployment> {
    const workspace = this.workspace(name);
    const changes = await workspace.apply(json);
    return { changes, outputs: await workspace.outputs() };
  }

  /** What a deployment of the stack would do. */
  public async plan(stack: Stack): Promise<Plan> {
    return this.planJson(stack.node.id, synthesized(stack));
  }

  /** Plans Terraform JSON. */
  public async planJson(name: string, json: string): Promise<Plan> {
    return this.workspace(name).plan(json);
  }

  /** Destroys the resources of a stack. */
  public async destroy(name: string): Promise<Changes> {
    return this.workspace(name).destroy();
  }

  /**
   * The folder of one stack, to run more Terraform commands in.
   *
   * @throws TerraformError if the name is not a valid folder name
   */
  public workspace(name: string): Workspace {
    checkStackName(name);
    let workspace = this.workspaces.get(name);
    if (!workspace) {
      this.terraform ??= new Terraform(requireTerraform(), this.environment());
      workspace = new Workspace(join(this.folder, name), this.terraform, this.states, this.variables);
      this.workspaces.set(name, workspace);
    }
    return workspace;
  }

  /** Path of an API at the gateway, or of the first route. */
  private pathOfApi(apiId?: string): string {
    const { configuration } = this.konnect;
    const request = apiId && new GatewayRequests('', configuration).find(apiId);
    const [first = '/'] = configuration.routes().flatMap((route) => pathOf(route) ?? []);
    return request ? request.url : first;
  }

  /** Closes all ports, kills running processes and removes the folder. */
  public async stop(): Promise<void> {
    this.terraform?.kill();
    for (const part of [...this.providers, this.gateway, this.portal, this.konnect, this.issuer, this.okta]) {
      await part?.stop();
    }
    removeWorkFolder(this.folder);
    this.forget();
  }
}

function synthesized(stack: Stack): string {
  stack.prepareStack();
  return JSON.stringify(stack.toTerraform());
}

function requireTerraform(environment: Environment = process.env): string {
  const binary = findTerraform(environment);
  if (!binary) {
    throw new TerraformError(
      'Neither terraform nor tofu is on the PATH: install Terraform 1.5 or newer (https://developer.hashicorp.com/terraform/install) or OpenTofu, or name the binary in TERRAFORM_BINARY_NAME',
      null,
    );
  }
  return binary;
}
