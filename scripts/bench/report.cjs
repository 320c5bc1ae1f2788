// Loaded in front of what is measured: says at its end how much time of the processor, memory and files it took.
const { writeFileSync } = require('node:fs');

/** Figures that what is measured has of itself. */
globalThis.benchFigures = {};

process.on('exit', () => {
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const { user, system } = process.cpuUsage();
  const cpu = (user + system) / 1e6;
  const files = Object.keys(require.cache).length;
  writeFileSync(
    process.env.BENCH_REPORT,
    JSON.stringify({ cpu, megabytes, files, ...globalThis.benchFigures }),
  );
});
