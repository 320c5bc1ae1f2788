/** Draws code blocks of the language mermaid, as code hosts do. */
export function remarkMermaid() {
  return (tree) => {
    tree.children = tree.children.map((node) =>
      node.type === 'code' && node.lang === 'mermaid'
        ? {
            type: 'mdxJsxFlowElement',
            name: 'MermaidDiagram',
            attributes: [{ type: 'mdxJsxAttribute', name: 'code', value: node.value }],
            children: [],
          }
        : node,
    );
  };
}
