import { parse } from 'node:path';
import { type Code, Expression, printed, valueCode } from './code';
import { assignments, type Deviation } from './deviations';
import { type Path, replaceSecrets } from './secrets';

/** Where the classes that a stack may need come from. */
const MODULES: { readonly [module: string]: readonly string[] } = {
  'node:fs': ['existsSync', 'readFileSync'],
  '@cdktf/provider-okta/lib/provider': ['OktaProvider'],
  '@kong/konnect-cdktf-bindings/lib/provider': ['KonnectProvider'],
  cdktf: ['App', 'TerraformStack', 'TerraformVariable'],
  'okta-dev-portal-oidc': [
    'Adoption',
    'Api',
    'AuthMethod',
    'AuthorizationServer',
    'ControlPlane',
    'DevPortal',
    'GatewayService',
    'OidcClientType',
    'OktaDevPortalOidc',
    'ProviderVersions',
    'Visibility',
  ],
};

/** Longer texts stand in files of their own. */
const LONGEST_TEXT = 300;

/** A text that a stack reads when it is synthesized. */
export interface TextFile {
  readonly name: string;
  readonly content: string;
}

/** Settings that no prop has. */
export interface Override {
  /** What they belong to. */
  readonly what: string;
  readonly deviations: readonly Deviation[];
}

/** A secret that the app takes from a variable. */
export interface Secret {
  /** What it belongs to. */
  readonly what: string;

  /** The setting, as its API calls it. */
  readonly setting: string;

  /** Name of the Terraform variable. */
  readonly variable: string;
}

/** The source of an app, statement by statement. */
export class StackSource {
  private readonly used = new Set<string>();
  private readonly statements: string[] = [];
  private readonly variables = new Set<string>();
  private readonly kept: Override[] = [];
  private readonly withheld: Secret[] = [];
  private readonly texts: TextFile[] = [];
  private readonly textNames = new Set<string>();

  /**
   * @param textFile name of a file for a text, from what it is and its extension
   * @param ids construct ids in the stack that are taken
   */
  public constructor(
    private readonly textFile: (what: string) => string,
    private readonly ids: Set<string>,
  ) {}

  /** Settings that the stack gives to resources. */
  public get overrides(): readonly Override[] {
    return this.kept;
  }

  /** What is in no line of the app. */
  public get secrets(): readonly Secret[] {
    return this.withheld;
  }

  /** The files that the stack reads. */
  public get textFiles(): readonly TextFile[] {
    return this.texts;
  }

  /** A name that has to be imported. */
  public use(name: string): string {
    this.used.add(name);
    return name;
  }

  public line(code: string): void {
    this.statements.push(code);
  }

  /** A call whose last argument is `props`, for example `const portal = new DevPortal(stack, 'portal', { … });` */
  public call(start: string, props: Code): void {
    const { length } = start.slice(start.lastIndexOf('\n') + 1);
    this.line(`${start}${printed(props, length + 2)});`);
  }

  /** A name for a variable that no other has. */
  public variable(name: string, kind: string): string {
    const words = (name.match(/[A-Za-z0-9]+/g) ?? []).map(
      (word) => `${word[0].toUpperCase()}${word.slice(1)}`,
    );
    const ending = `${kind[0].toUpperCase()}${kind.slice(1)}`;
    const joined = words.join('').replace(/^[0-9]/, `N$&`);
    const whole = joined.toLowerCase().endsWith(kind.toLowerCase()) ? joined : `${joined}${ending}`;
    return unique(this.variables, `${whole[0].toLowerCase()}${whole.slice(1)}`);
  }

  /** A text: written out, or read from a file when it is long. */
  public text(content: string, what: string): Code {
    if (content.length <= LONGEST_TEXT) {
      return valueCode(content);
    }
    const { name: stem, ext } = parse(what.replace(/[^\w.-]+/g, '-'));
    const name = this.textFile(`${unique(this.textNames, stem)}${ext}`);
    this.texts.push({ name, content });
    return `${this.use('readFileSync')}(${String(valueCode(name))}, 'utf8')`;
  }

  /** A value with a Terraform variable in the place of each secret in it. */
  public withoutSecrets(what: string, value: unknown, path: Path = [], indent = 0): unknown {
    return replaceSecrets(value, path, (place) => {
      const id = unique(this.ids, place.join('_').replace(/\W+/g, '_'), '_');
      const variable = this.variable(id, 'secret');
      const declared = `const ${variable} = new ${this.use('TerraformVariable')}(stack, '${id}', `;
      this.call(`${' '.repeat(indent)}${declared}`, { type: "'string'", sensitive: 'true' });
      this.withheld.push({ what, setting: place.join('.'), variable: id });
      return new Expression(`${variable}.stringValue`);
    });
  }

  /** The statements that somebody adds, taken out again. */
  public captured(add: () => void): string[] {
    const before = this.statements.length;
    add();
    return this.statements.splice(before);
  }

  /** Settings of a resource that no prop has. */
  public keep(what: string, resource: string, deviations: readonly Deviation[], indent = 0): void {
    const written = deviations.map(({ attribute, value }) => ({
      attribute,
      value: this.withoutSecrets(what, value, [attribute], indent),
    }));
    for (const assignment of assignments(resource, written, indent)) {
      this.line(`${' '.repeat(indent)}${assignment}`);
    }
    if (deviations.length > 0) {
      this.kept.push({ what, deviations });
    }
  }

  /** The same for a resource of something that TypeScript takes for optional. */
  public keepIf(what: string, owner: string, resource: string, deviations: readonly Deviation[]): void {
    if (deviations.length > 0) {
      this.line(`if (${owner}) {`);
      this.keep(what, resource, deviations, 2);
      this.line('}');
    }
  }

  public toString(): string {
    const imports = Object.entries(MODULES).flatMap(([module, names]) => {
      const used = names.filter((name) => this.used.has(name));
      return used.length > 0 ? [importLine(module, used)] : [];
    });
    return [...imports, '', ...this.statements].join('\n');
  }
}

/** A construct id made of a name, which none of those that were given before has. */
export function constructId(taken: Set<string>, name: string, kind: string): string {
  const id = name.replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '') || kind;
  return unique(taken, taken.has(id) ? `${id}-${kind}` : id);
}

function unique(taken: Set<string>, name: string, separator = ''): string {
  let found = name;
  for (let number = 2; taken.has(found); number += 1) {
    found = `${name}${separator}${number}`;
  }
  taken.add(found);
  return found;
}

function importLine(module: string, names: readonly string[]): string {
  const line = `import { ${names.join(', ')} } from '${module}';`;
  return line.length <= 110
    ? line
    : `import {\n${names.map((name) => `  ${name},\n`).join('')}} from '${module}';`;
}
