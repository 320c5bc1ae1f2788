const { availableParallelism } = require('node:os');

const cdktn = '<rootDir>/__tests__/support/cdktn/node_modules';

const base = {
  testEnvironment: '<rootDir>/__tests__/support/test-environment.js',
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: {
    '^okta-dev-portal-oidc$': '<rootDir>/lib/index.ts',
    '^okta-dev-portal-oidc/catalog$': '<rootDir>/lib/catalog/index.ts',
    '^okta-dev-portal-oidc/testing$': '<rootDir>/testing/index.ts',
    '^okta-dev-portal-oidc/testing/jest$': '<rootDir>/testing/jest.ts',
    '^okta-dev-portal-oidc/testing/jest-globals$': '<rootDir>/testing/jest-globals.ts',
    '^okta-dev-portal-oidc-sandbox$': '<rootDir>/packages/sandbox/src/index.ts',
  },
  // ES modules without a CommonJS build that some tests import.
  transformIgnorePatterns: ['/node_modules/(?!(jose|openid-client|oauth4webapi)/)'],
  transform: {
    '^.+\\.(ts|js)$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
};

const project = (displayName, root) => ({
  ...base,
  displayName,
  roots: [`<rootDir>/${root}`],
});

// Terraform and the TypeScript compiler are Go programs that end soon: their memory needs little collection.
process.env.GOGC ??= '400';

module.exports = {
  globalSetup: '<rootDir>/__tests__/support/temporary-folder/setup.ts',
  globalTeardown: '<rootDir>/__tests__/support/temporary-folder/teardown.ts',
  // Tests wait for processes a fifth of their time.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // A new worker costs less than collecting the garbage of a large one.
  workerIdleMemoryLimit: '600MB',
  // Tests start processes and run Terraform. A busy machine is slow.
  testTimeout: 60_000,
  projects: [
    project('unit', '__tests__/unit'),
    // The unit tests on cdktn, the successor of cdktf, installed under the name cdktf.
    {
      ...project('cdktn', '__tests__/unit'),
      globals: { framework: 'cdktn 0.24.0', constructs: 'constructs 10.6.0' },
      moduleNameMapper: {
        ...base.moduleNameMapper,
        '^(cdktf|constructs)$': `${cdktn}/$1`,
        '^(cdktf|constructs)/(.*)$': `${cdktn}/$1/$2`,
      },
    },
    project('e2e', '__tests__/e2e'),
    project('docs', '__tests__/docs'),
    // What Konnect and Okta publish about their APIs, as the judge of the sandbox, the fake providers and the command.
    project('contracts', '__tests__/contracts'),
    project('long', '__tests__/long'),
  ],
};
