const SourceMapsOfErrors = require('../test-environment');

/** Skips what follows the first test that fails: it is enough to know that a mutant is noticed. */
module.exports = class FailFastEnvironment extends SourceMapsOfErrors {
  failed = false;

  async handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) {
      this.failed = true;
    } else if (name === 'test_start' && this.failed) {
      test.mode = 'skip';
    }
  }
};
