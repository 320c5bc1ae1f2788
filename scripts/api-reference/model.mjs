import { partsOf } from './comment.mjs';

/** The words that API Extractor gives constructors without a docstring. */
const NO_WORDS = /^Constructs a new instance of the /;

/** Whether users of a module can name it. */
export function isExported({ canonicalReference }) {
  return !canonicalReference.includes('!~');
}

/** All declarations in a model of API Extractor by name, including unexported ones. */
export class Declarations {
  #byName;

  constructor(declared) {
    // What one module exports another one may know as its own.
    const exportedLast = [...declared].sort(
      (one, other) => Number(isExported(one)) - Number(isExported(other)),
    );
    this.#byName = new Map(exportedLast.map((each) => [each.name, each]));
  }

  has(name) {
    const declaration = this.#byName.get(name);
    return declaration !== undefined && isExported(declaration);
  }

  exported() {
    return [...this.#byName.values()].filter(isExported);
  }

  /** Bases that have a section. */
  basesOf(declaration) {
    return this.#allBases(declaration).flatMap((name) => {
      const base = this.#byName.get(name);
      return base && !this.has(name) ? this.basesOf(base) : this.has(name) ? [name] : [];
    });
  }

  /** Members, including those of bases without a section. An undocumented one has the text of its interface. */
  membersOf(declaration) {
    const own = declaration.members ?? [];
    const inherited = this.#allBases(declaration)
      .filter((name) => this.#byName.has(name) && !this.has(name))
      .flatMap((name) => this.membersOf(this.#byName.get(name)).map(({ member }) => member));
    const members = [...own, ...inherited.filter((each) => each.kind !== 'Constructor')];
    const seen = new Set();
    return members
      .filter((member) => !member.isProtected)
      .filter((member) => {
        const key = `${member.isStatic} ${member.name}`;
        return !seen.has(key) && seen.add(key);
      })
      .map((member) => ({ member, doc: this.#docOf(member, declaration) }));
  }

  #docOf(member, declaration) {
    const doc = partsOf(member.docComment);
    if (doc.text.length > 0 || member.kind === 'Constructor') {
      return NO_WORDS.test(doc.text[0]) ? { ...doc, text: [] } : doc;
    }
    for (const name of this.#ancestorsOf(declaration)) {
      const same = this.#byName
        .get(name)
        ?.members.find((each) => each.name === member.name && each.docComment);
      if (same) {
        return partsOf(same.docComment);
      }
    }
    return doc;
  }

  #ancestorsOf(declaration) {
    const bases = this.#allBases(declaration).filter((name) => this.#byName.has(name));
    return [...bases, ...bases.flatMap((name) => this.#ancestorsOf(this.#byName.get(name)))];
  }

  #allBases({ excerptTokens, extendsTokenRange, extendsTokenRanges = [], implementsTokenRanges = [] }) {
    return [extendsTokenRange, ...extendsTokenRanges, ...implementsTokenRanges]
      .filter(Boolean)
      .map(({ startIndex }) => excerptTokens[startIndex]?.text.trim());
  }
}
