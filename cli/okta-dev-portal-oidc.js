#!/usr/bin/env node
// In version control, so that it is executable in a fresh clone and after every build.
require('../dist/cli/main.js');
