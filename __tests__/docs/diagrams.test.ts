import { Page } from '../support/pages';

const diagrams = Page.all().flatMap((page) =>
  page.codeBlocks('mermaid').map((diagram) => [page.path, diagram] as const),
);

test.each(diagrams)('a diagram of %s has a title and a description for screen readers', (_, diagram) => {
  expect(diagram).toMatch(/^(flowchart (LR|TB)|sequenceDiagram)\n {2}accTitle: \S.*\n {2}accDescr: \S.*\n/);
});
