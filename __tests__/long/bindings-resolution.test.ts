import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { compilers, linkDependencies, node, tempProject } from '../e2e/bindings/bindings';

const SOURCE = `
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { Portal, type PortalConfig } from '@kong/konnect-cdktf-bindings/lib/portal';
import { Api } from '@kong/konnect-cdktf-bindings/lib/api/index.js';
import * as konnect from '@kong/konnect-cdktf-bindings';
import { gatewayControlPlane, portal } from '@kong/konnect-cdktf-bindings';
import { App, TerraformStack, Testing } from 'cdktf';

export const config: PortalConfig = { name: 'portal', description: 'for developers' };
// Fails to compile when the types were not found, for then it would be \`any\`.
// @ts-expect-error
export const wrong: PortalConfig = { name: 1 };

class Stack extends TerraformStack {
  constructor(app: App) {
    super(app, 'stack');
    new KonnectProvider(this, 'konnect');
    const own = new Portal(this, 'portal', config);
    new Api(this, 'api', { name: own.name });
  }
}
const { resource } = JSON.parse(Testing.synth(new Stack(new App())));
console.log(JSON.stringify([
  Object.keys(resource),
  resource.konnect_portal.portal.description,
  portal.Portal === Portal,
  konnect.portal.Portal === Portal,
  gatewayControlPlane.GatewayControlPlane.tfResourceType,
]));
`;

const OUTPUT = [
  ['konnect_api', 'konnect_portal'],
  'for developers',
  true,
  true,
  'konnect_gateway_control_plane',
];

type Compiler = keyof typeof compilers;
interface Case {
  readonly name: string;
  readonly compiler: Compiler;
  readonly type: 'commonjs' | 'module';
  readonly options: { readonly module: string; readonly moduleResolution: string };
}

const node16 = { module: 'node16', moduleResolution: 'node16' };
const nodenext = { module: 'nodenext', moduleResolution: 'nodenext' };
const cases: Case[] = [
  { name: 'node16, CommonJS', compiler: 'TypeScript 7', type: 'commonjs', options: node16 },
  { name: 'node16, ES modules', compiler: 'TypeScript 7', type: 'module', options: node16 },
  { name: 'nodenext, CommonJS', compiler: 'TypeScript 7', type: 'commonjs', options: nodenext },
  { name: 'nodenext, ES modules', compiler: 'TypeScript 7', type: 'module', options: nodenext },
  {
    name: 'bundler',
    compiler: 'TypeScript 7',
    type: 'module',
    options: { module: 'esnext', moduleResolution: 'bundler' },
  },
  {
    name: 'node (node10)',
    compiler: 'TypeScript 5',
    type: 'commonjs',
    options: { module: 'commonjs', moduleResolution: 'node' },
  },
];

jest.setTimeout(60_000);

it.each(cases)('$name with $compiler', ({ compiler, type, options }) => {
  const project = tempProject({
    'package.json': JSON.stringify({ name: 'consumer', private: true, type }),
    'index.ts': SOURCE,
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        ...options,
        target: 'es2022',
        lib: ['es2022'],
        types: [],
        strict: true,
        // Off, so that the declarations of the bindings are checked too.
        skipLibCheck: false,
        outDir: 'dist',
        rootDir: '.',
      },
      files: ['index.ts', 'console.d.ts'],
    }),
    'console.d.ts': 'declare const console: { log(text: string): void };\n',
  });
  try {
    linkDependencies(project);
    expect(node([compilers[compiler], '-p', '.', '--pretty', 'false'], project)).toMatchObject({
      status: 0,
      stdout: '',
    });
    const run = node([join('dist', 'index.js')], project);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toEqual(OUTPUT);
  } finally {
    rmSync(project, { recursive: true });
  }
});

it('has no module for the data source that is left out', () => {
  const project = tempProject({});
  try {
    linkDependencies(project);
    const script = "require('@kong/konnect-cdktf-bindings/lib/data-konnect-platform-ip-addresses')";
    expect(node(['-e', script], project).stderr).toContain('MODULE_NOT_FOUND');
  } finally {
    rmSync(project, { recursive: true });
  }
});
