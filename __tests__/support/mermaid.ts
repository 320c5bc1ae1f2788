/*
 * Mermaid itself would bring 150 packages and 180 MB for two pictures. So they keep to these lines, which it parses,
 * and a line of another kind is added here once Mermaid was seen to parse it.
 */
const NODE = '(?!end\\b)[A-Za-z]\\w*(?:\\["[^"]+"\\])?';
/** A semicolon ends a statement, and a hash begins the code of a character. */
const WORDS = '[^\\s;#][^;#]*';

interface Grammar {
  /** Lines that begin a block, which `end` closes. */
  readonly opens: RegExp;

  /** Lines within a block that divide it. */
  readonly divides?: RegExp;
  readonly others: RegExp;
}

const GRAMMARS: { readonly [first: string]: Grammar } = {
  'flowchart LR': {
    opens: /^subgraph [A-Za-z]\w*\["[^"]+"\]$/,
    others: new RegExp(`^${NODE}(?: (?:-- "[^"]+" )?--> ${NODE})?$`),
  },
  sequenceDiagram: {
    opens: new RegExp(`^alt ${WORDS}$`),
    divides: new RegExp(`^else(?: ${WORDS})?$`),
    others: new RegExp(`^(?:participant [A-Z] as ${WORDS}|[A-Z]--?>>[A-Z]: ${WORDS})$`),
  },
};

/** The lines of a Mermaid diagram that it may not parse. */
export function mermaidFaults(diagram: string): string[] {
  const [first = '', ...lines] = diagram.trimEnd().split('\n');
  const grammar = GRAMMARS[first];
  if (!grammar) {
    return [`unknown kind of diagram: ${first}`];
  }
  let depth = 0;
  const faults: string[] = [];
  for (const line of lines.map((each) => each.trim())) {
    if (grammar.opens.test(line)) {
      depth += 1;
    } else if (line === 'end' && depth > 0) {
      depth -= 1;
    } else if (!(grammar.divides?.test(line) && depth > 0) && !grammar.others.test(line)) {
      faults.push(line);
    }
  }
  const undeclared = first === 'sequenceDiagram' ? undeclaredIn(lines) : [];
  return [...faults, ...undeclared, ...(depth === 0 ? [] : [`${depth} blocks without end`])];
}

function undeclaredIn(lines: readonly string[]): string[] {
  const text = lines.join('\n');
  const declared = [...text.matchAll(/participant (\w) as/g)].map(([, name]) => name);
  const used = [...text.matchAll(/^\s*(\w)--?>>(\w):/gm)].flatMap(([, from, to]) => [from, to]);
  return used.filter((name) => !declared.includes(name)).map((name) => `no participant ${name}`);
}
