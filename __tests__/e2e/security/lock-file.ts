import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What package.json and package-lock.json say about a package, as far as it is looked at. */
export interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
  readonly peerDependencies?: Versions;
  readonly peerDependenciesMeta?: { readonly [name: string]: { readonly optional?: boolean } };
}

type Versions = { readonly [name: string]: string };

/** The lock file, by the folders of packages. */
export class LockFile {
  public readonly packages: { readonly [folder: string]: LockedPackage };

  public constructor(root: string) {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as LockFile;
    this.packages = packages;
  }

  /**
   * Folders of what comes with a package of the repository: it, what it depends on, and so on.
   *
   * @param folder folder of the package, empty for the root
   * @param leftOut peers that its users have or not
   */
  public installedWith(folder: string, leftOut: readonly string[] = []): string[] {
    const found = new Set<string>();
    const visit = (each: string) => {
      if (found.has(each)) {
        return;
      }
      found.add(each);
      const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } =
        this.packages[each];
      const peers = Object.keys(peerDependencies ?? {}).filter(
        (name) => !peerDependenciesMeta?.[name]?.optional,
      );
      for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
        if (!leftOut.includes(name)) {
          visit(this.folderOf(name, each));
        }
      }
    };
    visit(folder);
    return [...found];
  }

  /** Where Node finds a package that one in another folder asks for. */
  private folderOf(name: string, from: string): string {
    const steps = from.split('/node_modules/');
    for (let length = steps.length; length >= 0; length -= 1) {
      const parts = [...steps.slice(0, length), name];
      const folder = length === 0 ? `node_modules/${name}` : parts.join('/node_modules/');
      const locked = this.packages[folder];
      if (locked) {
        return locked.link ? String(locked.resolved) : folder;
      }
    }
    throw new Error(`${from} asks for ${name}, and the lock file has none`);
  }
}
