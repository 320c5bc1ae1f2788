import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { markdownOf } from './api-reference/markdown.mjs';

/*
 * Writes docs/api.md from the docstrings of lib. `--print` prints the page instead.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const ENTRY_POINTS = [
  { module: 'okta-dev-portal-oidc', declarations: 'lib/index.d.ts' },
  { module: 'okta-dev-portal-oidc/catalog', declarations: 'lib/catalog/index.d.ts' },
];

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
  return members.flatMap((point) => point.members);
}

function reference() {
  const folder = mkdtempSync(join(tmpdir(), 'api-reference-'));
  try {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = ['--emitDeclarationOnly', '--incremental', 'false', '--outDir', folder];
    execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), ...options], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'okta-dev-portal-oidc', version: '0.0.0' }),
    );
    return markdownOf(
      ENTRY_POINTS.map(({ module, declarations }) => ({ module, members: membersOf(folder, declarations) })),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const page = reference();
if (process.argv.includes('--print')) {
  process.stdout.write(page);
} else {
  writeFileSync(join(root, 'docs', 'api.md'), page);
}
