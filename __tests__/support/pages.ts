import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '..', '..');

/** A link of a page. */
interface PageLink {
  /** As it is written. */
  readonly written: string;

  /** File or folder that it leads to, from the root of the repository. */
  readonly path: string;

  /** Heading that it leads to, if it names one. */
  readonly anchor?: string;
}

/** A Markdown page of the repository. */
export class Page {
  /**
   * All pages in version control, and new ones that are not ignored. Without the READMEs of packages for cdktn and of
   * templates, which are read in other folders.
   */
  public static all(): Page[] {
    const others = [':!scripts/package', ':!templates'];
    const options = ['--cached', '--others', '--exclude-standard', '*.md', ...others];
    const files = execFileSync('git', ['ls-files', ...options], { cwd: ROOT, encoding: 'utf8' });
    return files
      .split('\n')
      .filter((path) => path !== '' && existsSync(join(ROOT, path)) && !path.startsWith('scripts/package/'))
      .map((path) => new Page(path));
  }

  public readonly content: string;

  public constructor(
    /** From the root of the repository. */
    public readonly path: string,
  ) {
    this.content = readFileSync(join(ROOT, path), 'utf8');
  }

  /** The code blocks of a language, indented ones too. */
  public codeBlocks(language: string): string[] {
    return [...this.content.matchAll(/^( *)```(\w+)\n([\s\S]*?)^\1```$/gm)]
      .filter(([, , name]) => name === language)
      .map(([, indent = '', , code = '']) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
  }

  /** The commands in code blocks, without comments and settings of variables. */
  public shellCommands(): string[] {
    const console = this.codeBlocks('console').flatMap((block) =>
      [...block.matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command),
    );
    const shell = this.codeBlocks('sh').flatMap((block) => block.replace(/\\\n\s*/g, ' ').split('\n'));
    return [...shell, ...console].flatMap(commandsIn);
  }

  /** Commands of the CI jobs in YAML blocks. */
  public jobCommands(): string[] {
    return this.codeBlocks('yaml')
      .flatMap((block) => scriptsIn(parse(block)))
      .flatMap((script) => script.split('\n'))
      .flatMap(commandsIn);
  }

  /** The same for commands in the text. */
  public inlineCommands(): string[] {
    return this.inlineCode().flatMap(commandsIn);
  }

  /** Rows of every table whose first heading is given, cell by cell. */
  public tables(heading: string): string[][] {
    const blocks = this.prose().split(/\n(?!\|)/);
    const cells = (row: string) => row.split(/(?<!\\)\|/).slice(1, -1);
    return blocks
      .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
      .filter(([first = '']) => cells(first)[0]?.trim() === heading)
      .flatMap(([, , ...rows]) => rows.map((row) => cells(row).map((cell) => cell.trim())));
  }

  /** Inline code of the text. */
  public inlineCode(): string[] {
    return [...this.prose().matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  }

  /** Links to files of the repository, and within the page. */
  public links(): PageLink[] {
    const text = this.prose().replace(/`[^`\n]*`(?!\])/g, '');
    return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, written = '']) => written)
      .filter((written) => !/^(https?|mailto):/.test(written))
      .map((written) => {
        const [file = '', anchor] = written.split('#');
        const path = file === '' ? this.path : relative(ROOT, resolve(ROOT, dirname(this.path), file));
        return { written, path, anchor };
      });
  }

  /** Anchors of the headings, as GitHub makes them. */
  public anchors(): string[] {
    const seen = new Map<string, number>();
    return [...this.prose().matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
      const slug = heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/ /g, '-');
      const times = seen.get(slug) ?? 0;
      seen.set(slug, times + 1);
      return times === 0 ? slug : `${slug}-${times}`;
    });
  }

  private prose(): string {
    return this.content.replace(/^( *)```[\s\S]*?^\1```$/gm, '');
  }
}

/** Every `run` of GitHub Actions and `script` of GitLab CI. */
function scriptsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') {
    return /^(run|script|before_script)$/.test(key) ? [value] : [];
  }
  return Array.isArray(value)
    ? value.flatMap((each) => scriptsIn(each, key))
    : Object.entries(value ?? {}).flatMap(([name, each]) => scriptsIn(each, name));
}

/** The commands of a line, without comment and settings before them. */
function commandsIn(line: string): string[] {
  return line
    .replace(/\s# .*$/, '')
    .split(' && ')
    .map((command) => command.trim().replace(/^(?:\w+=\S+ )+(?=\w)/, ''))
    .filter((command) => command !== '');
}

/** Why a link is broken, `undefined` if it is not. */
export function brokenLink(link: PageLink): string | undefined {
  const file = join(ROOT, link.path);
  if (!existsSync(file)) {
    return `${link.written}: no such file`;
  }
  if (link.anchor === undefined || link.anchor === '') {
    return undefined;
  }
  const isPage = statSync(file).isFile() && link.path.endsWith('.md');
  return isPage && new Page(link.path).anchors().includes(link.anchor)
    ? undefined
    : `${link.written}: no such heading`;
}
