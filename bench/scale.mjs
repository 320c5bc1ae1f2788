// Published APIs with a gateway service and a client each: what one more API costs, in small stacks and in huge ones.
import { alternate, number, ratio, table } from './measure.mjs';

const SIZES = [
  { apis: 10, stacks: 1, runs: 7 },
  { apis: 100, stacks: 1, runs: 7 },
  { apis: 1000, stacks: 1, runs: 5 },
  { apis: 10_000, stacks: 1, runs: 3 },
  { apis: 100, stacks: 100, runs: 3 },
];

export function scale(project) {
  const app = project.add('bench/apps/scale.cjs', 'scale.cjs');
  // What a process needs before the first API.
  const [empty] = alternate([[app, 'library', '0', '1']], { runs: 5, cwd: project.folder });
  const costs = SIZES.map(({ apis, stacks, runs }) => {
    const commands = ['library', 'raw'].map((side) => [
      '--max-old-space-size=3000',
      app,
      side,
      String(apis),
      String(stacks),
    ]);
    const [library, raw] = alternate(commands, { runs, cwd: project.folder, warm: runs > 3 });
    const count = apis * stacks;
    return {
      what: stacks === 1 ? `${apis} APIs` : `${stacks} stacks of ${apis} APIs`,
      library,
      raw,
      milliseconds: ((library.synthesis.median - empty.synthesis.median) / count) * 1000,
      kilobytes: ((library.megabytes.median - empty.megabytes.median) / count) * 1024,
    };
  });
  const base = costs[1];
  return [
    'Five resources for each API: API, link to the gateway, publication with what replaces it, client, from the first construct to the written JSON. The goals: 1.15 of raw bindings; what an API costs at 10,000 within 20 % of what it costs at 100.',
    table(
      [
        'stack',
        's',
        'ratio to raw bindings',
        'ms an API',
        'against 100',
        'MB at most',
        'ratio to raw',
        'KB an API',
      ],
      costs.map(({ what, library, raw, milliseconds, kilobytes }) => [
        what,
        library.synthesis,
        ratio(library.synthesis, raw.synthesis),
        number(milliseconds),
        (milliseconds / base.milliseconds).toFixed(2),
        library.megabytes,
        ratio(library.megabytes, raw.megabytes),
        number(kilobytes),
      ]),
    ),
  ].join('\n\n');
}
