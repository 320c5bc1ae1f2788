import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { CommandError } from '../exit';
import { quote } from '../shell';
import type { ProjectFile, TestedVersions } from './template';

/** The folder itself, and those that `npm run package` makes in it. */
const SUBFOLDERS = ['', 'npm', 'python'];

/** Packed packages in a folder, for projects that install them instead of released ones. */
export class PackedPackages {
  public constructor(
    private readonly folder: string,
    private readonly tested: TestedVersions,
  ) {}

  /**
   * Makes a project install the packages.
   *
   * @param project folder of the project
   * @throws CommandError if a package is missing
   */
  public useIn(project: string, { path, content }: ProjectFile): ProjectFile {
    const pathTo = (file: string) => relative(project, file).replaceAll(sep, '/');
    switch (path) {
      case 'package.json':
        return { path, content: this.replaceVersions(content, (file) => `file:${pathTo(file)}`) };
      case 'requirements.txt':
        // pip splits options as a shell does.
        return { path, content: `--find-links ${quote(pathTo(dirname(this.findWheel())))}\n${content}` };
      default:
        return { path, content };
    }
  }

  private replaceVersions(manifest: string, dependencyOn: (tarball: string) => string): string {
    const { name, versions } = this.tested;
    return [name, '@kong/konnect-cdktf-bindings', `${name}-sandbox`].reduce((content, each) => {
      const file = `${each.replace('@', '').replace('/', '-')}-${versions[each]}.tgz`;
      const dependency = JSON.stringify(dependencyOn(this.find(file, 'npm')));
      // As a string, the replacement would expand $& and $1 in a path.
      return content.replace(`"${each}": "${versions[each]}"`, () => `"${each}": ${dependency}`);
    }, manifest);
  }

  private findWheel(): string {
    const { name, versions } = this.tested;
    return this.find(`cdktf_${name.replaceAll('-', '_')}-${versions[name]}-py3-none-any.whl`, 'python');
  }

  /** @param kind argument of `npm run package` that packs the file */
  private find(file: string, kind: string): string {
    const paths = SUBFOLDERS.map((subfolder) => join(this.folder, subfolder, file));
    const found = paths.find((path) => existsSync(path));
    if (found === undefined) {
      throw CommandError.usage(
        `--packages: ${this.folder} has no ${file}`,
        `Run npm run package -- ${kind} in a checkout, and pass its folder artifacts.`,
      );
    }
    return found;
  }
}
