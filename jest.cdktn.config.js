const base = require('./jest.config.js');

const cdktn = '<rootDir>/test-support/cdktn/node_modules';

/** What says nothing about cdktn, by the reason. */
const leftOut = {
  long: 'deploys with Terraform, again and again',
  e2e: 'deploys with Terraform, which sees the JSON only',
  sandbox: 'services and stand-in providers; they import no construct',
  cli: 'the command; it imports no construct',
  security: 'deploys with Terraform, and looks at the command, the sandbox and the lock file',
  'testing/command.test': 'runs the command; it imports no construct',
  'testing/stack-tester.test': 'deploys with Terraform, which sees the JSON only',
  bindings: 'builds the bindings, with the generator of cdktf-cli',
  'bench-counts.test': 'counts the files of cdktf that a process of its own loads',
  'package.test': 'installs the packed packages beside cdktf in a project of its own',
  cdktn: 'compiles and synthesizes on cdktn in a process of its own',
  docs: 'checks the pages, and compiles their snippets against cdktf in a process of its own',
  examples: 'synthesizes the examples in processes of their own',
  'readme.test': 'compiles the examples against cdktf in a process of its own',
  'start.test': 'runs npm start in a process of its own',
};

/** The unit tests on cdktn, the successor of cdktf, installed under the name cdktf. */
module.exports = {
  ...base,
  displayName: 'cdktn',
  globals: { framework: 'cdktn 0.24.0', constructs: 'constructs 10.6.0' },
  testPathIgnorePatterns: [
    '/node_modules/',
    // Stacks like those of the kit's own tests.
    '<rootDir>/examples',
    ...Object.keys(leftOut).map((each) => `<rootDir>/__tests__/${each}`),
  ],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^(cdktf|constructs)$': `${cdktn}/$1`,
    '^(cdktf|constructs)/(.*)$': `${cdktn}/$1/$2`,
  },
};
