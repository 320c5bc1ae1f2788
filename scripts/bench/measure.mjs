// Runs commands that take turns, so that a slow moment of the machine hits all of them.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

/** What several runs of one measurement came to. */
class Sample {
  constructor(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share) => sorted[Math.round((sorted.length - 1) * share)];
    this.isOne = values.length === 1;
    this.median = at(0.5);
    this.spread = (at(0.75) - at(0.25)) / 2;
  }

  toString() {
    return this.isOne ? number(this.median) : `${number(this.median)} ± ${number(this.spread)}`;
  }
}

/** The ratio of two medians, and whether it says anything. */
export function ratio(sample, base) {
  const value = sample.median / base.median;
  if (sample.isOne || base.isOne) {
    return `${value.toFixed(2)} (one run)`;
  }
  const noise = sample.spread / sample.median + base.spread / base.median;
  return `${value.toFixed(2)}${Math.abs(value - 1) < noise ? ' (noise)' : ''}`;
}

/**
 * Runs each command with Node in turn, after one round that does not count unless it is not needed.
 *
 * A command is its arguments; what the process reports of itself is joined by `seconds`, its whole life.
 */
export function alternate(commands, { runs, cwd, warm = true }) {
  const round = () => commands.map((args) => once(args, cwd));
  if (warm) {
    round();
  }
  const rounds = Array.from({ length: runs }, round);
  return commands.map((_, index) => {
    const keys = Object.keys(rounds[0][index]);
    return Object.fromEntries(keys.map((key) => [key, new Sample(rounds.map((round) => round[index][key]))]));
  });
}

function once(args, cwd) {
  const report = join(cwd, 'report.json');
  rmSync(report, { force: true });
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['-r', join(root, 'scripts', 'bench', 'report.cjs'), ...args],
    {
      cwd,
      env: { ...process.env, CDKTF_OUTDIR: join(cwd, 'out-tf'), BENCH_REPORT: report },
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    },
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) {
    throw new Error(`${args.join(' ')}: ${stderr}`);
  }
  return { seconds, ...JSON.parse(readFileSync(report, 'utf8')) };
}

/** A Markdown table. */
export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function number(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(value < 0.1 ? 2 : 3);
}
