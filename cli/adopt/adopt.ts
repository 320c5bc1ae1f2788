import { writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Console } from '../console';
import { ExitCode } from '../exit';
import { KonnectClient } from '../konnect-client';
import { OktaAdminClient } from '../okta-admin-client';
import { describeOutcome, Outcome } from '../progress';
import { Findings } from './finding';
import { findKonnectPieces, type KonnectPieces } from './konnect-pieces';
import { findOktaPieces, type OktaSide } from './okta-pieces';

/** What `adopt` is asked for: names or ids of what is meant where there are several. */
export interface AdoptOptions {
  readonly portal?: string;
  readonly api?: readonly string[];
  readonly strategy?: string;
  readonly policy?: string;
  readonly rule?: string;
  readonly client?: readonly string[];

  /** The file to write. */
  readonly file: string;
  readonly json: boolean;
}

/** The format that the construct reads. */
const VERSION = 1;

/** Finds what was set up by hand, and writes the file that the `adopt` prop of the construct takes. Changes nothing in either tenant. */
export async function adopt(options: AdoptOptions, console: Console): Promise<ExitCode> {
  const konnect = await KonnectClient.create(console);
  const okta = await OktaAdminClient.create(console);
  const findings = new Findings();
  const { portal, strategy, policy, rule, api: apis = [], client: clients = [] } = options;
  const konnectSide = await findKonnectPieces(konnect, { portal, strategy, apis }, findings);
  const oktaSide =
    konnectSide && (await findOktaPieces(okta, konnectSide, { policy, rule, clients }, findings));

  const file = resolve(console.io.cwd, options.file);
  if (konnectSide && oktaSide) {
    const content = { version: VERSION, okta: oktaSide.pieces, konnect: konnectSide.pieces };
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  }
  if (options.json) {
    const complete = oktaSide !== undefined;
    console.print(
      JSON.stringify({ ok: complete, findings: findings.all(), file: complete ? file : undefined }, null, 2),
    );
    return complete ? ExitCode.OK : ExitCode.FAILED;
  }
  for (const { what, detail, remedy } of findings.all()) {
    const outcome = remedy === undefined ? Outcome.ok(detail) : Outcome.failed(detail, remedy);
    for (const line of describeOutcome(what, outcome)) {
      console.print(line);
    }
  }
  if (!konnectSide || !oktaSide) {
    console.print('Not everything was found, so no file was written.');
    return ExitCode.FAILED;
  }
  const name = relative(console.io.cwd, file);
  console.print(`Wrote ${name}. The constructs that take it over have these names:`);
  for (const line of stackSnippet(name, konnectSide.pieces, oktaSide)) {
    console.print(`  ${line}`);
  }
  return ExitCode.OK;
}

/** The props that make the constructs mean what exists. */
function stackSnippet(
  file: string,
  { authStrategies, portals, apis, controlPlane, services }: KonnectPieces,
  { pieces, policyDescription, ruleGroups }: OktaSide,
): string[] {
  const text = (value: string) => JSON.stringify(value).replaceAll("'", "\\'").replace(/^"|"$/g, "'");
  const [[policyName, policy]] = Object.entries(pieces.policies);
  return [
    `new GatewayControlPlane(stack, 'control-plane', { name: ${text(controlPlane.name)} });`,
    ...Object.entries(services).map(
      ([name, { routes }]) =>
        `new GatewayService(stack, ${text(name)}, { ... routes: { ${Object.keys(routes)
          .map((route) => `${text(route)}: { ... }`)
          .join(', ')} } });`,
    ),
    ...Object.keys(portals).map((name) => `new DevPortal(stack, 'portal', { name: ${text(name)}, ... });`),
    ...Object.keys(apis).map((name) => `new PortalApi(stack, ${text(name)}, { name: ${text(name)}, ... });`),
    "new OktaDevPortalOidc(stack, 'oidc', {",
    `  adopt: Adoption.fromFile(${text(file)}),`,
    `  name: ${text(Object.keys(authStrategies)[0])},`,
    `  claimName: ${text(Object.keys(pieces.claims)[0])},`,
    `  scopes: [${Object.keys(pieces.scopes).map(text).join(', ')}],`,
    `  policyName: ${text(policyName)},`,
    `  policyDescription: ${text(policyDescription)},`,
    `  policyRuleName: ${text(Object.keys(policy.rules)[0])},`,
    ...(ruleGroups.length > 0 ? [`  policyRuleGroups: [${ruleGroups.map(text).join(', ')}],`] : []),
    ...Object.keys(pieces.applications).map((label) => `  clients: { ... { label: ${text(label)}, ... } },`),
    '  publications: { ... },',
    '});',
  ];
}
