import { readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { CatalogFile, DocumentPath, Fault } from './catalog-file';
import type { Problems } from './problems';
import { isToken, NO_TOKEN } from './token-check';

/**
 * Whoever may edit a catalog may not read the machine that synthesizes it: `/proc/self/environ` has the tokens of
 * both tenants, and `.git/config` and `.env` often have others.
 */
const NOT_IN_FOLDER: Omit<Fault, 'received'> = {
  rule: 'must be a file in the folder of the catalog, or in one below it, and none that is hidden: what it says is published',
  remedy: 'Put the document beside the catalog, and give its path from there',
};

/** The text of the specification that a catalog names; undefined where that is a problem. */
export function specificationOf(
  file: CatalogFile,
  problems: Problems,
  path: DocumentPath,
  specification: string,
): string | undefined {
  const named = resolve(file.folder, specification);
  try {
    // The path first: whoever names a file elsewhere is not told whether it exists.
    const real = isBelow(file.folder, named) ? realpathSync(named) : undefined;
    if (real === undefined || !isBelow(realpathSync(file.folder), real)) {
      problems.add(path, NOT_IN_FOLDER);
      return undefined;
    }
    const content = readFileSync(real, 'utf8');
    if (!isToken(content)) {
      return content;
    }
    problems.add(path, NO_TOKEN);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    problems.add(path, {
      rule: `must be a file that can be read (${code})`,
      remedy: 'Give its path from the folder of the catalog',
    });
  }
  return undefined;
}

/** Whether a file is in a folder or below, with no hidden name on the way; `..` is one too. */
function isBelow(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return !isAbsolute(path) && path.split(sep).every((name) => !name.startsWith('./index.ts'));
}
