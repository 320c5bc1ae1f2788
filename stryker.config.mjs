import { createRequire } from 'node:module';

const jest = createRequire(import.meta.url)('./jest.config.js');

/** Mutation testing of the library with the tests that run in this process: `npm run mutation`. */
export default {
  mutate: ['lib/**/*.ts'],
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    enableFindRelatedTests: false,
    config: {
      ...jest,
      // What runs the library in this process, and quickly: no other process sees a mutant, and fuzzing takes too long.
      testMatch: [
        '**/__tests__/{catalog,konnect,okta}/*.test.ts',
        '**/__tests__/{adoption,how-to,literal,moves,okta-dev-portal-oidc,provider-versions,rules*}.test.ts',
      ],
    },
  },
  coverageAnalysis: 'perTest',
  disableTypeChecks: false,
  // The types are checked by npm test; Stryker would want the compiler's API.
  tsconfigFile: 'none',
  concurrency: 2,
  timeoutMS: 20_000,
  ignorePatterns: ['.gen', 'bench', 'cdktf.out', 'dist', 'docs', 'packages/*/lib', 'packages/*/dist'],
  reporters: ['clear-text', 'json'],
  clearTextReporter: { logTests: false, reportTests: false },
  jsonReporter: { fileName: 'reports/mutation.json' },
  incrementalFile: 'reports/mutation-incremental.json',
  allowEmpty: false,
  thresholds: { high: 95, low: 90, break: 85 },
};
