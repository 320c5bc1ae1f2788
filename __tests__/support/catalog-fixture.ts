import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { DevPortal } from '../../lib';
import { CatalogError, PortalCatalog, type PortalCatalogProps } from '../../lib/catalog';
import { stackWithProviders } from './how-to';
import { UUID } from './validation';

/** A catalog in a stack of its own. */
export interface CatalogInStack {
  readonly stack: TerraformStack;
  readonly catalog: PortalCatalog;
}

/** A folder with catalog files, for one test file. */
export class CatalogFolder {
  public readonly path = mkdtempSync(join(tmpdir(), 'catalog-'));

  /** Writes a file, and returns its path. */
  public write(name: string, text: string): string {
    const file = join(this.path, name);
    writeFileSync(file, text);
    return file;
  }

  /** A catalog of a text, on a portal `main`, one `members` with RBAC, and a control plane `main`. */
  public catalogOf(
    text: string,
    props: Partial<PortalCatalogProps> = {},
    name = 'catalog.yaml',
  ): CatalogInStack {
    const stack = stackWithProviders();
    const portals = {
      main: new DevPortal(stack, 'main', { name: 'Main' }),
      members: new DevPortal(stack, 'members', { name: 'Members', rbacEnabled: true }),
    };
    const catalog = new PortalCatalog(stack, 'catalog', {
      file: this.write(name, text),
      portals,
      controlPlaneIds: { main: UUID },
      ...props,
    });
    return { stack, catalog };
  }

  /** What is wrong with a text, a line each, without the folder. */
  public faultsOf(text: string, props: Partial<PortalCatalogProps> = {}, name = 'catalog.yaml'): string[] {
    try {
      this.catalogOf(text, props, name);
    } catch (error) {
      if (error instanceof CatalogError) {
        const [title, ...lines] = error.message.replaceAll(join(this.path, '/'), '').split('\n');
        expect(title).toBe('stack/catalog: invalid input');
        return lines.map((line) => line.replace(/^ {2}- /, ''));
      }
      throw error;
    }
    return [];
  }

  public remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
