const { TestEnvironment } = require('jest-environment-node');

/** Skips what follows the first test that fails: it is enough to know that a mutant is noticed. */
module.exports = class FailFastEnvironment extends TestEnvironment {
  failed = false;

  async handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) {
      this.failed = true;
    } else if (name === 'test_start' && this.failed) {
      test.mode = 'skip';
    }
  }
};
