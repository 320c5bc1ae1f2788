import { parse } from 'node:path';
import { type Path, replaceSecrets } from '../secrets';
import { type Code, Expression, formatCode, valueCode } from './code';
import { assignments, type Deviation } from './deviations';

/** Imports that an app may need. Whole statements, so that the build for cdktn finds the names of the packages. */
const IMPORTS = `
import { existsSync, readFileSync } from 'node:fs';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import {
  Adoption,
  Api,
  ApiPublication,
  AuthMethod,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  MatchPolicy,
  OidcAuthStrategy,
  OidcClient,
  OidcClientType,
  OktaDevPortalOidc,
  ProviderVersions,
  Visibility,
} from 'okta-dev-portal-oidc';
`;

/** Longer texts go to files. */
const MAX_TEXT_LENGTH = 300;

/** A file with a text that the app reads. */
interface TextFile {
  readonly name: string;
  readonly content: string;
}

/** Settings that the app sets on a resource. */
interface Override {
  /** The resource with the settings, for findings. */
  readonly what: string;
  readonly deviations: readonly Deviation[];
}

/** A secret that the app takes from a Terraform variable. */
interface Secret {
  /** The entity with the setting, for findings. */
  readonly what: string;

  /** Name of the setting in the API. */
  readonly setting: string;

  /** Name of the Terraform variable. */
  readonly variable: string;
}

/** The source code of an app, built statement by statement. */
export class AppSource {
  private readonly used = new Set<string>();
  private readonly statements: string[] = [];
  private readonly variables = new Set<string>();
  private readonly kept: Override[] = [];
  private readonly withheld: Secret[] = [];
  private readonly texts: TextFile[] = [];
  private readonly textNames = new Set<string>();

  /**
   * @param textFile path of a file for a text, from its name with extension
   * @param ids construct ids that are in use
   */
  public constructor(
    private readonly textFile: (what: string) => string,
    private readonly ids: Set<string>,
  ) {}

  /** Settings that the app sets on resources. */
  public get overrides(): readonly Override[] {
    return this.kept;
  }

  /** Secrets that the app takes from variables. */
  public get secrets(): readonly Secret[] {
    return this.withheld;
  }

  /** Files that the app reads. */
  public get textFiles(): readonly TextFile[] {
    return this.texts;
  }

  /** Imports a name, and returns it. */
  public use(name: string): string {
    this.used.add(name);
    return name;
  }

  public line(code: string): void {
    this.statements.push(code);
  }

  /** Adds a call whose last argument is `props`, for example `const portal = new DevPortal(stack, 'portal', { … });` */
  public call(start: string, props: Code): void {
    const { length } = start.slice(start.lastIndexOf('\n') + 1);
    this.line(`${start}${formatCode(props, length + 2)});`);
  }

  /** A unique name for a variable. */
  public variable(name: string, kind: string): string {
    const words = (name.match(/[A-Za-z0-9]+/g) ?? []).map(
      (word) => `${word[0].toUpperCase()}${word.slice(1)}`,
    );
    const ending = `${kind[0].toUpperCase()}${kind.slice(1)}`;
    const joined = words.join('').replace(/^[0-9]/, `N$&`);
    const whole = joined.toLowerCase().endsWith(kind.toLowerCase()) ? joined : `${joined}${ending}`;
    return unique(this.variables, `${whole[0].toLowerCase()}${whole.slice(1)}`);
  }

  /** The code of a text: a literal, or a call that reads a file if the text is long. */
  public text(content: string, what: string): Code {
    if (content.length <= MAX_TEXT_LENGTH) {
      return valueCode(content);
    }
    const { name: stem, ext } = parse(what.replace(/[^\w.-]+/g, '-'));
    const name = this.textFile(`${unique(this.textNames, stem)}${ext}`);
    this.texts.push({ name, content });
    return `${this.use('readFileSync')}(${String(valueCode(name))}, 'utf8')`;
  }

  /** A value with a Terraform variable instead of each secret. */
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

  /** Runs `add`, and returns its statements instead of adding them. */
  public collect(add: () => void): string[] {
    const before = this.statements.length;
    add();
    return this.statements.splice(before);
  }

  /** Sets existing values on a resource. */
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

  /** Sets existing values on the resource of an optional member. */
  public keepIf(what: string, owner: string, resource: string, deviations: readonly Deviation[]): void {
    if (deviations.length > 0) {
      this.line(`if (${owner}) {`);
      this.keep(what, resource, deviations, 2);
      this.line('}');
    }
  }

  public toString(): string {
    const imports = [...IMPORTS.matchAll(/import \{([^}]*)\} from '(.*)';/g)].flatMap(([, names, module]) => {
      const used = names.split(/[\s,]+/).filter((name) => this.used.has(name));
      return used.length > 0 ? [importLine(module, used)] : [];
    });
    return [...imports, '', ...this.statements.map((each) => this.withoutUnusedVariable(each))].join('\n');
  }

  /** A statement without the variable of a construct that no other statement uses. */
  private withoutUnusedVariable(statement: string): string {
    const [declaration = '', name] = /^const (\w+) = (?=new )/.exec(statement) ?? [];
    const isUsed = this.statements.some(
      (other) => other !== statement && new RegExp(`\\b${name}\\b`).test(other),
    );
    return isUsed ? statement : statement.slice(declaration.length);
  }
}

/** A unique construct id, made from a name. */
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
