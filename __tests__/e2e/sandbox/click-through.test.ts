import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { preparePages } from '../../../testing/pages';
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
const STEPS = BREAKS.flatMap(([, link, breaks, repairs]) => [
  { line: breaks, link, state: 'Broken' },
  { line: repairs, link, state: 'OK' },
]);

describeWithTerraform('the lines of the page for the chain', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    await sandbox.deploy(howToStack({ autoApproveApplications: true }));
    await preparePages(sandbox, async () => [
      { stack: 'how-to', state: await sandbox.workspace('how-to').show() },
    ]);
  });

  afterAll(() => sandbox.stop());

  test('the page breaks three links', () => {
    expect(BREAKS).toHaveLength(3);
  });

  test.each(STEPS)('$line', async ({ line, link, state }) => {
    const [{ clientId }] = sandbox.okta.clients();
    // Throws if a line fails.
    await promisify(execFile)('bash', ['-e', '-o', 'pipefail', '-c', `${setup}\n${line}`], {
      env: { ...process.env, ...sandbox.environment(), OKTA_CLIENT_ID: clientId },
    });
    const { html } = await new PageVisitor(sandbox.portal.url).get('/chain/links');
    const states = [...html.matchAll(/<h2>(.*?) <span class="state">(.*?)</g)].map(([, ...found]) => found);
    expect(states).toContainEqual([link, state]);
  });
});
