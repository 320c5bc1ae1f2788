import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CDKTF, CDKTN, type Host, mainFor, PackedProject, packForNpm } from '../support/cdktn/packed-project';
import { publishedVersions } from '../support/cdktn/registry';
import { refreshLibrary, tsc } from '../support/compile';
import { describeUnless } from '../support/describe-unless';

/*
 * The packed packages as npm installs them, with the oldest and the newest version that the registry has of each
 * framework and of constructs.
 */
interface Case {
  readonly host: Host;
  readonly framework: string;
  readonly constructs: string;
}

/** The oldest and the newest version, once if they are the same. */
function oldestAndNewest(versions: readonly string[]): readonly string[] {
  return [...new Set([...versions.slice(0, 1), ...versions.slice(-1)])];
}

/** Installs packages from the registry, as a user does. */
function npmInstall({ folder }: PackedProject, ...packages: readonly string[]): void {
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  execFileSync('npm', ['install', ...options, ...packages], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function casesOf(host: Host, range: string, constructs: string): Case[] {
  return oldestAndNewest(publishedVersions(host.framework, range)).flatMap((framework) =>
    oldestAndNewest(publishedVersions('constructs', constructs)).map((version) => ({
      host,
      framework: `${host.framework}@${framework}`,
      constructs: `constructs@${version}`,
    })),
  );
}

const CASES = [...casesOf(CDKTF, '^0.21.0', '^10.4.2'), ...casesOf(CDKTN, '>=0.24 <1', '>=10.6.0 <10.8.0')];

const missing = CASES.length > 0 ? undefined : 'no npm registry can be reached';

describeUnless(missing, 'installed with npm', () => {
  const folder = mkdtempSync(join(tmpdir(), 'installed-'));
  let tarballs: Map<string, string>;
  const synthesized = new Set<string>();

  beforeAll(() => {
    refreshLibrary();
    tsc('-p', join('packages', 'sandbox', 'tsconfig.build.json'));
    tarballs = packForNpm(folder);
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(CASES)(
    '$framework and $constructs synthesize the same JSON',
    ({ host, framework, constructs }) => {
      const project = new PackedProject(join(folder, `${framework}-${constructs}`));
      const packed = [host.library, host.konnect, host.okta].map((name) => tarballs.get(name) ?? name);
      npmInstall(project, framework, constructs, ...packed);
      expect(project.isInstalled('cdktf')).toBe(host === CDKTF);
      expect(project.isInstalled('cdktn')).toBe(host === CDKTN);
      project.write('main.ts', mainFor(host));
      expect(project.compile()).toBe('');
      synthesized.add(project.synthesize());
      expect(synthesized.size).toBe(1);
    },
  );

  test('npm refuses a constructs that cdktn does not support', () => {
    const project = new PackedProject(join(folder, 'unsupported'));
    const packed = [CDKTN.library, CDKTN.konnect, CDKTN.okta].map((name) => tarballs.get(name) ?? name);
    expect(() => npmInstall(project, 'cdktn@0.24.0', 'constructs@10.8.0', ...packed)).toThrow('ERESOLVE');
  });
});
