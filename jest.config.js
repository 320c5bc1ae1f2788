module.exports = {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test-support/temporary-folder/setup.ts',
  globalTeardown: '<rootDir>/test-support/temporary-folder/teardown.ts',
  // Processes are started and Terraform runs; a busy machine takes its time.
  testTimeout: 60_000,
  roots: ['<rootDir>/__tests__', '<rootDir>/examples'],
  testMatch: ['**/*.test.ts'],
  // They have a configuration of their own: jest.long.config.js.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/long'],
  moduleNameMapper: {
    '^okta-dev-portal-oidc$': '<rootDir>/lib/index.ts',
    '^okta-dev-portal-oidc/catalog$': '<rootDir>/lib/catalog/index.ts',
    '^okta-dev-portal-oidc/testing$': '<rootDir>/testing/index.ts',
    '^okta-dev-portal-oidc/testing/jest$': '<rootDir>/testing/jest.ts',
    '^okta-dev-portal-oidc/testing/jest-globals$': '<rootDir>/testing/jest-globals.ts',
    '^okta-dev-portal-oidc-sandbox$': '<rootDir>/packages/sandbox/src/index.ts',
  },
  // An ES module only, which some tests import themselves: jest loads CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  transform: {
    '^.+\\.(ts|js)$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
};
