import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compilers } from '../../e2e/bindings/bindings';

const ROOT = join(__dirname, '..', '..', '..');

/** A packed package. */
interface Packed {
  readonly tarball: string;
  readonly files: string[];
}

/**
 * An empty project outside of the repository that installs packed packages. Their dependencies are linked from the
 * repository, so it needs no registry.
 */
export class PackedProject {
  public readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'user-')));

  /** Packs the package in a folder of the repository and installs it. Returns the packed files. */
  public install(name: string, folder: string): string[] {
    const { tarball, files } = this.pack(folder);
    const target = join(this.folder, 'node_modules', name);
    mkdirSync(target, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', target]);
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(target, 'package.json'), 'utf8'),
    ) as { dependencies?: object; peerDependencies?: object };
    this.link(...Object.keys({ ...dependencies, ...peerDependencies }));
    return files;
  }

  /** Links packages of the repository. */
  public link(...names: readonly string[]): void {
    for (const name of names) {
      const target = join(this.folder, 'node_modules', name);
      if (!existsSync(target) && !name.endsWith('konnect-cdktf-bindings')) {
        mkdirSync(dirname(target), { recursive: true });
        symlinkSync(join(ROOT, 'node_modules', name), target);
      }
    }
  }

  /** Runs a script with Node. Returns its output. */
  public run(script: string): string {
    return execFileSync(process.execPath, ['-e', script], { cwd: this.folder, encoding: 'utf8' });
  }

  /** Compiles a module without emitting it. Returns the errors. */
  public typeErrors(compiler: keyof typeof compilers, file: string, source: string, options: object): string {
    writeFileSync(join(this.folder, file), source);
    const config = join(this.folder, `tsconfig.${file}.json`);
    const compilerOptions = {
      ...options,
      strict: true,
      target: 'es2022',
      types: ['node'],
      noEmit: true,
      // The types of Node that the repository has are older than these compilers.
      skipLibCheck: true,
    };
    writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }));
    const { status, stdout } = spawnSync(process.execPath, [compilers[compiler], '-p', config], {
      encoding: 'utf8',
    });
    return status === 0 ? '' : stdout;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private pack(folder: string): Packed {
    const options = ['--json', '--ignore-scripts', '--pack-destination', this.folder];
    const printed = execFileSync('npm', ['pack', ...options], {
      cwd: join(ROOT, folder),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [{ filename, files }] = JSON.parse(printed) as [{ filename: string; files: { path: string }[] }];
    return { tarball: join(this.folder, filename), files: files.map((file) => file.path).sort() };
  }
}
