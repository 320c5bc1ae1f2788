import { GatewayClient } from '../chain/gateway-client';
import { requireSecretMethod } from '../client-auth-method';
import type { Console } from '../console';
import { type Client, Deployment } from '../deployment';
import { CommandError, ExitCode } from '../exit';
import { KonnectClient } from '../konnect-client';
import { OktaAdminClient } from '../okta-admin-client';
import { runSteps } from '../progress';
import { selectOktaClient } from '../select-client';
import { ClientSecrets } from './client-secrets';
import type { RotateResult } from './output';
import { Proof } from './proof';
import type { RotateOptions } from './rotate-options';
import { Rotation } from './rotation';
import { createSink } from './secret-sink';

/** Replaces the secret of an Okta client without an interruption. */
export async function rotate(options: RotateOptions, console: Console): Promise<ExitCode> {
  const deployment = await Deployment.load(options, console);
  const client = selectOktaClient(deployment.clients, options.client);
  requireSecretMethod(client);
  requireSecretOutsideState(client);
  const sink = createSink(options, client, console);
  const okta = await OktaAdminClient.create(console);
  const konnect = await KonnectClient.create(console);
  const gateway = await GatewayClient.create(console);
  await deployment.lookUpNames(konnect);
  const publications = deployment.selectWithStrategy(options.api, options.portal);
  const proofOptions = { ...options, unsafeMethods: false };
  const proof = new Proof(
    { options: proofOptions, console, deployment, client, konnect, gateway, admin: okta },
    publications,
  );
  const secrets = new ClientSecrets(okta, client, console);
  const rotation = new Rotation(options, client, secrets, sink, proof, console);
  await runSteps(rotation.steps(), console, options.json);
  const { exitCode, results } = rotation;
  if (options.json) {
    const result: RotateResult = { ok: exitCode === ExitCode.OK, steps: results };
    console.printJson(result);
  }
  return exitCode;
}

/** The provider never reads a new secret into the state, and sends the old one at the next change of the application. */
function requireSecretOutsideState({ label, clientSecret }: Client): void {
  if (clientSecret !== undefined) {
    throw CommandError.usage(
      `The state holds the secret of ${label}, and would keep the old one: the next change of the application sends it to Okta again`,
      'Move the client to ClientSecretStorage.OKTA_ONLY and deploy, then rotate. Or let Terraform replace the application: docs/rotate-a-secret.md.',
    );
  }
}
