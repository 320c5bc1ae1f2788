import { writeFileSync } from 'node:fs';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';

/*
 * `npm start`, which in the end writes to the file SECRETS_FILE what its sandbox issued, so that a test can look for it.
 */
const { stop } = Sandbox.prototype;
Sandbox.prototype.stop = function stopAndTell(this: Sandbox): Promise<void> {
  const secrets = [...this.okta.secrets(), ...this.konnect.secrets()];
  writeFileSync(String(process.env.SECRETS_FILE), JSON.stringify(secrets));
  return stop.call(this);
};

require('../../scripts/start');
