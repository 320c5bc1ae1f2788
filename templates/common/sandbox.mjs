// Usage: npm run sandbox [-- <stack>... --keep --junit <file> --markdown <file>]
// Synthesizes the app, deploys its stacks, or those that you name, to Okta, Konnect and a gateway on loopback, registers
// the clients, and proves that only their credentials open the API. Needs Terraform or OpenTofu, and no account.
// Exit codes: 0 success, 1 a broken link or a failed deployment, 2 wrong usage.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  assertKeepsSecretsOut,
  assertMatchesProviderSchemas,
  junitReport,
  markdownReport,
  readStacks,
  StackTester,
  TestKitError,
} from 'okta-dev-portal-oidc/testing';

// With several clients name each: [{ client: 'Shop', api: 'Products' }, { client: 'Billing', api: 'Orders' }].
// A client without api is expected to call all APIs. unregisteredClient: 'Shop' is a client that must get 403, in place of
// one that is registered nowhere. Without clients the stacks are only deployed.
const CLIENTS = [{}];

/** Wrong usage. */
class UsageError extends Error {}

async function main() {
  const { names, keep, ...files } = parseArguments();
  const proofs = [];
  let tester;
  try {
    synthesize();
    const stacks = selectStacks(names);
    assertMatchesProviderSchemas(stacks);
    assertKeepsSecretsOut(stacks);

    tester = await StackTester.start(stacks);
    const { add } = await tester.deploy();
    console.log(`Deployed ${add} resources`);
    for (const client of CLIENTS) {
      // Before the first proof, so that an unregisteredClient has its own registrations. The proof shows a failure.
      await tester.register(client).catch(() => undefined);
    }
    for (const client of CLIENTS) {
      const name = describe(client, stacks);
      console.log(`\n${name}`);
      const proof = await prove(tester, client);
      console.log(String(proof));
      proofs.push({ name, proof });
    }
    writeReports(files, proofs);
    if (keep) {
      console.log(`\nThe sandbox runs until Ctrl-C. ${await tester.showPages(CLIENTS)}`);
      await once(process, 'SIGINT');
    }
    return proofs.every(({ proof }) => proof.opensForClientOnly) ? 0 : 1;
  } catch (error) {
    writeReports(files, [...proofs, { name: 'Sandbox', proof: { links: [failed(error)] } }]);
    throw error;
  } finally {
    await tester?.stop();
  }
}

function writeReports({ junit, markdown }, proofs) {
  if (junit) writeFileSync(junit, junitReport(proofs));
  if (markdown) writeFileSync(markdown, markdownReport(proofs));
}

/** An error before or between the proofs, for the reports. */
function failed({ message }) {
  return {
    name: 'sandbox',
    title: 'Deployment and proof',
    status: 'failed',
    detail: message,
    milliseconds: 0,
  };
}

function parseArguments() {
  const file = { type: 'string' };
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { keep: { type: 'boolean' }, junit: file, markdown: file },
    });
    return { names: positionals, ...values };
  } catch (error) {
    throw new UsageError(error.message);
  }
}

function synthesize() {
  // Without a spinner, and without a request for the newest version of cdktf.
  const env = { ...process.env, CI: 'true', CHECKPOINT_DISABLE: '1' };
  const { status } = spawnSync('cdktf', ['synth'], { stdio: 'inherit', env });
  if (status !== 0) {
    throw new Error('The app cannot be synthesized. Nothing was deployed.');
  }
}

function selectStacks(names) {
  const all = readStacks('cdktf.out');
  const unknown = names.filter((name) => all.every((stack) => stack.name !== name));
  if (unknown.length > 0) {
    const known = all.map(({ name }) => name).join(', ');
    throw new UsageError(`The app has no stack ${unknown.join(', ')}. It has ${known}.`);
  }
  return names.length > 0 ? all.filter(({ name }) => names.includes(name)) : all;
}

/** The heading of a proof. */
function describe({ client, api }, stacks) {
  const parts = [
    client && `client ${client}`,
    api && `API ${api}`,
    `${stacks.length === 1 ? 'stack' : 'stacks'} ${stacks.map(({ name }) => name).join(', ')}`,
  ];
  return `Proof for ${parts.filter(Boolean).join(', ')}`;
}

async function prove(tester, client) {
  try {
    return await tester.prove(client);
  } catch (error) {
    if (error instanceof TestKitError) {
      const fix =
        'Name each client in CLIENTS of sandbox.mjs. With several environments name a stack: npm run sandbox -- <stack>.';
      throw new UsageError(`${error.message}\n${fix}`);
    }
    throw error;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = error instanceof UsageError || error instanceof TestKitError ? 2 : 1;
}
