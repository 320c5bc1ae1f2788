import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bindings, node, type ProviderSchema, readProviderSchema, tempProject } from './bindings';

const EXCLUDED = 'data-konnect-platform-ip-addresses';
const { libDir, buildScript, schemaFile, additionsFile } = bindings;
const schema = readProviderSchema(schemaFile);
const dashed = (name: string) => name.replaceAll('_', '-');
const modulesOf = ({ resource_schemas: all }: ProviderSchema) =>
  Object.keys(all).map((name) => dashed(name.replace(/^konnect_/, '')));
const resources = modulesOf(schema);
const additions = modulesOf(readProviderSchema(additionsFile));
const dataSources = Object.keys(schema.data_source_schemas ?? {}).map((name) => `data-${dashed(name)}`);

jest.setTimeout(120_000);

beforeAll(() => {
  // Brings the output up to date for a checkout whose sources changed since `npm ci`.
  expect(node([buildScript])).toMatchObject({ status: 0, stdout: '' });
});

describe('the output', () => {
  it('holds a module for each of the 215 resources, three additions and 11 data sources, and the provider', () => {
    const all = [...resources, ...additions, ...dataSources, 'provider'];
    const expected = all.filter((dir) => dir !== EXCLUDED);
    const built = readdirSync(libDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());

    expect(resources).toHaveLength(215);
    expect(additions).toEqual(['portal-application', 'portal-application-registration', 'portal-developer']);
    expect(dataSources).toHaveLength(12);
    expect(built.map((entry) => entry.name).sort()).toEqual(expected.sort());
    for (const { name } of built) {
      expect(readdirSync(join(libDir, name)).sort()).toEqual(['index.d.ts', 'index.js']);
    }
  });

  it('says in its types which data source is absent', () => {
    const types = readFileSync(join(libDir, 'index.d.ts'), 'utf8');

    expect(dataSources).toContain(EXCLUDED);
    expect(types).toContain(`Absent: ${EXCLUDED}`);
    expect(types).not.toContain('dataKonnectPlatformIpAddresses');
  });

  it.each(['portal', 'api', 'portal-page', 'gateway-control-plane', 'portal-application'])(
    'lets %s have a description',
    (dir) => {
      const types = readFileSync(join(libDir, dir, 'index.d.ts'), 'utf8');
      const [config] = /export interface \w+Config extends [\s\S]*?\n\}/.exec(types) ?? [];

      expect(config).toContain('readonly description?: string;');
    },
  );
});

describe('the additions', () => {
  const sandboxFile = join(bindings.libDir, '..', '..', 'sandbox', 'schema', 'additions-3.21.json');

  it('are those that the fake provider of the sandbox serves', () => {
    expect(readProviderSchema(sandboxFile)).toEqual(readProviderSchema(additionsFile));
  });

  it('are no resources of the pinned schema', () => {
    expect(resources.filter((name) => additions.includes(name))).toEqual([]);
  });
});

describe('the index', () => {
  const inChild = (script: string) => {
    const run = node(['-e', script]);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    return JSON.parse(run.stdout) as unknown;
  };
  const loaded = `Object.keys(require.cache).filter((file) => file.startsWith(${JSON.stringify(libDir)}))`;

  it('loads one module, and only when it is asked for', () => {
    const script = `
      const konnect = require(${JSON.stringify(libDir)});
      const before = ${loaded};
      const type = konnect.portal.Portal.tfResourceType;
      console.log(JSON.stringify({ before, after: ${loaded}, type }));`;
    const index = join(libDir, 'index.js');

    expect(inChild(script)).toEqual({
      before: [index],
      after: [index, join(libDir, 'portal', 'index.js')],
      type: 'konnect_portal',
    });
  });

  it('lists every module without loading any', () => {
    const script = `
      const names = Object.keys(require(${JSON.stringify(libDir)}));
      console.log(JSON.stringify({ names, loaded: ${loaded}.length }));`;
    const types = readFileSync(join(libDir, 'index.d.ts'), 'utf8');
    const declared = [...types.matchAll(/^export \* as (\w+) /gm)].map(([, name]) => name);

    expect(declared).toHaveLength(230);
    expect(inChild(script)).toEqual({ names: declared, loaded: 1 });
  });
});

describe('a second build', () => {
  it('finds nothing to do, says nothing, in under two seconds', () => {
    const run = node([buildScript]);

    expect(run).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(run.seconds).toBeLessThan(2);
  });
});

describe('compiling a generated tree', () => {
  const good = 'export const answer: number = 42;\n';
  const broken = "export const answer: number = 'forty-two';\n";
  const indexOf = (...dirs: string[]) =>
    dirs
      .map((dir) => `export * as ${dir.replace(/-(.)/g, (_, c) => c.toUpperCase())} from './${dir}';\n`)
      .join('');
  const project = (files: Record<string, string>) => {
    const dir = tempProject(files);
    projects.push(dir);
    const out = join(dir, 'out');
    return { dir, out, run: () => node([buildScript, '--tree', join(dir, 'tree'), '--out', out]) };
  };
  const projects: string[] = [];

  afterAll(() => {
    for (const dir of projects) rmSync(dir, { recursive: true });
  });

  it('leaves out the excluded module alone', () => {
    const { out, run } = project({
      'tree/index.ts': indexOf('fine', EXCLUDED),
      'tree/fine/index.ts': good,
      [`tree/${EXCLUDED}/index.ts`]: broken,
    });

    expect(run()).toMatchObject({ status: 0, stderr: expect.stringContaining('compiled 1') });
    expect(readdirSync(out).sort()).toEqual(['fine', 'index.d.ts', 'index.js']);
  });

  it('fails with what the compiler says when another module is broken, and keeps what was there', () => {
    const { dir, out, run } = project({
      'tree/index.ts': indexOf('fine', 'data-other'),
      'tree/fine/index.ts': good,
      'tree/data-other/index.ts': broken,
      'out/index.js': '// from an earlier build',
    });
    const result = run();

    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/data-other\/index\.ts\(1,14\): error TS2322/);
    expect(readdirSync(out)).toEqual(['index.js']);
    expect(readdirSync(dir).sort()).toEqual(['out', 'tree']);
  });

  it('fails when the index does not name a module', () => {
    const { out, run } = project({
      'tree/index.ts': indexOf('fine'),
      'tree/fine/index.ts': good,
      'tree/forgotten/index.ts': good,
    });
    const result = run();

    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/not in .*index\.ts: forgotten/);
    expect(existsSync(out)).toBe(false);
  });

  it('clears away what a killed build left, but not the work of one that runs', () => {
    // No system has a process of this number.
    const dead = 2 ** 31 - 1;
    const { dir, run } = project({
      'tree/index.ts': indexOf('fine'),
      'tree/fine/index.ts': good,
      [`out.${dead}.tmp/index.js`]: '',
      [`out.${process.pid}.tmp/index.js`]: '',
    });

    expect(run()).toMatchObject({ status: 0, stderr: expect.stringContaining('compiled 1') });
    expect(readdirSync(dir).sort()).toEqual(['out', `out.${process.pid}.tmp`, 'tree']);
  });
});
