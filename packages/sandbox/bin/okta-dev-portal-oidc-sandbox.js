#!/usr/bin/env node
// In version control, so that npm finds and links it in a fresh clone, before anything is compiled.
require('../dist/command.js');
