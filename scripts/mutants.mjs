import { readFileSync, writeFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';

/*
 * Writes scripts/bench/MUTANTS.md from the report of Stryker: the score by folder, and every mutant that no test noticed. Fails
 * when the score misses the goal.
 */
const ROOT = resolve(import.meta.dirname, '..');
const WIDTH = 70;
/** Per cent. */
const GOAL = 88;

const report = process.argv[2] ?? `${ROOT}/reports/mutation.json`;
const { files, framework } = JSON.parse(readFileSync(report, 'utf8'));

const NOTICED = ['Killed', 'Timeout'];
const COUNTED = [...NOTICED, 'Survived', 'NoCoverage'];

/** Mutants of some files by status. */
function countsOf(mutants) {
  const counted = mutants.filter(({ status }) => COUNTED.includes(status));
  const noticed = counted.filter(({ status }) => NOTICED.includes(status));
  const endless = noticed.filter(({ status }) => status === 'Timeout');
  return { all: counted.length, noticed: noticed.length, endless: endless.length };
}

function row(name, mutants) {
  const { all, noticed, endless } = countsOf(mutants);
  return `| ${name} | ${all} | ${noticed} | ${endless} | ${all - noticed} | ${((100 * noticed) / all).toFixed(1)} % |`;
}

/** The part of the source that a mutant replaces. */
function original(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join(' ');
}

/** Code in a cell of a table. */
function code(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line;
  const ticks = short.includes('`') ? '``' : '`';
  return `${ticks} ${short.replaceAll('|', '\\|')} ${ticks}`.replace(/^` (.*) `$/, '`$1`');
}

const folders = [...new Set(Object.keys(files).map((path) => posix.dirname(path)))].sort();
const mutantsIn = (folder) =>
  Object.entries(files).flatMap(([path, { mutants }]) => (posix.dirname(path) === folder ? mutants : []));
const all = Object.values(files).flatMap(({ mutants }) => mutants);

const survivors = Object.entries(files).flatMap(([path, { source, mutants }]) => {
  const rows = mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .sort((left, right) => left.location.start.line - right.location.start.line)
    .map(({ location, replacement, status }) => {
      const became = replacement === '' ? 'nothing' : code(replacement);
      const note = status === 'NoCoverage' ? ', run by no test' : '';
      return `| ${location.start.line} | ${code(original(source, location))} | ${became}${note} |`;
    });
  return rows.length === 0
    ? []
    : ['', `### ${path}`, '', '| line | is | became |', '| --- | --- | --- |', ...rows];
});

const lines = [
  '# Mutants',
  '',
  `\`npm run mutation\` writes this file. Stryker ${framework.version} changes the library in one place at a time, and the`,
  'unit tests run until the first one fails. A mutant that no test notices survives; one that does not end counts as',
  `noticed. The goal is ${GOAL} %. Tests in other processes and fuzzing are left out: some survivors are noticed by those.`,
  '',
  '| folder | mutants | noticed | of them endless | survived | score |',
  '| --- | --- | --- | --- | --- | --- |',
  ...folders.map((folder) => row(folder, mutantsIn(folder))),
  row('all', all),
  '',
  '## Survivors',
  '',
  'Lines are those of the source that was measured.',
  ...survivors,
];
writeFileSync(`${ROOT}/scripts/bench/MUTANTS.md`, `${lines.join('\n')}\n`);

const { all: total, noticed } = countsOf(all);
console.log(
  `${noticed} of ${total} mutants were noticed; the others are listed in scripts/bench/MUTANTS.md.`,
);
process.exitCode = (100 * noticed) / total < GOAL ? 1 : 0;
