const { default: Runtime } = require('jest-runtime');

/** Packages that mutation does not change, and that take most of the time to load. */
const SHARED = /^(cdktf|constructs|@cdktf\/provider-okta|@kong\/konnect-cdktf-bindings|ajv|fast-check)(\/|$)/;

/** Loads those packages once for all mutants. */
module.exports = class SharedPackagesRuntime extends Runtime {
  requireModuleOrMock(from, name) {
    return SHARED.test(name) ? require(name) : super.requireModuleOrMock(from, name);
  }
};
