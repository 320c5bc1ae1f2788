import type { StateResource } from '../cli/state';

/** What `terraform show -json` prints, as far as it is looked at. */
interface Module {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly Module[];
}

interface Strategy {
  readonly openid_connect?: { readonly configs?: { readonly openid_connect?: { readonly issuer?: string } } };
}

/** Every resource of the states. */
export function resourcesIn(states: readonly unknown[]): StateResource[] {
  const all = (module: Module | undefined): StateResource[] =>
    module ? [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(all)] : [];
  return (states as { values?: { root_module?: Module } }[]).flatMap(({ values }) =>
    all(values?.root_module),
  );
}

/** Ids of the Okta authorization servers that the deployed strategies name as issuers. */
export function issuersIn(resources: readonly StateResource[]): string[] {
  const ids = resources
    .filter(({ type }) => type === 'konnect_application_auth_strategy')
    .map(({ values }) => (values as Strategy).openid_connect?.configs?.openid_connect?.issuer ?? '')
    .map((issuer) => issuer.slice(issuer.lastIndexOf('/') + 1))
    .filter((id) => id !== '');
  return [...new Set(ids.length > 0 ? ids : ['default'])];
}

/** Addresses of the resources that hold one of the texts. */
export function resourcesWith(secrets: readonly string[], resources: readonly StateResource[]): string[] {
  return resources
    .filter(({ values }) => {
      const text = JSON.stringify(values);
      return secrets.some((secret) => text.includes(JSON.stringify(secret).slice(1, -1)));
    })
    .map(({ address }) => address)
    .sort();
}
