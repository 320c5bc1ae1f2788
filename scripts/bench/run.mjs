// npm run bench [-- name...]: measures what is named, or everything, and writes it to RESULTS.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { deploy } from './deploy.mjs';
import { imports } from './imports.mjs';
import { installation } from './installation.mjs';
import { Project, root } from './project.mjs';
import { scale } from './scale.mjs';
import { synthesis } from './synthesis.mjs';

const benchmarks = { synthesis, imports, scale, deploy, installation };
const file = join(root, 'scripts', 'bench', 'RESULTS.md');

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(1);
}

const project = new Project();
try {
  const sections = sectionsOf(existsSync(file) ? readFileSync(file, 'utf8') : '');
  for (const name of asked.length > 0 ? asked : Object.keys(benchmarks)) {
    console.log(`Measuring ${name}`);
    const section = benchmarks[name](project);
    sections.set(name, section);
    console.log(section);
  }
  writeFileSync(file, render(sections));
} finally {
  project.remove();
}

/** The sections of the results, so that one benchmark alone leaves the others as they are. */
function sectionsOf(text) {
  return new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const [title, ...lines] = section.split('\n');
        return [title.toLowerCase(), lines.join('\n').trim()];
      }),
  );
}

function render(sections) {
  const versions = ['cdktf', 'constructs', 'typescript', 'sucrase', '@cdktf/provider-okta'].map(
    (name) => `${name} ${version(name)}`,
  );
  const [cpu] = cpus();
  return `${[
    '# Measured',
    `\`npm run bench\` writes this file; \`npm run bench -- scale\` measures one of them. Every ratio is one of medians of runs that took turns, so read the ratios: the seconds are those of one machine with ${cpus().length} cores (${cpu.model.trim()}), Node ${process.versions.node}, ${versions.join(', ')}. Where nothing else is said, seconds are those of the processor, which others on the machine disturb less than a clock. Behind ± stands half of the range between the quartiles; a ratio closer to 1 than that is noise, and is called so.`,
    ...Object.keys(benchmarks)
      .filter((name) => sections.has(name))
      .map((name) => `## ${name[0].toUpperCase()}${name.slice(1)}\n\n${sections.get(name)}`),
  ].join('\n\n')}\n`;
}

function version(name) {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
}
