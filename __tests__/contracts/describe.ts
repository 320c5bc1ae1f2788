import { describeUnless } from '../support/describe-unless';
import { missingTerraform } from '../support/sandbox';
import { missingDescriptions } from './descriptions';

/** Runs a suite that needs the published descriptions and Terraform. Elsewhere it is skipped, with the reason. */
export function describeWithDescriptions(name: string, suite: () => void): void {
  describeUnless(missingDescriptions() ?? missingTerraform(), name, suite);
}
