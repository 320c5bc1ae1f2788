import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import type { Browser, Page } from 'playwright-core';
import { Pages } from '../../testing/pages';
import { Admin } from '../support/admin';
import { findChromium, launchChromium } from '../support/browser';
import { describeUnless } from '../support/describe-unless';
import { howToStack, missingTerraform } from '../support/sandbox';

/*
 * The pages of a sandbox in a browser: a developer clicks from the sign-up to 200, and the platform team sees a link
 * break. `SCREENSHOTS=docs/images npx jest --selectProjects long __tests__/long/portal-pages.test.ts` renews the
 * pictures of the docs.
 */
const { SCREENSHOTS: folder } = process.env;
const PASSWORD = 'correct horse';
/** How deep the details of a specification are. */
const DEPTH = 5;
const PATHS = `
paths:
  /anything:
    get:
      summary: Return the request
      responses:
        '200': { description: The request }
  /anything/{id}:
    delete:
      summary: Delete anything
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '204': { description: Deleted }
`;
const SPECIFICATION = `
openapi: 3.0.3
info: { title: MyAPI, version: '1.0', description: Returns each request that it gets. }
${PATHS}`;
/** Has what Swagger UI shows in different ways. */
const DETAILED = readFileSync(join(__dirname, '..', 'support', 'detailed.openapi.yaml'), 'utf8');
const MALICIOUS = `
openapi: 3.0.3
info:
  title: Malicious
  version: '1.0'
  description: |
    <script>document.title = 'attacked'</script> <img src=x onerror="document.title = 'attacked'">
    [link](javascript:alert(1))
  contact: { name: The team, url: 'javascript:alert(1)' }
${PATHS}`;

/** What axe finds wrong with a page, one line for each element. */
async function accessibilityProblems(page: Page): Promise<string[]> {
  // Not a script tag, which the content security policy of the page forbids.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

let sandbox: Sandbox;
let admin: Admin;
let browser: Browser;
let errors: string[];

const missing = missingTerraform() ?? (findChromium() ? undefined : 'chromium is not on the PATH');

describeUnless(missing, 'the pages of a sandbox in a browser', () => {
  beforeAll(async () => {
    sandbox = await Sandbox.start();
    admin = new Admin(sandbox);
    const { outputs } = await sandbox.deploy(howToStack({ autoApproveApplications: true }));
    const version = { version: '1.0', spec: { content: SPECIFICATION } };
    await admin.konnect('POST', `/v3/apis/${outputs.api_id}/versions`, version);
    const specifications = {
      Malicious: MALICIOUS,
      'OpenAPI 3.0': DETAILED.replace(/^openapi: .*/m, 'openapi: 3.0.3'),
      'OpenAPI 3.1': DETAILED.replace(/^openapi: .*/m, 'openapi: 3.1.0'),
    };
    for (const [name, content] of Object.entries(specifications)) {
      const api = await admin.konnect('POST', '/v3/apis', { name, spec_content: content });
      const publication = `/v3/apis/${api.id}/publications/${outputs.portal_id}`;
      await admin.konnect('PUT', publication, { visibility: 'public' });
    }
    await Pages.prepare(sandbox, async () => [
      { stack: 'how-to', state: await sandbox.workspace('how-to').show() },
    ]);
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
  });

  beforeEach(() => {
    errors = [];
  });

  const open = async (path: string, javaScriptEnabled = true): Promise<Page> => {
    const page = await browser.newPage({ javaScriptEnabled, viewport: { width: 960, height: 640 } });
    page.setDefaultTimeout(10_000);
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => {
      // The wrong password, which the developer tries on purpose.
      if (message.type() === 'error' && !message.text().endsWith('401 (Unauthorized)')) {
        errors.push(message.text());
      }
    });
    await page.goto(`${sandbox.portal.url}${path}`);
    return page;
  };

  test('a developer clicks from the sign-up to 200, without JavaScript', async () => {
    const page = await open('/MyDevPortal', false);
    expect(await clickThrough(page, 'a@example.test', 0)).toBe('200 OK');
    await page.close();
  });

  test('every page is accessible, and breaks no rule of its content security policy', async () => {
    const problems: { [title: string]: string[] } = {};
    const look = async (page: Page) => {
      if ((await page.locator('#specification').count()) > 0) {
        await page.getByText('Return the request').waitFor();
      }
      const title = `${new URL(page.url()).pathname} ${await page.title()}`;
      problems[title] = await accessibilityProblems(page);
    };
    const page = await open('/');
    await look(page);
    await page.getByRole('link', { name: 'MyDevPortal' }).click();
    await look(page);
    expect(await clickThrough(page, 'b@example.test', 1, look)).toBe('200 OK');
    await page.goto(`${sandbox.portal.url}/clients`);
    await look(page);
    await page.goto(`${sandbox.portal.url}/chain`);
    await look(page);
    const portals = (await admin.konnect('GET', '/v3/portals')) as unknown as { data: { id: string }[] };
    const pending = { email: 'c@example.test', full_name: 'Cleo', status: 'pending' };
    await admin.konnect('POST', `/v3/portals/${portals.data[0].id}/developers`, pending);
    await page.getByRole('link', { name: 'Approvals' }).click();
    await look(page);
    await page.getByRole('button', { name: 'Approve Cleo, c@example.test' }).click();
    await page.getByText('No developer and no registration is pending.').waitFor();
    expect(Object.keys(problems).length).toBeGreaterThan(14);
    expect(Object.values(problems).flat()).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
  });

  test.each(['3.0', '3.1'])(
    'a specification in OpenAPI %s is accessible, with all of its details',
    async (version) => {
      const page = await open(`/MyDevPortal/apis/openapi-${version.replace('.', '-')}`);
      await page.getByText('Lists orders').waitFor();
      const problems = await accessibilityProblems(page);
      const closed = '#specification [aria-expanded=false], #specification [aria-selected=false]';
      // Details have details, and of two tabs one is always closed.
      for (let step = 0; step < DEPTH; step += 1) {
        await page.evaluate(`document.querySelectorAll('${closed}').forEach((element) => element.click())`);
        problems.push(...(await accessibilityProblems(page)));
      }
      expect(problems).toEqual([]);
      expect(await page.getByRole('combobox', { name: 'state' }).count()).toBe(1);
      expect(await page.getByRole('table').filter({ hasText: 'No links' }).count()).toBeGreaterThan(0);
      expect(await page.getByRole('button', { name: 'Authorize' }).count()).toBe(0);
      expect(errors).toEqual([]);
      await page.close();
    },
  );

  test('shows a specification, and runs nothing that is in it', async () => {
    const page = await open('/MyDevPortal/apis/malicious');
    await page.getByText('Return the request').waitFor();
    const links = await page.getByRole('link').all();
    const targets = await Promise.all(links.map((link) => link.getAttribute('href')));
    expect(targets.filter((target) => target?.startsWith('javascript:'))).toEqual([]);
    expect(await page.title()).toBe('Malicious · MyDevPortal');
    await page.close();
  });

  test('a broken claim turns a link red, with the fix, and its repair turns it green', async () => {
    const page = await open('/chain');
    const claim = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^Claim/ }) });
    const state = (name: string) => claim.getByText(name, { exact: true });
    await state('OK').waitFor();
    const { path, claim: before } = await claimOf();
    await admin.okta('PUT', path, { ...before, value: 'app.name' });
    await state('Broken').waitFor();
    expect(await claim.getByText('Fix:').count()).toBe(1);
    expect(await accessibilityProblems(page)).toEqual([]);
    await screenshot(page, 'chain');
    await admin.okta('PUT', path, before);
    await state('OK').waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  const claimOf = async () => {
    const servers = (await admin.okta('GET', '/authorizationServers')) as unknown as { id: string }[];
    const claims = `/authorizationServers/${servers[0].id}/claims`;
    const all = (await admin.okta('GET', claims)) as unknown as { id: string; name: string }[];
    const claim = all.find(({ name }) => name === 'clientId');
    return { path: `${claims}/${claim?.id}`, claim };
  };
});

/** Signs up and in, uses the API with a client of the sandbox, and sends a request. Returns the status. */
async function clickThrough(
  page: Page,
  email: string,
  client: number,
  look: (page: Page) => Promise<void> = async () => undefined,
): Promise<string> {
  const main = page.getByRole('main');
  const press = (name: string) => main.getByRole('button', { name }).click();
  const follow = (name: string) => main.getByRole('link', { name }).first().click();
  await page.getByRole('link', { name: 'Sign up' }).click();
  await look(page);
  await page.getByLabel('Full name').fill('Ada');
  await page.getByLabel('E-mail address').fill(email);
  await press('Sign up');
  await look(page);
  await follow('mailbox');
  await look(page);
  await follow('Confirm your e-mail address');
  await look(page);
  await press('Confirm');
  await look(page);
  await page.getByLabel('Password').fill(PASSWORD);
  await press('Save');
  await main.getByText('Password saved. Sign in.').waitFor();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill('wrong');
  await press('Sign in');
  await main.getByRole('alert').waitFor();
  await look(page);
  await page.getByLabel('Password').fill(PASSWORD);
  await press('Sign in');
  await follow('MyAPI');
  await main.getByRole('heading', { name: 'Specification' }).waitFor();
  await look(page);
  await screenshot(page, 'api');
  await follow('Use this API');
  await page.getByLabel('Name', { exact: true }).fill("Ada's app");
  await page
    .getByLabel('Client id')
    .fill(await main.getByRole('complementary').locator('code').nth(client).innerText());
  await look(page);
  await press('Save');
  await press('Send this request');
  await look(page);
  await screenshot(page, 'request');
  const status = await main.getByRole('status').getByRole('heading').innerText();
  await page.getByRole('link', { name: 'Applications' }).click();
  await look(page);
  return status;
}

/** Takes a picture for the docs, if they are asked for. */
async function screenshot(page: Page, name: string): Promise<void> {
  if (folder !== undefined) {
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }
}
