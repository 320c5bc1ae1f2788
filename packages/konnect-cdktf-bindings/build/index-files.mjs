import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the package's own index: every module under its name, loaded when it is first asked for. */
export function writeIndex(lib, modules, excluded) {
  const getters = modules.map(({ name, dir }) => `lazy(${JSON.stringify(name)}, () => require("./${dir}"));`);
  const js = [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    'function lazy(name, get) {',
    '  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });',
    '}',
    ...getters,
    '// Never runs: Node finds the names for `import { portal }` in ES modules by reading this line.',
    `0 && (module.exports = { ${modules.map(({ name }) => name).join(', ')} });`,
  ];
  const dts = [
    ...excluded.map(
      (dir) => `// Absent: ${dir}, which cdktf 0.21 generates with a type that does not exist.`,
    ),
    ...modules.map(({ name, dir }) => `export * as ${name} from './${dir}';`),
  ];
  writeFileSync(join(lib, 'index.js'), `${js.join('\n')}\n`);
  writeFileSync(join(lib, 'index.d.ts'), `${dts.join('\n')}\n`);
}
