// A folder outside of the repository, where packages resolve as they do for a user.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

export class Project {
  folder = mkdtempSync(join(tmpdir(), 'bench-'));

  constructor() {
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
    mkdirSync(join(this.folder, 'node_modules'));
    for (const name of ['cdktf', 'constructs', '@cdktf', '@kong', '@types', 'sucrase']) {
      symlinkSync(join(root, 'node_modules', name), join(this.folder, 'node_modules', name));
    }
    symlinkSync(root, join(this.folder, 'node_modules', 'okta-dev-portal-oidc'));
  }

  /** Copies a file of the repository into the folder. */
  add(file, name) {
    copyFileSync(join(root, file), join(this.folder, name));
    return join(this.folder, name);
  }

  /** Compiles a file of the folder and returns the JavaScript. */
  compile(file) {
    execFileSync(process.execPath, this.tscArguments(file), { cwd: this.folder, stdio: 'inherit' });
    return join(this.folder, 'js', file.replace(/\.ts$/, '.js'));
  }

  /** How a user's app is compiled. */
  tscArguments(file, ...more) {
    const config = {
      compilerOptions: {
        strict: true,
        target: 'es2022',
        module: 'node16',
        types: ['node'],
        typeRoots: [join(root, 'node_modules', '@types')],
        skipLibCheck: true,
        outDir: join(this.folder, 'js'),
        rootDir: this.folder,
      },
      files: [join(this.folder, file)],
    };
    const path = join(this.folder, `tsconfig.${file}.json`);
    writeFileSync(path, JSON.stringify(config));
    return [tsc, '-p', path, ...more];
  }

  remove() {
    rmSync(this.folder, { recursive: true });
  }
}
