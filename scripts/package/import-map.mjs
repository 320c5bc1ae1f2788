import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Packages for cdktn, by the package for cdktf that each replaces. */
export const CDKTN = {
  cdktf: 'cdktn',
  '@cdktf/provider-okta': 'okta-cdktn-bindings',
  '@kong/konnect-cdktf-bindings': 'konnect-cdktn-bindings',
  'okta-dev-portal-oidc': 'okta-dev-portal-oidc-cdktn',
};

/** Code, and pages with code. */
const FILES = /\.([cm]?[jt]s|md)$/;

const IMPORT = new RegExp(
  `(\\b(?:from|import|module) |\\b(?:import|require)\\()(['"])(${Object.keys(CDKTN).join('|')})(?=[/'"])`,
  'g',
);

/** Makes every import in a folder one of the packages for cdktn. */
export function mapImports(folder) {
  for (const name of readdirSync(folder, { recursive: true }).filter((file) => FILES.test(file))) {
    const file = join(folder, name);
    const source = readFileSync(file, 'utf8');
    const mapped = source.replace(IMPORT, (_, start, quote, name) => `${start}${quote}${CDKTN[name]}`);
    if (mapped !== source) {
      writeFileSync(file, mapped);
    }
  }
}
