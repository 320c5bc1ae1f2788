const { types } = require('node:util');
const { TestEnvironment } = require('jest-environment-node');

/**
 * Looks up only the frames of errors in the source maps. cdktf captures a stack trace for each token, and the look-ups
 * for those took a third of the time of a test.
 */
module.exports = class SourceMapsOfErrors extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.Error.prepareStackTrace = (traced, frames) =>
      types.isNativeError(traced) && Error.prepareStackTrace
        ? Error.prepareStackTrace(traced, frames)
        : [traced, ...frames].join('\n    at ');
  }
};
