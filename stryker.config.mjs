import { createRequire } from 'node:module';

const jest = createRequire(import.meta.url)('./jest.config.js').projects.find(
  ({ displayName }) => displayName === 'unit',
);

/** Mutation testing of the library with the tests that run in this process: `npm run mutation`. */
export default {
  mutate: ['lib/**/*.ts'],
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    enableFindRelatedTests: false,
    config: {
      ...jest,
      roots: ['<rootDir>/__tests__/support/mutation'],
      runtime: '<rootDir>/__tests__/support/mutation/shared-packages-runtime.js',
      testEnvironment: './__tests__/support/mutation/fail-fast-environment.js',
    },
  },
  coverageAnalysis: 'perTest',
  disableTypeChecks: false,
  // The types are checked by npm test; Stryker would want the compiler's API.
  tsconfigFile: 'none',
  concurrency: 2,
  // CDKTF remembers each construct that was ever made.
  maxTestRunnerReuse: 100,
  // A busy machine is no endless loop.
  dryRunTimeoutMinutes: 15,
  timeoutMS: 60_000,
  timeoutFactor: 3,
  ignorePatterns: ['.gen', 'cdktf.out', 'dist', 'docs', 'packages/*/lib', 'packages/*/dist'],
  reporters: ['clear-text', 'json'],
  clearTextReporter: { logTests: false, reportTests: false },
  jsonReporter: { fileName: 'reports/mutation.json' },
  allowEmpty: false,
  // The goal is that of scripts/mutants.mjs, which lists the survivors first.
  thresholds: { high: 95, low: 88, break: null },
};
