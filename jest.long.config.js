const base = require('./jest.config.js');

/** What breaks everything once: too long for `npm test`, and part of what has to pass. */
module.exports = {
  ...base,
  displayName: 'long',
  roots: ['<rootDir>/__tests__/long'],
  testPathIgnorePatterns: ['/node_modules/'],
  // One of them breaks each request of a deployment in turn.
  testTimeout: 900_000,
};
