import { type Document, isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { DocumentPath } from './catalog-file';
import { isMerge, resolved, sourcesOf, startOf } from './yaml-text';

/** What stands at a path, or as far towards it as there is anything. */
interface Place {
  readonly node?: Node;
  readonly pair?: Pair;
  readonly found: boolean;
}

/** Where in a document its data stands. */
export class Places {
  public constructor(private readonly document: Document) {}

  /** Where an editor should show the value at a path, or its key. */
  public offsetOf(path: DocumentPath, ofKey: boolean): number | undefined {
    const { node, pair, found } = this.find(path);
    // An object stands below its key, so the key is what an editor should show.
    const preferred = ofKey || !found || !isScalar(node) ? (pair?.key ?? node) : node;
    return startOf(preferred ?? pair?.key);
  }

  /** How the file writes a number, true, false or null; undefined for anything else, and for a null that is not written. */
  public sourceOf(path: DocumentPath): string | undefined {
    const { node, found } = this.find(path);
    return found && isScalar(node) && typeof node.value !== 'string' ? node.source || undefined : undefined;
  }

  /** Follows a path as far as it goes. */
  private find(path: DocumentPath): Place {
    let node = resolved(this.document.contents, this.document);
    let pair: Pair | undefined;
    for (const step of path) {
      if (isMap(node)) {
        const next = this.pairOf(node, String(step));
        if (!next) {
          return { node, pair, found: false };
        }
        pair = next;
        node = resolved(next.value as Node | null, this.document);
      } else if (isSeq(node) && node.items[Number(step)] !== undefined) {
        pair = undefined;
        node = resolved(node.items[Number(step)] as Node, this.document);
      } else {
        return { node, pair, found: false };
      }
    }
    return { node, pair, found: true };
  }

  /** The pair of a key: the mapping's own before those that it merges. */
  private pairOf(map: YAMLMap, key: string): Pair | undefined {
    const own = map.items.find((pair) => !isMerge(pair) && isScalar(pair.key) && pair.key.value === key);
    if (own) {
      return own;
    }
    for (const source of map.items.filter(isMerge).flatMap((pair) => sourcesOf(pair, this.document))) {
      const merged = isMap(source) ? this.pairOf(source, key) : undefined;
      if (isPair(merged)) {
        return merged;
      }
    }
    return undefined;
  }
}
