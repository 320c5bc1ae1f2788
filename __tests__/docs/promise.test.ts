import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Page } from '../support/pages';

/** What readers are promised, where it is, and what of it the page cannot do without. */
interface Promised {
  readonly pages: readonly string[];
  readonly says: readonly string[];
  /** Tests of what the pages describe. */
  readonly tests: readonly string[];
}

const PROMISES: { readonly [task: string]: Promised } = {
  start: {
    pages: ['docs/start.md'],
    says: ['new OktaDevPortalOidc(', 'npx cdktf deploy', 'okta-dev-portal-oidc register', '# 200'],
    tests: ['readme.test.ts', 'e2e/how-to.test.ts', 'e2e/cdktf-deploy.test.ts'],
  },
  'publish an API': {
    pages: ['docs/publish-an-api.md', 'examples/many-apis/README.md'],
    says: ['oidc.publish(', 'Visibility.PRIVATE', 'Change the scopes of a running API'],
    tests: ['konnect/api-publication.test.ts', 'long/examples.test.ts'],
  },
  'one API on several portals': {
    pages: ['examples/two-portals/README.md'],
    says: ['One publication for each portal', 'autoApproveRegistrations'],
    tests: ['long/examples.test.ts'],
  },
  'add a client, and several for a team': {
    pages: ['docs/add-a-client.md', 'examples/client-teams/README.md'],
    says: ['oidc.addClient(', 'ClientSecretStorage.OKTA_ONLY', 'oidc.allowClient('],
    tests: ['okta-dev-portal-oidc.test.ts', 'long/examples.test.ts'],
  },
  'APIs and clients in a data file': {
    pages: ['docs/data-files.md', 'examples/data-file/README.md'],
    says: ['new PortalCatalog(', 'yaml-language-server: $schema=', 'line, column, path and remedy'],
    tests: ['catalog/portal-catalog.test.ts', 'catalog/docs.test.ts', 'fuzz/data-files.test.ts'],
  },
  'several stacks': {
    pages: ['examples/stacks/README.md'],
    says: ['OktaDevPortalOidc.fromOidc', 'policy'],
    tests: ['long/several-stacks.test.ts'],
  },
  'several repositories': {
    pages: ['examples/repositories/README.md'],
    says: ['OktaDevPortalOidc.fromAttributes', 'DataTerraformRemoteState'],
    tests: ['long/examples.test.ts', 'sandbox/states.test.ts'],
  },
  adopt: {
    pages: ['docs/adopt.md', 'examples/adopted/README.md'],
    says: ['okta-dev-portal-oidc adopt', 'Adoption.fromFile(', '0 to add', '0 to destroy'],
    tests: ['e2e/adopt.test.ts', 'cli/adopt.test.ts', 'adoption.test.ts'],
  },
  'rotate a secret': {
    pages: ['docs/rotate-a-secret.md'],
    says: ['okta-dev-portal-oidc rotate', '--exec', 'IN_STATE'],
    tests: ['e2e/rotate-a-secret.test.ts', 'e2e/cli/rotate.test.ts'],
  },
  'private APIs': {
    pages: ['docs/private-apis.md', 'examples/private-api/README.md'],
    says: ['rbacEnabled: true', 'grantConsumer(', 'grantViewer('],
    tests: ['konnect/portal-team.test.ts', 'e2e/private-api.test.ts'],
  },
  'bearer tokens': {
    pages: ['docs/bearer.md', 'examples/bearer/README.md'],
    says: ['scopesRequired', 'scopesClaim', 'audienceRequired', 'AuthMethod.BEARER', 'Bearer $TOKEN'],
    tests: ['e2e/bearer.test.ts', 'sandbox/gateway-flows.test.ts'],
  },
  regions: {
    pages: ['docs/regions.md', 'examples/regions/README.md'],
    says: ['alias: region', 'konnectProvider', 'KONNECT_SERVER_URL=https://eu.api.konghq.com'],
    tests: ['e2e/stacks-and-regions.test.ts'],
  },
  'a state that is shared': {
    pages: ['docs/shared-state.md', 'examples/postgres-backend/README.md'],
    says: ['new PgBackend(', 'new S3Backend(', 'new CloudBackend(', '-lock-timeout', 'Import id'],
    tests: ['long/postgres.test.ts', 'long/killed-deployments.test.ts', 'e2e/backends.test.ts'],
  },
  'faults, kills and running APIs': {
    pages: ['docs/reliability.md'],
    says: ['answer that is cut in half', 'SIGKILL', 'terraform untaint', 'A running API'],
    tests: [
      'long/deploy-faults/created.test.ts',
      'long/killed-deployments.test.ts',
      'long/killed-commands.test.ts',
      'long/command-faults.test.ts',
      'long/running-api.test.ts',
    ],
  },
  'rename and move constructs': {
    pages: ['docs/move-constructs.md', 'examples/moved/README.md'],
    says: ['Moves.from(', '0 to add, 0 to change, 0 to destroy'],
    tests: ['moves.test.ts', 'e2e/moves.test.ts'],
  },
  'upgrade the providers': {
    pages: ['docs/upgrade-providers.md', 'examples/portal-application/README.md'],
    says: ['ProviderVersions.require(', '6.12.0', '3.22', 'PortalDeveloper', 'registerClient('],
    tests: ['provider-versions.test.ts', 'examples.test.ts', 'e2e/portal-application.test.ts'],
  },
  'move to cdktn': {
    pages: ['docs/move-to-cdktn.md'],
    says: ['npm:cdktn@', '"overrides"', 'npx cdktn deploy'],
    tests: ['cdktn', 'docs-snippets.test.ts'],
  },
  'test your stack': {
    pages: ['docs/test-your-stack.md', 'examples/tested-stack/README.md', 'testing/README.md'],
    says: ['toBeValidTerraform()', 'toKeepSecretsOut()', 'toOpenForItsClientOnly()', 'StackTester.start('],
    tests: ['testing/kit.test.ts', 'testing/stack-tester.test.ts', 'package.test.ts'],
  },
  'troubleshoot by error message': {
    pages: ['docs/troubleshoot.md'],
    says: [
      '\n## 401 from the gateway\n',
      '\n## 403 from the gateway\n',
      '\n## 409 from Konnect\n',
      '\n## invalid_scope\n',
      '\n## access_denied Policy evaluation failed\n',
      'okta-dev-portal-oidc verify',
    ],
    tests: ['cli/verify.test.ts', 'cli/verify-requirements.test.ts', 'docs-commands.test.ts'],
  },
  'the architecture, as a picture': {
    pages: ['docs/architecture.md'],
    says: ['```mermaid\nflowchart LR\n', '```mermaid\nsequenceDiagram\n'],
    tests: ['docs-pictures.test.ts'],
  },
  'API reference': {
    pages: ['docs/api.md', 'docs/api-testing.md'],
    says: ['\n### OktaDevPortalOidcProps\n', '\n### StackTester\n', '\n### Sandbox\n'],
    tests: ['docs-api.test.ts'],
  },
  contribute: {
    pages: ['CONTRIBUTING.md', 'CHANGELOG.md'],
    says: ['npm ci ', 'npm test ', 'npm run format ', '[Unreleased]'],
    tests: ['docs-links.test.ts', 'docs-shell.test.ts'],
  },
};

/** Pages by how many clicks lead there. */
function clicks(): ReadonlyMap<string, number> {
  const reached = new Map([['README.md', 0]]);
  for (const distance of [1, 2]) {
    const from = [...reached].filter(([, before]) => before === distance - 1).map(([path]) => path);
    for (const { path } of from.flatMap((each) => new Page(each).links())) {
      if (path.endsWith('.md') && !reached.has(path) && existsSync(join(__dirname, '..', '..', path))) {
        reached.set(path, distance);
      }
    }
  }
  return reached;
}

describe.each(Object.entries(PROMISES))('%s', (_, { pages, says, tests }) => {
  test.each(pages)('%s is there, two clicks from the README', (path) => {
    expect(clicks().get(path)).toBeGreaterThan(0);
    expect(new Page(path).content).toMatch(/^# \S/);
  });

  test('says how', () => {
    const content = pages.map((path) => new Page(path).content).join('\n');
    expect(says.filter((words) => !content.includes(words))).toEqual([]);
  });

  test('is tested', () => {
    expect(tests.filter((path) => !existsSync(join(__dirname, path)))).toEqual([]);
  });
});

test('the index has a row for every page and every example that is promised', () => {
  const rows = ['Page', 'Example'].flatMap((heading) => new Page('docs/README.md').tables(heading));
  const cells = rows.map(([cell = '']) => cell).join('\n');
  const promised = Object.values(PROMISES)
    .flatMap(({ pages }) => pages)
    .filter((path) => /^(docs|examples)\//.test(path) && !/(architecture|api(-testing)?)\.md$/.test(path));
  const written = promised.map((path) =>
    path.startsWith('docs/') ? path.slice('docs/'.length) : `../${path}`,
  );
  expect(written.filter((path) => !cells.includes(`](${path})`))).toEqual([]);
});

test('every example and every page of the documentation is promised', () => {
  const promised = Object.values(PROMISES).flatMap(({ pages }) => pages);
  const all = Page.all()
    .map(({ path }) => path)
    .filter((path) => /^(docs|examples)\//.test(path) && path !== 'docs/README.md');
  expect(all.filter((path) => !promised.includes(path))).toEqual([]);
});
