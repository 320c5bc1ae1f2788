// Usage: npm run sandbox [-- --keep]
// Deploys the synthesized stacks to Okta, Konnect and a gateway on loopback, registers the client, and proves that only
// its credentials open the API. Needs Terraform or OpenTofu, and no account.
import { once } from 'node:events';
import {
  assertKeepsSecretsOut,
  assertMatchesProviderSchemas,
  readStacks,
  StackTester,
} from 'okta-dev-portal-oidc/testing';

// With several clients name each: [{ client: 'Shop', api: 'Products' }, { client: 'Billing', api: 'Orders' }].
// A client without api is expected to call all APIs.
const CLIENTS = [{}];

const stacks = readStacks('cdktf.out');
assertMatchesProviderSchemas(stacks);
assertKeepsSecretsOut(stacks);

const tester = await StackTester.start(stacks);
try {
  const { add } = await tester.deploy();
  console.log(`Deployed ${add} resources`);
  for (const client of CLIENTS) {
    const proof = await tester.prove(client);
    console.log(String(proof));
    process.exitCode ||= proof.opensForClientOnly ? 0 : 1;
  }
  if (process.argv.includes('--keep')) {
    const { gateway, konnect, portal } = tester.sandbox;
    console.log(`Until Ctrl-C: gateway ${gateway.url}, Konnect ${konnect.url}, portals ${portal.url}`);
    await once(process, 'SIGINT');
  }
} finally {
  await tester.stop();
}
