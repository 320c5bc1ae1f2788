import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChainLink, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { verifyCheck } from '../../../packages/sandbox/src/chain/verify-check';
import { Admin } from '../../support/admin';
import { requireOutputSchema } from '../../support/output-schema';
import { PageVisitor } from '../../support/page-visitor';

/*
 * The page of the chain: what it shows of a check, and the check of the command `okta-dev-portal-oidc-sandbox`.
 */
const LINKS: ChainLink[] = [
  { title: 'Token', status: 'ok', detail: 'the client gets one', remedy: 'nothing to do' },
  { title: 'Claim', status: 'failed', detail: 'no claim', remedy: 'Add it.' },
  { title: 'Request', status: 'skipped', detail: 'not checked', remedy: 'nothing to do' },
];

let sandbox: Sandbox;
let folder: string;

beforeAll(async () => {
  sandbox = await Sandbox.start();
});

afterAll(() => sandbox.stop());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chain-page-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const chain = async () => (await new PageVisitor(sandbox.portal.url).get('/chain/links')).html;

test('without a check, says what is missing, and no page links it', async () => {
  expect(await chain()).toContain('Nothing is checked.');
  const start = async () => (await new PageVisitor(sandbox.portal.url).get('/')).html;
  expect(await start()).not.toContain('href="/chain"');
  sandbox.portal.showChain(async () => LINKS);
  expect(await start()).toContain('href="/chain"');
});

test('shows each link with its state, and the fix of a broken one', async () => {
  expect(sandbox.portal.showChain(async () => LINKS)).toBe(`${sandbox.portal.url}/chain`);
  const html = await chain();
  expect(html).toContain('<strong>1 OK</strong>, <strong>1 broken</strong>, 1 not checked');
  expect([...html.matchAll(/class="state">(.*?)</g)].map(([, state]) => state)).toEqual([
    ...['OK', 'Broken', 'Not checked'],
  ]);
  expect(html.match(/Fix:.*/g)).toEqual(['Fix:</strong> Add it.</p>']);
});

test('shows how to deploy again while a link is broken', async () => {
  sandbox.portal.showChain(async () => LINKS, ['terraform -chdir=/a apply', 'terraform -chdir=/b apply']);
  expect(await chain()).toContain('<code>terraform -chdir=/a apply\nterraform -chdir=/b apply</code>');
  sandbox.portal.showChain(async () => LINKS.slice(0, 1), ['terraform -chdir=/a apply']);
  expect(await chain()).not.toContain('terraform');
  sandbox.portal.showChain(async () => LINKS);
  expect(await chain()).not.toContain('deploy again');
});

test('runs one check at a time, for all requests meanwhile', async () => {
  let runs = 0;
  sandbox.portal.showChain(async () => {
    runs += 1;
    await new Promise((done) => setTimeout(done, 300));
    return LINKS;
  });
  await Promise.all([chain(), chain(), chain()]);
  expect(runs).toBe(1);
  await chain();
  expect(runs).toBe(2);
});

test('shows one client at a time: the first one, or that of the link', async () => {
  const admin = new Admin(sandbox);
  await admin.createApplication('Shop');
  await admin.createApplication('Billing');
  sandbox.portal.showChain(async (client) => [
    { title: 'Token', status: 'ok', detail: `${client?.label} ${client?.clientSecret}` },
  ]);
  const [shop, billing] = sandbox.okta.clients();
  const { html } = await new PageVisitor(sandbox.portal.url).get('/chain');
  expect(html).toContain(`<p>Shop ${shop.clientSecret}</p>`);
  expect(html).toMatch(new RegExp(`href="/chain\\?client=${shop.clientId}" aria-current="page">Shop<`));
  const [, link = ''] = /href="(\/chain\?client=[^"]*)">Billing</.exec(html) ?? [];
  const other = await new PageVisitor(sandbox.portal.url).get(link.replace('/chain', '/chain/links'));
  expect(other.html).toContain(`<p>Billing ${billing.clientSecret}</p>`);
  expect(other.html).not.toContain('Shop');
});

describe('the check of the command', () => {
  const check = () => verifyCheck(sandbox, folder);

  /** Installs a command of this name that prints what it was started with. */
  const install = (script: string) => {
    const installed = join(folder, 'node_modules', 'okta-dev-portal-oidc');
    mkdirSync(installed, { recursive: true });
    const manifest = { name: 'okta-dev-portal-oidc', bin: { 'okta-dev-portal-oidc': 'bin.js' } };
    writeFileSync(join(installed, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(installed, 'bin.js'), script);
  };

  test('runs verify of the installed package in the folder and environment, with the client and its secret', async () => {
    install(`
      const { KONNECT_SERVER_URL, OKTA_CLIENT_SECRET } = process.env;
      const environment = [KONNECT_SERVER_URL, OKTA_CLIENT_SECRET];
      const detail = [process.argv.slice(2), process.cwd(), environment].join();
      console.log(JSON.stringify({ ok: false, links: [{ title: 'Link', status: 'failed', detail }] }));
      process.exitCode = 1;`);
    const { url } = sandbox.konnect;
    const arguments_ = ['verify', '--json', '--wait', '0'];
    const [{ detail: withoutClient }] = await check()();
    expect(withoutClient).toBe([...arguments_, folder, url, ''].join());
    const client = { label: 'App', clientId: '0oa1', clientSecret: 'secret' };
    const [{ detail }] = await check()(client);
    expect(detail).toBe([...arguments_, '--client', '0oa1', folder, url, 'secret'].join());
  });

  test('shows the error and the remedy of a command that checks nothing', async () => {
    const failure = JSON.stringify({ ok: false, error: 'Nothing is deployed', remedy: 'Deploy first.' });
    requireOutputSchema('verify', failure);
    install(`console.log(${JSON.stringify(failure)}); process.exitCode = 2;`);
    sandbox.portal.showChain(check());
    expect(await chain()).toContain('Nothing is deployed\n    → Deploy first.');
  });

  test('shows how a command ended that prints nothing', async () => {
    install('process.exitCode = 3;');
    sandbox.portal.showChain(check());
    expect(await chain()).toContain('Command failed: ');
  });

  test('shows the message of a command that crashes', async () => {
    install('console.error("Nothing is deployed"); process.exitCode = 2;');
    await expect(check()()).rejects.toThrow('Nothing is deployed');
  });

  test('says where to start the sandbox if the package is not installed', async () => {
    await expect(check()()).rejects.toThrow(
      `okta-dev-portal-oidc is not installed in ${folder}. Start the sandbox in the folder of your app.`,
    );
  });
});
