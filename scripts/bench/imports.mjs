// What it costs to load the library, against cdktf alone.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, number, ratio, table } from './measure.mjs';

const LOADED = {
  'cdktf alone': ['cdktf'],
  'the library, with every binding that it uses': ['okta-dev-portal-oidc'],
  'the library and both providers': [
    'okta-dev-portal-oidc',
    '@cdktf/provider-okta/lib/provider',
    '@kong/konnect-cdktf-bindings/lib/provider',
  ],
};

export function imports(project) {
  const scripts = Object.values(LOADED).map((modules, index) => {
    const path = join(project.folder, `require-${index}.cjs`);
    const requires = modules.map((name) => `require('${name}');`).join('\n');
    const measured = `const start = process.cpuUsage();\n${requires}\nconst used = process.cpuUsage(start);\nglobalThis.benchFigures.milliseconds = (used.user + used.system) / 1000;\n`;
    writeFileSync(path, measured);
    return [path];
  });
  const samples = alternate(scripts, { runs: 21, cwd: project.folder });
  const [base] = samples;
  const rows = Object.keys(LOADED).map((what, index) => {
    const { milliseconds, megabytes, files } = samples[index];
    const against = (sample, of) => (index === 0 ? '' : ratio(sample, of));
    return [
      what,
      milliseconds,
      against(milliseconds, base.milliseconds),
      megabytes,
      against(megabytes, base.megabytes),
      number(files.median),
      against(files, base.files),
    ];
  });
  return [
    '`require` in a separate process, medians of 21 runs; the goal is 1.25 at most.',
    table(['loaded', 'ms', 'ratio', 'MB at most', 'ratio', 'files', 'ratio'], rows),
    'Measured apart, in medians of 31 runs: of 22 ms beside cdktf the 20 bindings take 13, with what cdktf loads late, and the files of the library 9. Before each entry point was one file, 77 files of the library took 21. Bindings are loaded by file, never by an index, yaml with the catalog only.',
  ].join('\n\n');
}
