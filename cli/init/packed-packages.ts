import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../exit';
import { Language } from './init-options';
import type { ProjectFile, TestedVersions } from './template';
import type { NewFile } from './write-files';

/** Folder of a project with its copies of packed packages. */
const COPIES = 'packages';

const BINDINGS = '@kong/konnect-cdktf-bindings';

/** The folder itself, and those that `npm run package` makes in it. */
const SUBFOLDERS = ['', 'npm', 'python'];

/** Tells users of a project why it has the copies. */
export const COPIES_NOTE = `Until the release, ${COPIES}/ has the packages. Commit this folder: a clone and CI install from it.`;

/** Packed packages in a folder. A project installs copies of them instead of released packages. */
export class PackedPackages {
  public constructor(
    private readonly folder: string,
    private readonly tested: TestedVersions,
  ) {}

  /**
   * Adds the packages that a project uses to its files, and makes it install them.
   *
   * @throws CommandError if a package is missing
   */
  public addTo(project: readonly ProjectFile[], language: Language): NewFile[] {
    const tarballs = this.npmNames().map((name) => this.copy(this.tarballOf(name), 'npm'));
    const wheels = language === Language.PYTHON ? this.wheels().map((file) => this.copy(file, 'python')) : [];
    return [...project.map((file) => this.useIn(file)), ...tarballs, ...wheels];
  }

  private useIn({ path, content }: ProjectFile): ProjectFile {
    switch (path) {
      case 'package.json':
        return { path, content: this.replaceVersions(content) };
      case 'requirements.txt':
        return { path, content: `--find-links ${COPIES}\n${content}` };
      case 'README.md':
        return { path, content: `${content}\n${COPIES_NOTE}\n` };
      case '.gitignore':
        // The .gitignore of a parent folder often has *.tgz, because npm pack writes such files.
        return { path, content: `${content}!/${COPIES}/*\n` };
      default:
        return { path, content };
    }
  }

  private replaceVersions(manifest: string): string {
    return this.npmNames().reduce((content, name) => {
      const version = `"${name}": "${this.tested.versions[name]}"`;
      return content.replace(version, `"${name}": "file:${COPIES}/${this.tarballOf(name)}"`);
    }, manifest);
  }

  private npmNames(): string[] {
    const { name } = this.tested;
    return [name, BINDINGS, `${name}-sandbox`];
  }

  private tarballOf(name: string): string {
    return `${name.replace('@', '').replace('/', '-')}-${this.tested.versions[name]}.tgz`;
  }

  private wheels(): string[] {
    const { name, versions } = this.tested;
    return [
      `cdktf_${name.replaceAll('-', '_')}-${versions[name]}-py3-none-any.whl`,
      `konnect_cdktf_bindings-${versions[BINDINGS]}-py3-none-any.whl`,
    ];
  }

  /** @param kind argument of `npm run package` that packs the file */
  private copy(file: string, kind: string): NewFile {
    const paths = SUBFOLDERS.map((subfolder) => join(this.folder, subfolder, file));
    const found = paths.find((path) => existsSync(path));
    if (found === undefined) {
      throw CommandError.usage(
        `--packages: ${this.folder} has no ${file}`,
        `Run npm run package -- ${kind} in a checkout, and pass its folder artifacts.`,
      );
    }
    return { path: `${COPIES}/${file}`, content: Uint8Array.from(readFileSync(found)) };
  }
}
