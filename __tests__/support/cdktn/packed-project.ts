import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..', '..');

/** A framework, and the packages that belong to it. */
export interface Host {
  readonly framework: 'cdktf' | 'cdktn';
  readonly library: string;
  readonly konnect: string;
  readonly okta: string;
  /** Folder of the installed framework and its constructs. */
  readonly modules: { readonly framework: string; readonly constructs: string };
}

const SUCCESSOR = join(__dirname, 'node_modules');
const MODULES = join(ROOT, 'node_modules');

export const CDKTF: Host = {
  framework: 'cdktf',
  library: 'okta-dev-portal-oidc',
  konnect: '@kong/konnect-cdktf-bindings',
  okta: '@cdktf/provider-okta',
  modules: { framework: join(MODULES, 'cdktf'), constructs: join(MODULES, 'constructs') },
};

export const CDKTN: Host = {
  framework: 'cdktn',
  library: 'okta-dev-portal-oidc-cdktn',
  konnect: 'konnect-cdktn-bindings',
  okta: 'okta-cdktn-bindings',
  modules: { framework: join(SUCCESSOR, 'cdktf'), constructs: join(SUCCESSOR, 'constructs') },
};

export const SANDBOX = 'okta-dev-portal-oidc-sandbox';

/** Packs what is built as `npm run package -- npm` does. Returns the tarballs by the name of the package. */
export function packForNpm(folder: string): Map<string, string> {
  const script = join(ROOT, 'scripts', 'package.mjs');
  const options = ['npm', '--no-build', '--out', folder];
  execFileSync(process.execPath, [script, ...options], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
  const tarballs = readdirSync(join(folder, 'npm')).map((file) => join(folder, 'npm', file));
  return new Map(tarballs.map((tarball) => [nameOf(tarball), tarball]));
}

function nameOf(tarball: string): string {
  const manifest = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' });
  return (JSON.parse(manifest) as { name: string }).name;
}

/** What main.ts imports, with the packages of a host. */
export function mainFor({ framework, library, konnect, okta }: Host): string {
  return readFileSync(join(ROOT, 'main.ts'), 'utf8')
    .replaceAll('process.env[name] ?? ', '')
    .replaceAll("'cdktf'", `'${framework}'`)
    .replaceAll("'okta-dev-portal-oidc'", `'${library}'`)
    .replaceAll(CDKTF.konnect, konnect)
    .replaceAll(CDKTF.okta, okta);
}

/** An empty project of a user, outside of the repository. */
export class PackedProject {
  public readonly folder: string;

  public constructor(folder: string) {
    mkdirSync(folder);
    this.folder = realpathSync(folder);
    this.write('package.json', '{ "name": "user", "private": true }');
    const compilerOptions = {
      strict: true,
      target: 'es2022',
      module: 'node16',
      types: [],
      skipLibCheck: false,
    };
    this.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['main.ts'] }));
  }

  public write(file: string, content: string): void {
    writeFileSync(join(this.folder, file), content);
  }

  /** Folder of an installed package. */
  public packageFolder(name: string): string {
    return join(this.folder, 'node_modules', name);
  }

  /** Unpacks a package where npm would. */
  public unpack(name: string, tarball: string | undefined): void {
    if (!tarball) {
      throw new Error(`${name} was not packed`);
    }
    const target = this.packageFolder(name);
    mkdirSync(target, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', target]);
    this.linkDependencies(name);
  }

  /** Copies an installed package: a link would find the framework of the repository. */
  public copy(name: string, from: string): void {
    cpSync(from, this.packageFolder(name), { recursive: true });
    this.linkDependencies(name);
  }

  /** Installs a framework and what belongs to it. */
  public installHost(host: Host, tarballs: ReadonlyMap<string, string>): void {
    this.copy(host.framework, host.modules.framework);
    if (!this.isInstalled('constructs')) {
      this.copy('constructs', host.modules.constructs);
    }
    this.unpack(host.library, tarballs.get(host.library));
    this.unpack(host.konnect, tarballs.get(host.konnect));
    if (tarballs.has(host.okta)) {
      this.unpack(host.okta, tarballs.get(host.okta));
    } else {
      this.copy(host.okta, join(MODULES, host.okta));
    }
  }

  private linkDependencies(name: string): void {
    const folder = this.packageFolder(name);
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies?: object;
    };
    for (const each of Object.keys(dependencies ?? {})) {
      const target = this.packageFolder(each);
      if (!existsSync(join(folder, 'node_modules', each)) && !existsSync(target)) {
        mkdirSync(dirname(target), { recursive: true });
        symlinkSync(join(MODULES, each), target);
      }
    }
  }

  public isInstalled(name: string): boolean {
    return existsSync(this.packageFolder(name));
  }

  /** The installed version of a package. */
  public versionOf(name: string): string {
    const manifest = readFileSync(join(this.packageFolder(name), 'package.json'), 'utf8');
    return (JSON.parse(manifest) as { version: string }).version;
  }

  /** Compiles main.ts. Returns what the compiler prints. */
  public compile(): string {
    return this.node(join(MODULES, 'typescript', 'bin', 'tsc'), '-p', this.folder).stdout;
  }

  /** Runs a script in the project. */
  public node(...args: readonly string[]): SpawnSyncReturns<string> {
    return spawnSync(process.execPath, args, { cwd: this.folder, encoding: 'utf8' });
  }

  /** The JSON of the stack that main.js synthesizes, without the version of the framework and the path of the state. */
  public synthesize(): string {
    const { status, stderr } = this.node('main.js');
    if (status !== 0) {
      throw new Error(stderr);
    }
    const file = join(this.folder, 'cdktf.out', 'stacks', 'how-to', 'cdk.tf.json');
    const json = JSON.parse(readFileSync(file, 'utf8'));
    const framework = this.isInstalled('cdktn') ? 'cdktn' : 'cdktf';
    expect(json['//'].metadata.version).toBe(this.versionOf(framework));
    delete json['//'].metadata.version;
    json.terraform.backend.local.path = basename(json.terraform.backend.local.path);
    return JSON.stringify(json);
  }
}
