import { defineConfig } from 'rolldown';

/** What package.json has in `exports`, and the command. */
const ENTRIES = [
  'lib/index',
  'lib/catalog/index',
  'testing/index',
  'testing/jest',
  'testing/jest-globals',
  'cli/main',
];

/*
 * Each entry point becomes one file, and so does what some of them share, classes above all: an app waits longer for
 * each file that it loads than for what is in it. Declarations come from `tsc`.
 */
const commonJs = defineConfig({
  input: Object.fromEntries(ENTRIES.map((entry) => [entry, `${entry}.ts`])),
  platform: 'node',
  logLevel: 'warn',
  // Packages stay what their users installed, this one too where the command or the test kit asks for it by name.
  external: /^[^./]/,
  output: {
    dir: 'dist',
    format: 'cjs',
    exports: 'named',
    esModule: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
  },
});

/* Vitest has no CommonJS build. This entry point imports the test kit by the name of the package, so both are one copy. */
const vitest = defineConfig({
  input: { 'testing/vitest': 'testing/vitest.mts' },
  platform: 'node',
  logLevel: 'warn',
  external: /^[^./]/,
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].mjs' },
});

export default [commonJs, vitest];
