import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { ControlPlane, DevPortal } from '../../lib';
import { CatalogError, type CatalogFailure, PortalCatalog, type PortalCatalogProps } from '../../lib/catalog';
import { stackWithProviders } from './how-to';
import { UUID } from './validation';

export const SCHEMA_FILE = join(__dirname, '..', '..', 'schema', 'catalog.schema.json');

/** A catalog with its stack. */
interface CatalogInStack {
  readonly stack: TerraformStack;
  readonly catalog: PortalCatalog;
}

/** Props of a catalog in a stack. */
export type PropsOf = (stack: TerraformStack) => Partial<PortalCatalogProps>;

/** Place and rule of a failure, for example `2:3 apis.orders` and `/is required/`. */
export type ExpectedFailure = readonly [place: string, rule: RegExp];

/** A folder with catalog files, for one test file. */
export class CatalogFolder {
  public readonly path = mkdtempSync(join(tmpdir(), 'catalog-'));

  /** Writes a file, and returns its path. */
  public write(name: string, text: string): string {
    const file = join(this.path, name);
    writeFileSync(file, text);
    return file;
  }

  /** A catalog on a portal `main`, a portal `members` with RBAC and a control plane `main`. */
  public catalogOf(text: string, propsOf: PropsOf = () => ({}), name = 'catalog.yaml'): CatalogInStack {
    const stack = stackWithProviders();
    const portals = {
      main: new DevPortal(stack, 'main', { name: 'Main' }),
      members: new DevPortal(stack, 'members', { name: 'Members', rbacEnabled: true }),
    };
    const catalog = new PortalCatalog(stack, 'catalog', {
      file: this.write(name, text),
      portals,
      controlPlanes: { main: ControlPlane.fromControlPlaneId(stack, 'control-plane', UUID) },
      ...propsOf(stack),
    });
    return { stack, catalog };
  }

  /** The failures of a catalog, empty if it is valid. */
  public failuresOf(text: string, propsOf?: PropsOf, name?: string): CatalogFailure[] {
    try {
      this.catalogOf(text, propsOf, name);
    } catch (error) {
      if (error instanceof CatalogError) {
        return error.catalogFailures;
      }
      throw error;
    }
    return [];
  }

  /** Expects that a catalog has exactly these failures, in the order of the file. */
  public expectFailures(text: string, expected: readonly ExpectedFailure[], propsOf?: PropsOf): void {
    const failures = this.failuresOf(text, propsOf).map((failure) => ({
      place: `${failure.line}:${failure.column} ${failure.path}`.trimEnd(),
      rule: failure.rule,
    }));
    expect(failures).toEqual(expected.map(([place, rule]) => ({ place, rule: expect.stringMatching(rule) })));
  }

  public remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
