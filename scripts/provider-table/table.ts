import { Testing } from 'cdktf';
import { schemaViolations } from '../../testing';
import { stackFor } from './stack';

/** Major versions of okta/okta, with the one whose schema the sandbox has. */
const OKTA = [
  { range: '~> 4.20', title: '4', schema: '4.20.0' },
  { range: '~> 5.0', title: '5' },
  { range: '~> 6.0, != 6.6.0', title: '6', schema: '6.12.0' },
  { range: '~> 7.0', title: '7' },
];

/** Minor versions of kong/konnect, with the one whose schema the sandbox has. */
const KONNECT = [
  { minor: 19, schema: '3.19.0' },
  { minor: 20 },
  { minor: 21 },
  { minor: 22 },
  { minor: 23 },
  { minor: 24 },
];

/** How well the library is known to fit versions of both providers, one row for each minor version of konnect. */
export function providerTable(): string {
  const rows = KONNECT.map(({ minor, schema: konnect }) => [
    `3.${minor}`,
    ...OKTA.map(({ range, schema: okta }) => {
      requireValid(range, minor);
      return okta && konnect ? 'schema' : 'docs';
    }),
  ]);
  const header = ['konnect', ...OKTA.map(({ title }) => `okta ${title}`)];
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Synthesizes a stack for the versions, and holds it against the newest schemas that are not newer than these. */
function requireValid(okta: string, konnectMinor: number): void {
  const konnect = `~> 3.${konnectMinor}.0`;
  const violations = schemaViolations(
    JSON.parse(Testing.synth(stackFor({ okta, konnect }, konnectMinor), true)),
  );
  if (violations.length > 0) {
    throw new Error(`okta ${okta}, konnect ${konnect}:\n${violations.join('\n')}`);
  }
}
