import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { findTerraform } from 'okta-dev-portal-oidc-sandbox';
import { OidcClientType, OktaDevPortalOidc } from '../../lib';
import { StackTester, TestKitError } from '../../testing';
import { Platform } from '../e2e/testing/platform';
import { Admin } from '../support/admin';
import { PageVisitor } from '../support/page-visitor';
import { describeWithTerraform } from '../support/sandbox';

const ROOT = resolve(__dirname, '..', '..');
const TSX = pathToFileURL(require.resolve('tsx')).href;

/** The command of the repository, without a build. */
const NPX = `npx() { shift; '${process.execPath}' --import '${TSX}' '${join(ROOT, 'cli', 'main.ts')}' "$@"; }`;

/** Each client with an API that it calls. */
const CLIENTS = [
  { client: 'shop', api: 'products' },
  { client: 'billing', api: 'orders' },
  { client: 'billing', api: 'stock' },
];

/** Runs lines for a terminal in a shell that has nothing but the PATH. */
async function paste(lines: readonly string[]): Promise<string> {
  const options = { cwd: ROOT, env: { PATH: process.env.PATH, HOME: process.env.HOME } };
  const script = [NPX, ...lines].join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-e', '-o', 'pipefail', '-c', script], options);
  return stdout;
}

/** The indented lines below a heading. */
function linesBelow(printed: string, heading: RegExp): string[] {
  const lines = printed.split('\n');
  const rest = lines.slice(lines.findIndex((line) => heading.test(line)) + 1);
  const start = rest.findIndex((line) => line.startsWith('  '));
  const end = rest.findIndex((line, index) => index > start && !line.startsWith('  '));
  return rest.slice(start, end < 0 ? undefined : end);
}

/*
 * What the sandbox shows and prints with --keep, for several clients with an API each.
 */
describeWithTerraform('the pages and lines of several clients', () => {
  let tester: StackTester;
  let printed: string;
  let exported: readonly string[];

  beforeAll(async () => {
    const stack = new Platform();
    new OktaDevPortalOidc(stack, 'products-oidc', {
      name: 'Okta OIDC, products',
      scopes: ['products.read'],
      clients: { shop: { label: 'shop', type: OidcClientType.SERVICE } },
      publications: { products: { api: stack.api('products'), portal: stack.portal } },
    });
    tester = await StackTester.start(stack);
    await tester.deploy();
    for (const client of CLIENTS) {
      await tester.prove(client);
    }
    printed = await tester.showPages(CLIENTS);
    exported = linesBelow(printed, /^Paste into another terminal/);
  }, 120_000);

  afterAll(() => tester?.stop());

  const idOf = (label: string) =>
    tester.sandbox.okta.clients().find((each) => each.label === label)?.clientId ?? '';
  const chainOf = async (label: string) =>
    (await new PageVisitor(tester.sandbox.portal.url).get(`/chain/links?client=${idOf(label)}`)).html;

  test('the request has the credentials and the API of the first client', async () => {
    expect(printed).toContain('The credentials are those of shop.');
    expect(exported.at(-1)).toContain('/products"');
    expect(await paste(exported)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test.each(['shop', 'billing'])('verify of %s checks only what it calls', async (label) => {
    const blocks = printed.split('\n\n').filter((block) => block.startsWith(`Check the chain of ${label} `));
    expect(blocks).toHaveLength(CLIENTS.filter(({ client }) => client === label).length);
    for (const block of blocks) {
      // In any order, because each block has the credentials of its client.
      expect(await paste([...exported, ...linesBelow(block, /^Check/)])).toMatch(/ OK, 0 broken, /);
    }
  });

  test('/chain shows a client with its APIs only', async () => {
    const shop = await chainOf('shop');
    expect(shop).toContain('<strong>0 broken</strong>');
    expect(shop).not.toContain('orders');
    const billing = await chainOf('billing');
    expect(billing).toContain('<strong>0 broken</strong>');
    expect(billing).toMatch(/Registration \(orders\)[\s\S]*Registration \(stock\)/);
    expect(billing).not.toContain('products');
  });

  test('/chain shows a client that is not registered with all APIs', async () => {
    expect(await chainOf('Unregistered client')).toMatch(/Registration of products/);
  });

  test('the fix for a client that is not registered reads the state of the sandbox too', async () => {
    const id = idOf('Unregistered client');
    const { folder } = tester.sandbox.workspace('platform');
    const options = `--chdir ${folder} --client-id ${id} --api orders`;
    const credentials = tester.sandbox.exportCredentials(id).split('\n');
    const verify = `npx okta-dev-portal-oidc verify ${options} --wait 0 || true`;
    expect(await paste([...exported, ...credentials, verify])).toContain(
      `Register it with npx okta-dev-portal-oidc register --developer <e-mail> ${options}, or in the portal`,
    );
  });

  test('the line that deploys again repairs a link, and leaves nothing in the project', async () => {
    const admin = new Admin(tester.sandbox);
    const claims = '/authorizationServers/default/claims';
    const listed = (await admin.okta('GET', claims)) as unknown as { id: string; name: string }[];
    await admin.okta('DELETE', `${claims}/${listed.find(({ name }) => name === 'clientId')?.id}`);
    const broken = await chainOf('shop');
    const lines = linesBelow(printed, /^Deploy again/);
    expect(lines).toEqual([
      `  ${findTerraform()} -chdir=${tester.sandbox.workspace('platform').folder} apply -auto-approve`,
    ]);
    expect(broken).toContain('<strong>Fix:</strong> Deploy again: ');
    expect(broken).toContain(`<code>${lines[0].trim()}</code>`);
    const before = readdirSync(ROOT);
    expect(await paste([...exported.slice(0, -1), ...lines])).toContain('Apply complete!');
    expect(readdirSync(ROOT)).toEqual(before);
    expect(await chainOf('shop')).toContain('<strong>0 broken</strong>');
  });

  test('names an API that the stacks do not publish', async () => {
    await expect(tester.showPages([{ client: 'shop', api: 'Products' }])).rejects.toThrow(
      new TestKitError('The stacks do not publish Products\n    → They publish orders, stock, products.'),
    );
  });
});

describeWithTerraform('the pages without clients', () => {
  test('print how to deploy again, and no verify', async () => {
    const tester = await StackTester.start(new Platform());
    try {
      await tester.deploy();
      const printed = await tester.showPages([]);
      expect(printed).not.toContain('Check the chain');
      expect(printed).toContain('Deploy again');
    } finally {
      await tester.stop();
    }
  }, 60_000);
});
