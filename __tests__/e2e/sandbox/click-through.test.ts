import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Pages } from '../../../testing/pages';
import { PageVisitor } from '../../support/page-visitor';
import { Page } from '../../support/pages';
import { describeWithTerraform, howToStack } from '../../support/sandbox';

/*
 * The lines of docs/click-through.md that break and repair a link of the chain.
 */
const { content } = new Page('docs/click-through.md');
const [, setup = ''] = /```sh\n(export AUTH=[\s\S]*?)```/.exec(content) ?? [];
/** Each link that a line breaks and the next one repairs. */
const BREAKS = [...content.matchAll(/^Break and repair .*?\*(\w+)\*.*\n\n```sh\n(.+)\n(.+)\n```/gm)];
/** The line that deletes the claim. */
const [, DELETION = ''] = /^Delete the claim.*\n\n```sh\n(.+)\n```/m.exec(content) ?? [];
const STEPS = BREAKS.flatMap(([, link, breaks, repairs]) => [
  { line: breaks, link, state: 'Broken' },
  { line: repairs, link, state: 'OK' },
]);

describeWithTerraform('the lines of the page for the chain', () => {
  let sandbox: Sandbox;
  let pages: Pages;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    await sandbox.deploy(howToStack({ autoApproveApplications: true }));
    pages = await Pages.prepare(sandbox, async () => [
      { stack: 'how-to', state: await sandbox.workspace('how-to').show() },
    ]);
  });

  afterAll(() => sandbox.stop());

  test('the page breaks three links', () => {
    expect(BREAKS).toHaveLength(3);
  });

  /** Runs a line, which must not fail. */
  async function paste(line: string): Promise<void> {
    const [{ clientId }] = sandbox.okta.clients();
    await promisify(execFile)('bash', ['-e', '-o', 'pipefail', '-c', line], {
      env: { ...process.env, ...sandbox.environment(), OKTA_CLIENT_ID: clientId },
    });
  }

  /** Title and state of each link. */
  async function states(): Promise<string[][]> {
    const { html } = await new PageVisitor(sandbox.portal.url).get('/chain/links');
    return [...html.matchAll(/<h2>(.*?) <span class="state">(.*?)</g)].map(([, ...found]) => found);
  }

  test.each(STEPS)('$line', async ({ line, link, state }) => {
    await paste(`${setup}\n${line}`);
    expect(await states()).toContainEqual([link, state]);
  });

  test('a deleted claim is repaired by the line that deploys again', async () => {
    await paste(`${setup}\n${DELETION}`);
    expect(await states()).toContainEqual(['Claim', 'Broken']);
    const [line = ''] = /^ +\S+ -chdir=.* apply -auto-approve$/m.exec(pages.lines()) ?? [];
    await paste(line);
    expect(await states()).toContainEqual(['Claim', 'OK']);
  });
});
