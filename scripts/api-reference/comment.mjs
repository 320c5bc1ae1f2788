/** A docstring in its parts: the text, the blocks of its tags, and what it says of each parameter. */
export function partsOf(docComment) {
  const lines = (docComment ?? '')
    .replace(/^\/\*\*|\*\/\s*$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''));
  const blocks = { text: [], parameters: {} };
  let into = blocks.text;
  for (const line of lines) {
    const [, tag, rest] = /^@(\w+)\s*(.*)$/.exec(line) ?? [];
    if (tag === 'param') {
      const [, name, text] = /^(\w+)\s+-\s*(.*)$/.exec(rest) ?? [];
      into = [text];
      blocks.parameters[name] = into;
    } else if (tag) {
      // What can be thrown has a tag for each cause.
      into = blocks[tag] ? [`${blocks[tag].join(' ')};`, rest] : [rest];
      blocks[tag] = into;
    } else {
      into.push(line);
    }
  }
  const { text, parameters, ...tags } = blocks;
  return {
    text: paragraphs(text),
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, each]) => [name, oneLine(each)])),
    tags: Object.fromEntries(Object.entries(tags).map(([name, each]) => [name, oneLine(each)])),
  };
}

/** Markdown that GitHub shows as it was written: no HTML but in code. */
function escaped(text) {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/\\([^\w\s])/g, '$1').replaceAll('<', '&lt;')))
    .join('');
}

function paragraphs(lines) {
  return lines
    .join('\n')
    .split(/\n{2,}/)
    .map((paragraph) => oneLine([paragraph]))
    .filter((paragraph) => paragraph !== '');
}

function oneLine(lines) {
  return escaped(lines.join(' ').replace(/\s+/g, ' ').trim());
}
