import { findTerraform } from 'okta-dev-portal-oidc-sandbox';
import { hasDescriptions } from './descriptions';

/** Runs a suite that needs the published descriptions and Terraform. Elsewhere it is skipped, with the reason. */
export function describeWithDescriptions(name: string, suite: () => void): void {
  const missing = hasDescriptions()
    ? findTerraform() === undefined && 'neither terraform nor tofu is on the PATH'
    : 'the published API descriptions are not in ../shared/contracts';
  if (!missing) {
    describe(name, suite);
    return;
  }
  process.stderr.write(`${name}: skipped, because ${missing}\n`);
  // The suite itself cannot be collected: it derives its tests from the descriptions.
  const skipped = test.skip;
  skipped(name, () => undefined);
}
