import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { markdownOf } from './api-reference/markdown.mjs';

/*
 * Writes the API reference from the docstrings, into docs or the folder that is named.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const PAGES = [
  {
    file: 'api.md',
    title: 'API reference',
    what: 'Every class, interface and enum that the library exports',
    more: 'Test kit and sandbox have a [separate reference](api-testing.md).',
    modules: [
      { module: 'okta-dev-portal-oidc', declarations: 'lib/index.d.ts' },
      { module: 'okta-dev-portal-oidc/catalog', declarations: 'lib/catalog/index.d.ts' },
    ],
    parts: [
      { title: 'Authentication', includes: (file) => /^lib\/okta-dev-portal-oidc/.test(file) },
      { title: 'Konnect', includes: (file) => file.startsWith('lib/konnect/') },
      { title: 'Okta', includes: (file) => file.startsWith('lib/okta/') },
      { title: 'Data files', includes: (file) => file.startsWith('lib/catalog/') },
      { title: 'Providers, adoption, moves and errors', includes: () => true },
    ],
  },
  {
    file: 'api-testing.md',
    title: 'API reference of the test kit and the sandbox',
    what: 'Everything that `okta-dev-portal-oidc/testing` and `okta-dev-portal-oidc-sandbox` export',
    more: 'How to use them: [Test your stack](test-your-stack.md).',
    modules: [
      { module: 'okta-dev-portal-oidc/testing', declarations: 'testing/index.d.ts' },
      { module: 'okta-dev-portal-oidc/testing/jest', declarations: 'testing/jest.d.ts' },
      { module: 'okta-dev-portal-oidc-sandbox', declarations: 'sandbox/index.d.ts' },
    ],
    parts: [
      { title: 'The test kit', includes: (file) => file.startsWith('testing/') },
      { title: 'The sandbox', includes: () => true },
    ],
  },
];

/** Replacement of `@internal` for API Extractor. */
const INTERNAL = '@hidden';

/** What an entry point exports, as API Extractor tells it. */
function membersOf(folder, declarations) {
  const entry = join(folder, declarations);
  const apiJsonFilePath = join(folder, `${declarations.replaceAll('/', '-')}.api.json`);
  const compilerOptions = { target: 'es2022', module: 'node16', strict: true, skipLibCheck: true, types: [] };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: join(folder, 'api-extractor.json'),
    packageJsonFullPath: join(folder, 'package.json'),
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: entry,
      compiler: { overrideTsconfig: { compilerOptions, files: [entry] } },
      apiReport: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      // Members of base classes that are not exported are documented with those that are.
      docModel: { enabled: true, apiJsonFilePath, includeForgottenExports: true },
    },
  });
  const errors = [];
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel === 'error' || message.category === 'Compiler') {
        errors.push(message.text);
      }
      message.handled = true;
    },
  });
  if (errors.length > 0) {
    throw new Error(errors.join('\n'));
  }
  const { members } = JSON.parse(readFileSync(apiJsonFilePath, 'utf8'));
  return members.flatMap((point) => point.members).map(withoutInternalMembers);
}

function withoutInternalMembers(declaration) {
  const members = declaration.members?.filter(({ docComment }) => !docComment?.includes(INTERNAL));
  return { ...declaration, ...(members && { members }) };
}

/** API Extractor would leave out the methods of internal base classes, which those that are exported inherit. */
function renameInternal(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.d.ts'));
  for (const file of files.map((name) => join(folder, name))) {
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('@internal', INTERNAL));
  }
}

/** Writes the declarations of a project into a folder. */
function declare(project, folder) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--emitDeclarationOnly', '--incremental', 'false', '--outDir', folder];
  execFileSync(process.execPath, [tsc, '-p', join(root, project), ...options], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

function writePages(target) {
  const folder = mkdtempSync(join(tmpdir(), 'api-reference-'));
  try {
    declare('tsconfig.build.json', folder);
    declare(join('packages', 'sandbox', 'tsconfig.build.json'), join(folder, 'sandbox'));
    renameInternal(folder);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'okta-dev-portal-oidc', version: '0.0.0' }),
    );
    for (const { file, modules, ...page } of PAGES) {
      const read = modules.map(({ module, declarations }) => ({
        module,
        members: membersOf(folder, declarations),
      }));
      writeFileSync(join(target, file), markdownOf(page, read));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

writePages(resolve(process.argv[2] ?? join(root, 'docs')));
