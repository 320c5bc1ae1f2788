import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

/** The app that the command printed, in the folder of a user. */
export class PrintedApp {
  public constructor(
    private readonly folder: string,
    source: string,
  ) {
    const modules = join(folder, 'node_modules');
    if (!existsSync(modules)) {
      symlinkSync(join(ROOT, 'node_modules'), modules);
    }
    writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
    const configuration = { extends: join(ROOT, 'tsconfig.json'), include: ['main.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration));
    writeFileSync(join(folder, 'main.ts'), source);
  }

  /** Output of the compiler, empty without errors. */
  public compile(): string {
    return this.run(join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', '.').stdout;
  }

  /** The Terraform JSON of its stack. */
  public synthesize(): string {
    const { status, stderr } = this.run('--import', 'tsx', 'main.ts');
    if (status !== 0) {
      throw new Error(stderr);
    }
    return readFileSync(join(this.folder, 'cdktf.out', 'stacks', 'dev-portal', 'cdk.tf.json'), 'utf8');
  }

  /** Output of the test that a project of `init` has. */
  public test(): string {
    const name = 'dev-portal-stack.test.ts';
    copyFileSync(join(ROOT, 'templates', 'typescript', name), join(this.folder, name));
    const { stdout, stderr } = this.run('--import', 'tsx', '--test', name);
    return stdout + stderr;
  }

  private run(...argv: readonly string[]) {
    return spawnSync(process.execPath, argv, { cwd: this.folder, encoding: 'utf8' });
  }
}
