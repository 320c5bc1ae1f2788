// What Terraform makes of the library's JSON in the sandbox, against the same resources written by hand.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { alternate, ratio, table } from './measure.mjs';
import { root } from './project.mjs';

const { findTerraform } = createRequire(import.meta.url)('okta-dev-portal-oidc-sandbox');

const APP = join(root, 'scripts', 'bench', 'apps', 'deploy.cjs');
const RUNS = 11;
/** A run of a thousand takes minutes, most of them in Terraform itself. */
const MANY = [
  { apis: 100, runs: 9 },
  { apis: 1000, runs: 3, warm: false },
];
const STEPS = { plan: 'plan', apply: 'apply', again: 'second plan, empty' };

export function deploy(project) {
  const terraform = findTerraform();
  if (!terraform || !existsSync('/proc/self/stat')) {
    return 'Not measured: this needs terraform or tofu on the PATH, and Linux, which tells what a process took.';
  }
  const byHand = JSON.parse(readFileSync(join(root, 'scripts', 'bench', 'apps', 'how-to.tf.json'), 'utf8'));
  project.add('main.ts', 'how-to.ts');
  const howTo = measured(project, 'how-to', [project.compile('how-to.ts')], byHand, { runs: RUNS });
  const app = project.add('scripts/bench/apps/many.cjs', 'many.cjs');
  const many = MANY.map(({ apis, ...options }) => ({
    apis,
    runs: options.runs,
    ...measured(project, 'many', [app, String(apis)], repeated(byHand, apis), options),
  }));
  return [
    `${version(terraform)}, with a state over HTTP in memory. Seconds are those that Terraform, the fake providers and the sandbox's APIs took together. The goal is 1.05 of the same resources in [Terraform JSON written by hand](apps/how-to.tf.json), and not a request more. Beside the two sides ran a third, the library's JSON with addresses as short as \`r12\` and without the metadata that CDKTF writes under \`//\`: its ratio to the hand-written one says what is left when names are out of the way.`,
    `main.ts, medians of ${RUNS} runs. ${resources(howTo)} Fourteen are the how-to's; the other is \`terraform_data\`, built into Terraform, which replaces a publication whose API or portal changes: the provider does not. It sends no request.`,
    steps(howTo),
    'Published APIs: API, link to the gateway service, publication and client each, on top of what the how-to has once.',
    ...many.flatMap((sides) => [
      `${sides.apis} APIs, medians of ${sides.runs} runs. ${resources(sides)}`,
      steps(sides),
      memory(sides),
    ]),
    'Which requests they are, and that each API takes as many as the one before, is counted in `__tests__/long/requests.test.ts`.',
  ].join('\n\n');
}

/** The sides in turn: the library's JSON, the handwritten one, the library's with short names. */
function measured(project, stack, app, byHand, options) {
  const out = join(project.folder, 'out-deploy');
  execFileSync(process.execPath, app, { cwd: project.folder, env: { ...process.env, CDKTF_OUTDIR: out } });
  const synthesized = join(out, 'stacks', stack, 'cdk.tf.json');
  const write = (name, configuration) => {
    const file = join(project.folder, `${stack}.${name}.tf.json`);
    writeFileSync(file, JSON.stringify(configuration));
    return file;
  };
  const files = [
    synthesized,
    write('by-hand', byHand),
    write('short', shortened(readFileSync(synthesized, 'utf8'))),
  ];
  const [library, raw, short] = alternate(
    files.map((file) => [APP, file]),
    { cwd: project.folder, ...options },
  );
  return { library, raw, short };
}

/** The same configuration with the shortest of addresses, and without CDKTF's metadata. */
function shortened(text) {
  const configuration = JSON.parse(text, (key, value) => (key === '//' ? undefined : value));
  const blocks = [...Object.values(configuration.resource), ...Object.values(configuration.data ?? {})];
  const names = new Map(blocks.flatMap(Object.keys).map((name, index) => [name, `r${index}`]));
  return JSON.parse(JSON.stringify(configuration).replace(/[\w-]+/g, (word) => names.get(word) ?? word));
}

/** The how-to with as many APIs and clients, each with separate resources. */
function repeated({ resource, output: _, ...configuration }, apis) {
  const repeat = (type, name) =>
    Object.fromEntries(
      Array.from({ length: apis }, (_each, index) => {
        const text = JSON.stringify(resource[type][name])
          .replaceAll(/my_(api|client)/g, (same) => `${same}_${index}`)
          .replace('MyAPI', `API ${index}`)
          .replace('Dev Portal app', `Client ${index}`);
        return [`${name}_${index}`, JSON.parse(text)];
      }),
    );
  const clients = repeat('okta_app_oauth', 'my_client');
  const perApi = ['konnect_api', 'konnect_api_implementation', 'konnect_api_publication', 'terraform_data'];
  const { clients: policy } = resource.okta_auth_server_policy;
  const whitelist = Object.keys(clients).map((name) => `\${okta_app_oauth.${name}.client_id}`);
  return {
    ...configuration,
    resource: {
      ...resource,
      ...Object.fromEntries(perApi.map((type) => [type, repeat(type, 'my_api')])),
      okta_app_oauth: clients,
      okta_auth_server_policy: { clients: { ...policy, client_whitelist: whitelist } },
    },
  };
}

function resources({ library, raw }) {
  return `${library.resources.median} resources with the library, ${raw.resources.median} by hand.`;
}

function steps({ library, raw, short }) {
  return table(
    [
      'step',
      'requests to Okta',
      'by hand',
      'to Konnect',
      'by hand',
      's',
      'by hand',
      'ratio',
      'ratio by the clock',
      'ratio with short addresses',
    ],
    Object.entries(STEPS).map(([step, what]) => [
      what,
      ...['okta', 'konnect'].flatMap((service) =>
        [library, raw].map((side) => side[`${step}-${service}`].median),
      ),
      library[`${step}Cpu`],
      raw[`${step}Cpu`],
      ratio(library[`${step}Cpu`], raw[`${step}Cpu`]),
      ratio(library[`${step}Clock`], raw[`${step}Clock`]),
      ratio(short[`${step}Cpu`], raw[`${step}Cpu`]),
    ]),
  );
}

function memory(sides) {
  const row = (what, figure) => {
    const [library, raw, short] = [sides.library, sides.raw, sides.short].map((side) => side[figure]);
    return [what, library, raw, ratio(library, raw), ratio(short, raw)];
  };
  return table(
    ['MB at most', 'library', 'by hand', 'ratio', 'ratio with short addresses'],
    [row('Terraform', 'terraformMegabytes'), row('the sandbox: APIs and fake providers', 'megabytes')],
  );
}

function version(terraform) {
  return execFileSync(terraform, ['version'], { encoding: 'utf8' }).split('\n')[0];
}
