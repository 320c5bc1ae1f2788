/** Names of environment variables that hold secrets. */
export const SECRET_VARIABLE =
  /(TOKEN|SECRET|PASSWORD|PASSWD|PRIVATE_KEY|API_KEY|ACCESS_KEY|CONN_STR|(?<!APPLICATION_)CREDENTIALS)$|^TF_TOKEN_/i;

/** Endings of attribute names that hold credentials in Okta, Konnect and Terraform. */
export const CREDENTIAL = /(token|secret|password|private_key|access_key|secret_key|api_key|encryption_key)$/;

/** A password in a URL or connection string, or a PEM private key. */
export const SECRET_TEXT = /\/\/[^/@:\s]*:[^/@\s]+@|\bpassword=[^\s&]|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Reference to a secret in a Kong vault. */
export const VAULT_REFERENCE = /^\{vault:\/\/[^}]+\}$/;
