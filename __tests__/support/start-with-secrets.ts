import { writeFileSync } from 'node:fs';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';

/*
 * `npm start`. Writes the secrets that its sandbox issued to the file SECRETS_FILE, so that a test can look for them.
 */
const { stop } = Sandbox.prototype;
Sandbox.prototype.stop = function stopAndTell(this: Sandbox): Promise<void> {
  const secrets = [...this.okta.secrets(), ...this.konnect.secrets()];
  writeFileSync(String(process.env.SECRETS_FILE), JSON.stringify(secrets));
  return stop.call(this);
};

require('../../scripts/start');
