// What Terraform makes of the library's JSON in the sandbox, against the same resources written by hand.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { alternate, ratio, table } from './measure.mjs';
import { root } from './project.mjs';

const { findTerraform } = createRequire(import.meta.url)('okta-dev-portal-oidc-sandbox');

const APP = join(root, 'bench', 'apps', 'deploy.cjs');
const RUNS = 11;
/** One run of a thousand takes minutes, most of them in Terraform itself. */
const MANY = [
  { apis: 100, runs: 5 },
  { apis: 1000, runs: 1 },
];
const STEPS = { plan: 'plan', apply: 'apply', again: 'second plan, empty' };

export function deploy(project) {
  const terraform = findTerraform();
  if (!terraform || !existsSync('/proc/self/stat')) {
    return 'Not measured: this needs terraform or tofu on the PATH, and Linux, which tells what a process took.';
  }
  const byHand = JSON.parse(readFileSync(join(root, 'bench', 'apps', 'how-to.tf.json'), 'utf8'));
  project.add('main.ts', 'how-to.ts');
  const howTo = measured(project, 'how-to', [project.compile('how-to.ts')], byHand, { runs: RUNS });
  const app = project.add('bench/apps/many.cjs', 'many.cjs');
  const many = MANY.map(({ apis, runs }) => ({
    apis,
    runs,
    ...measured(project, 'many', [app, String(apis)], repeated(byHand, apis), { runs, warm: runs > 1 }),
  }));
  return [
    `${version(terraform)}, with a state over HTTP in memory. Seconds are those that Terraform, the stand-in providers and the sandbox's APIs took together. The goal is 1.05 of the same resources in [Terraform JSON written by hand](apps/how-to.tf.json), and not a request more.`,
    `main.ts, medians of ${RUNS} runs. ${resources(howTo)} Fourteen are the how-to's; the other is \`terraform_data\`, built into Terraform, which replaces a publication whose API or portal changes: the provider does not. It sends no request.`,
    steps(howTo),
    'Published APIs: API, link to the gateway service, publication and client each, on top of what the how-to has once.',
    ...many.flatMap((sides) => [
      `${sides.apis} APIs, ${sides.runs === 1 ? 'one run of each side, so nobody knows how much of a ratio is noise; the counts are exact' : `medians of ${sides.runs} runs`}. ${resources(sides)}`,
      steps(sides),
      memory(sides),
    ]),
    'Which requests they are, and that each API takes as many as the one before, is counted in `__tests__/e2e/requests.test.ts`.',
  ].join('\n\n');
}

/** Both sides in turn: what an app of the library synthesizes, and what is written by hand. */
function measured(project, stack, app, byHand, options) {
  const out = join(project.folder, 'out-deploy');
  execFileSync(process.execPath, app, { cwd: project.folder, env: { ...process.env, CDKTF_OUTDIR: out } });
  const file = join(project.folder, `${stack}.by-hand.tf.json`);
  writeFileSync(file, JSON.stringify(byHand));
  const commands = [join(out, 'stacks', stack, 'cdk.tf.json'), file].map((json) => [APP, json]);
  const [library, raw] = alternate(commands, { cwd: project.folder, ...options });
  return { library, raw };
}

/** The how-to with as many APIs and clients, each with resources of its own. */
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

function steps({ library, raw }) {
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
    ]),
  );
}

function memory(both) {
  const row = (what, figure) => {
    const [library, raw] = [both.library[figure], both.raw[figure]];
    return [what, library, raw, ratio(library, raw)];
  };
  return table(
    ['MB at most', 'library', 'by hand', 'ratio'],
    [row('Terraform', 'terraformMegabytes'), row('the sandbox: APIs and stand-in providers', 'megabytes')],
  );
}

function version(terraform) {
  return execFileSync(terraform, ['version'], { encoding: 'utf8' }).split('\n')[0];
}
