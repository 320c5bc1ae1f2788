// Usage: npm run sandbox [-- <stack>... --keep]
// Deploys the synthesized stacks, or those that you name, to Okta, Konnect and a gateway on loopback, registers the
// client, and proves that only its credentials open the API. Needs Terraform or OpenTofu, and no account.
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import {
  assertKeepsSecretsOut,
  assertMatchesProviderSchemas,
  readStacks,
  StackTester,
  TestKitError,
} from 'okta-dev-portal-oidc/testing';

// With several clients name each: [{ client: 'Shop', api: 'Products' }, { client: 'Billing', api: 'Orders' }].
// A client without api is expected to call all APIs.
const CLIENTS = [{}];

const { positionals: names, values: options } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean' } },
});
const all = readStacks('cdktf.out');
const unknown = names.filter((name) => all.every((stack) => stack.name !== name));
if (unknown.length > 0) {
  console.error(
    `The app has no stack ${unknown.join(', ')}. It has ${all.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
const stacks = names.length > 0 ? all.filter(({ name }) => names.includes(name)) : all;
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
  if (options.keep) {
    const { gateway, konnect, portal } = tester.sandbox;
    console.log(`Until Ctrl-C: gateway ${gateway.url}, Konnect ${konnect.url}, portals ${portal.url}`);
    await once(process, 'SIGINT');
  }
} catch (error) {
  if (!(error instanceof TestKitError)) {
    throw error;
  }
  console.error(error.message);
  console.error(
    'With several environments name one: npm run sandbox -- <stack>. Otherwise set CLIENTS in sandbox.mjs.',
  );
  process.exitCode = 2;
} finally {
  await tester.stop();
}
