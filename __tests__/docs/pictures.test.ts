import { mermaidFaults } from '../support/mermaid';
import { Page } from '../support/pages';

test('the pictures keep to lines that Mermaid parses', () => {
  const pictures = Page.all().flatMap((page) =>
    page.codeBlocks('mermaid').map((diagram) => ({ page: page.path, diagram })),
  );
  // Who owns what, and what happens to a request.
  expect(pictures.map(({ page, diagram }) => [page, diagram.split('\n')[0]])).toEqual([
    ['docs/architecture.md', 'flowchart LR'],
    ['docs/architecture.md', 'sequenceDiagram'],
  ]);
  expect(pictures.flatMap(({ diagram }) => mermaidFaults(diagram))).toEqual([]);
});

test.each<[string, string, string]>([
  ['a semicolon', 'sequenceDiagram\n  participant A as B\n  A->>A: expiry; claim', 'A->>A: expiry; claim'],
  [
    'a block that is not closed',
    'sequenceDiagram\n  participant A as B\n  alt wrong',
    '1 blocks without end',
  ],
  ['an end too many', 'flowchart LR\n  a --> b\n  end', 'end'],
  ['an else without alt', 'sequenceDiagram\n  else', 'else'],
  ['a quote within a label', 'flowchart LR\n  a["one "two" three"]', 'a["one "two" three"]'],
  ['a bracket that is not closed', 'flowchart LR\n  a["one"', 'a["one"'],
  [
    'a participant that is not declared',
    'sequenceDiagram\n  participant A as B\n  A->>C: hi',
    'no participant C',
  ],
  ['another kind of diagram', 'graf LR\n  a --> b', 'unknown kind of diagram: graf LR'],
])('%s is found', (_, diagram, fault) => {
  expect(mermaidFaults(diagram)).toEqual([fault]);
});
