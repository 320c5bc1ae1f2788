import { resolve } from 'node:path';
import { Chain } from '../chain/chain';
import { createLinks } from '../chain/create-links';
import { GatewayClient } from '../chain/gateway-client';
import type { SecretSource } from '../chain/issuer-advice';
import { requireSecretMethod } from '../client-auth-method';
import type { Console } from '../console';
import { type Client, Deployment } from '../deployment';
import { CommandError, type ExitCode } from '../exit';
import { KonnectClient } from '../konnect-client';
import { OktaAdminClient } from '../okta-admin-client';
import { runSteps } from '../progress';
import { selectClient } from '../select-client';
import { report } from './report';
import type { VerifyOptions } from './verify-options';

/** Checks the chain from the credentials of a client to the API, link by link. */
export async function verify(options: VerifyOptions, console: Console): Promise<ExitCode> {
  requireDifferentReports(options, console);
  const deployment = await Deployment.load(options, console);
  const client = selectClient(deployment.clients, options);
  requireSecretMethod(client);
  const secret = clientSecretOf(client, console);
  const unregisteredClient = unregisteredClientOf(options, console);
  const konnect = await KonnectClient.create(console);
  await deployment.lookUpNames(konnect);
  const publications = deployment.selectPublications(options.api, options.portal);
  const gateway = await GatewayClient.create(console);
  const admin = await createAdminClient(console);
  const common = {
    options,
    console,
    deployment,
    client,
    ...secret,
    unregisteredClient,
    konnect,
    gateway,
    admin,
  };
  const { links } = await createLinks(common, publications);
  const chain = new Chain(links);
  await runSteps(chain.steps(), console, options.json);
  return report(chain.results(), options, console);
}

function requireDifferentReports({ junit, markdown }: VerifyOptions, { io: { cwd } }: Console): void {
  if (junit !== undefined && markdown !== undefined && resolve(cwd, junit) === resolve(cwd, markdown)) {
    throw CommandError.usage(`--junit and --markdown are the same file: ${junit}`, 'Name two files.');
  }
}

/** The secret in OKTA_CLIENT_SECRET, or the one in the state. */
function clientSecretOf(
  { label, clientId, applicationId, clientSecret }: Client,
  console: Console,
): { readonly clientSecret: string; readonly secretSource: SecretSource } {
  const fromEnvironment = console.io.env.OKTA_CLIENT_SECRET;
  const secret = fromEnvironment || clientSecret;
  if (!secret) {
    throw CommandError.usage(
      `No secret of ${label}: OKTA_CLIENT_SECRET is not set, and the state does not hold it`,
      applicationId === undefined
        ? `Set it to the secret of ${label}: export OKTA_CLIENT_SECRET=...`
        : `Copy it from application ${label} in Okta: export OKTA_CLIENT_SECRET=...`,
    );
  }
  console.redactor.addCredentials(clientId, secret);
  return { clientSecret: secret, secretSource: fromEnvironment ? 'environment' : 'state' };
}

function unregisteredClientOf({ unregisteredClientId: clientId }: VerifyOptions, console: Console) {
  const { OKTA_UNREGISTERED_CLIENT_SECRET: clientSecret } = console.io.env;
  if (clientId === undefined) {
    return undefined;
  }
  if (!clientSecret) {
    throw CommandError.usage(
      'OKTA_UNREGISTERED_CLIENT_SECRET is not set',
      `Set it to the secret of ${clientId}.`,
    );
  }
  console.redactor.addCredentials(clientId, clientSecret);
  return { clientId, clientSecret };
}

/** The Management API explains refusals. Its variables are optional. */
async function createAdminClient(console: Console): Promise<OktaAdminClient | undefined> {
  const { OKTA_API_TOKEN, OKTA_ACCESS_TOKEN } = console.io.env;
  if (!OKTA_API_TOKEN && !OKTA_ACCESS_TOKEN) {
    return undefined;
  }
  try {
    return await OktaAdminClient.create(console);
  } catch (error) {
    if (error instanceof CommandError) {
      console.debug(error.message);
      return undefined;
    }
    throw error;
  }
}
