/** Environment variables whose values are secrets, whatever they are for. */
export const SECRET_VARIABLE =
  /(TOKEN|SECRET|PASSWORD|PASSWD|PRIVATE_KEY|API_KEY|ACCESS_KEY|CONN_STR|(?<!APPLICATION_)CREDENTIALS)$|^TF_TOKEN_/i;

/** Last words of the names of credentials, in the spelling of Okta, Konnect and Terraform. */
export const CREDENTIAL = /(token|secret|password|private_key|access_key|secret_key|api_key|encryption_key)$/;

/** A password in the address of a database or of a proxy, or a key with its frame. */
export const SECRET_TEXT = /\/\/[^/@:\s]*:[^/@\s]+@|\bpassword=[^\s&]|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Kong reads a vault when it needs the secret. */
export const VAULT_REFERENCE = /^\{vault:\/\/[^}]+\}$/;
