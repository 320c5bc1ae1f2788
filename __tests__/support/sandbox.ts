import { type ChildProcess, spawn } from 'node:child_process';
import { TerraformOutput, type TerraformStack } from 'cdktf';
import {
  Api,
  ClientSecretStorage,
  ControlPlane,
  DevPortal,
  GatewayService,
  type GatewayServiceProps,
  OktaDevPortalOidc,
  type OktaDevPortalOidcProps,
} from 'okta-dev-portal-oidc';
import { findTerraform, type Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeUnlessInCi } from './describe-unless';
import { stackWithProviders } from './how-to';

/** What a test changes in the how-to. */
export interface HowToChanges {
  readonly oidc?: Partial<OktaDevPortalOidcProps>;
  readonly service?: Partial<GatewayServiceProps>;
  readonly portalDescription?: string;
  readonly autoApproveApplications?: boolean;

  /** @default ClientSecretStorage.IN_STATE, with the secret as a sensitive output */
  readonly clientSecret?: ClientSecretStorage;
}

/** A stack with the how-to, and with the client's credentials, API and portal as outputs. */
export function howToStack({
  oidc: props = {},
  service = {},
  portalDescription,
  autoApproveApplications,
  clientSecret = ClientSecretStorage.IN_STATE,
}: HowToChanges = {}): TerraformStack {
  const stack = stackWithProviders('how-to');
  const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'quickstart' });
  const routes = { 'example-route': { paths: ['/anything'] } };
  const gatewayService = new GatewayService(stack, 'service', {
    controlPlane,
    host: 'upstream.internal',
    path: '/anything',
    routes,
    ...service,
  });
  const portal = new DevPortal(stack, 'portal', {
    name: 'MyDevPortal',
    autoApproveDevelopers: true,
    autoApproveApplications,
    description: portalDescription,
  });
  const api = new Api(stack, 'api', { name: 'MyAPI', gatewayService });
  const oidc = new OktaDevPortalOidc(stack, 'oidc', {
    publications: { 'my-api': { api, portal } },
    ...props,
  });
  const client = oidc.addClient('app', {
    label: 'Dev Portal app',
    redirectUris: ['https://localhost/callback'],
    secretStorage: clientSecret,
  });
  const outputs = {
    client_id: client.clientId,
    ...(clientSecret === ClientSecretStorage.IN_STATE && { client_secret: client.clientSecret }),
    api_id: api.apiId,
    portal_id: portal.portalId,
    strategy_id: oidc.strategy.strategyId,
  };
  for (const [name, value] of Object.entries(outputs)) {
    new TerraformOutput(stack, name, { value, sensitive: name === 'client_secret' });
  }
  return stack;
}

/** Why tests that need Terraform are skipped, `undefined` if it is there. */
export function missingTerraform(): string | undefined {
  return findTerraform() === undefined ? 'neither terraform nor tofu is on the PATH' : undefined;
}

/** Runs a suite that needs Terraform. Without Terraform it fails in CI, and is skipped elsewhere with the reason. */
export function describeWithTerraform(name: string, suite: () => void): void {
  describeUnlessInCi(missingTerraform(), name, suite);
}

/** `terraform apply` in a separate process, which can be killed. The configuration was planned before. */
export function startApply(sandbox: Sandbox, stack: string, ...options: string[]): ChildProcess {
  return spawn(String(findTerraform()), ['apply', '-auto-approve', '-input=false', ...options], {
    cwd: sandbox.workspace(stack).folder,
    env: { ...process.env, ...sandbox.environment() },
    stdio: 'ignore',
  });
}

/** Sends a signal to a process, and waits for its end. */
export function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill(signal);
  return ended;
}
