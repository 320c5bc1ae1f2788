import { partsOf } from './comment.mjs';
import { Declarations, isExported } from './model.mjs';

/** One page for all modules; its parts hold what the files of a folder declare. */
export function markdownOf(page, modules) {
  const declarations = new Declarations(modules.flatMap(({ members }) => members));
  const moduleOf = new Map(
    modules.flatMap(({ module, members }) => members.filter(isExported).map(({ name }) => [name, module])),
  );
  const left = new Set(declarations.exported());
  const parts = page.parts.map(({ title, includes }) => {
    const mine = [...left].filter(({ fileUrlPath }) => includes(fileUrlPath)).sort(byFamily);
    for (const each of mine) {
      left.delete(each);
    }
    return { title, mine };
  });
  return [
    `# ${page.title}`,
    `${page.what}, from its docstrings. \`npm run docs\` writes this page.\n${page.more}`,
    ...parts.map(
      ({ title, mine }) => `- ${title}: ${mine.map(({ name }) => `[${name}](#${anchor(name)})`).join(', ')}`,
    ),
    ...parts.flatMap(({ title, mine }) => [
      `## ${title}`,
      ...mine.flatMap((each) => section(each, declarations, moduleOf.get(each.name), modules[0].module)),
    ]),
  ]
    .join('\n\n')
    .replace(/^(- .*)\n\n(?=- )/gm, '$1\n')
    .concat('\n');
}

/** A class stands before its props. */
function byFamily(one, other) {
  const key = ({ name, kind }) => {
    const family = name.replace(/(Props|Options|Attributes|Lookup)$/, '');
    return `${family} ${kind === 'Class' ? 0 : 1} ${name}`;
  };
  return key(one) < key(other) ? -1 : 1;
}

/** Declarations without members are one line. */
const SHOWN_AS_CODE = /^(Function|TypeAlias)$/;

function section(declaration, declarations, module, mainModule) {
  const { name, kind } = declaration;
  const { text, tags } = partsOf(declaration.docComment);
  const bases = declarations.basesOf(declaration).map((each) => `[${each}](#${anchor(each)})`);
  const relation = kind === 'Class' ? 'Is a' : 'Has what these have too:';
  const members = declarations.membersOf(declaration);
  const created = members.find(({ member }) => member.kind === 'Constructor');
  const fields = members
    .filter(({ member }) => /^(Property|EnumMember)/.test(member.kind))
    .sort(requiredFirst);
  const methods = members.filter(({ member }) => /^Method/.test(member.kind));
  return [
    `### ${name}`,
    ...text,
    ...(module === mainModule ? [] : [`From \`${module}\`.`]),
    ...(SHOWN_AS_CODE.test(kind) ? [`\`${code(declaration)}\``] : []),
    ...throwsOf({ tags }),
    ...(bases.length > 0 ? [`${relation} ${bases.join(', ')}.`] : []),
    ...(created && !created.member.isProtected
      ? [`\`new ${name}${code(created.member).replace(/^constructor/, '')}\``]
      : []),
    ...(fields.length > 0 ? [table(kind, fields, declarations)] : []),
    ...methods.sort(staticFirst).map((each) => method(each, name)),
  ];
}

function table(kind, fields, declarations) {
  if (kind === 'Enum') {
    return rows(
      ['Member', 'Value', ''],
      fields.map(({ member, doc }) => [
        `\`${member.name}\``,
        `\`${initialValueOf(member)}\``,
        doc.text.join(' '),
      ]),
    );
  }
  const hasDefaults = fields.some(({ doc }) => doc.tags.default !== undefined);
  return rows(
    ['Name', 'Type', '', ...(hasDefaults ? ['Default'] : [])],
    fields.map(({ member, doc }) => [
      `\`${member.isStatic ? 'static ' : ''}${member.name}\`${member.isOptional || kind === 'Class' ? '' : ' (required)'}`,
      typeOf(member, declarations),
      [...doc.text, ...throwsOf(doc)].join(' '),
      ...(hasDefaults ? [defaultOf(doc.tags.default)] : []),
    ]),
  );
}

/** A default in words begins with a dash. */
function defaultOf(text = '') {
  if (text === '' || text.startsWith('- ')) {
    return text.replace(/^- /, '');
  }
  return text.startsWith('`') ? text : `\`${text.replaceAll('&lt;', '<')}\``;
}

/** What a member throws, as a sentence. */
function throwsOf({ tags: { throws } }) {
  return throws ? [`Throws ${throws}.`] : [];
}

function method({ member, doc }, owner) {
  const { returns } = doc.tags;
  const parameters = Object.entries(doc.parameters).map(([name, text]) => `\`${name}\`: ${text}`);
  const words = [
    ...doc.text,
    ...(parameters.length > 0 ? [`${parameters.join('; ')}.`] : []),
    ...(returns ? [`Returns ${returns}.`] : []),
    ...throwsOf(doc),
  ].map((each) => each.replace(/\.\.$/, '../api-reference'));
  const signature = code(member).replace(/^static /, `${owner}.`);
  return `- \`${signature}\`${words.length > 0 ? ` – ${words.join(' ')}` : ''}`;
}

function rows(heading, cells) {
  const row = (each) => `| ${each.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(heading), row(heading.map(() => '---')), ...cells.map(row)]
    .join('\n')
    .replaceAll('|  |', '| |');
}

/** The declaration as it stands in the code. */
function code({ excerptTokens }) {
  return excerptTokens
    .map(({ text }) => text)
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/\( /g, '(')
    .replace(/^export (declare )?/, '')
    .replace(/;$/, '')
    .trim();
}

function typeOf({ excerptTokens, propertyTypeTokenRange: range }, declarations) {
  const text = excerptTokens
    .slice(range.startIndex, range.endIndex)
    .map((token) => token.text)
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/;(?= })/g, '');
  const linked = declarations.has(text.replace(/\[\]$/, ''));
  return linked ? `[\`${text}\`](#${anchor(text.replace(/\[\]$/, ''))})` : `\`${text}\``;
}

function initialValueOf({ excerptTokens, initializerTokenRange: range }) {
  return excerptTokens
    .slice(range.startIndex, range.endIndex)
    .map(({ text }) => text)
    .join('')
    .replaceAll('"', '');
}

const requiredFirst = ({ member: one }, { member: other }) =>
  Number(one.isOptional) - Number(other.isOptional);
/** Ids of GitHub's headings. */
const anchor = (name) => name.toLowerCase();

const staticFirst = ({ member: one }, { member: other }) =>
  Number(other.isStatic ?? false) - Number(one.isStatic ?? false);
