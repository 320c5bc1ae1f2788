import type { StateResource } from '../cli/state';
import type { StackState } from './command';

/** The part of `terraform show -json` that the kit reads. */
interface Module {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly Module[];
}

interface Strategy {
  readonly openid_connect?: { readonly configs?: { readonly openid_connect?: { readonly issuer?: string } } };
}

/** Every resource of the states. */
export function resourcesIn(states: readonly StackState[]): StateResource[] {
  return states.flatMap(({ state }) =>
    resourcesOf((state as { values?: { root_module?: Module } }).values?.root_module),
  );
}

function resourcesOf(module: Module | undefined): StateResource[] {
  return module ? [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesOf)] : [];
}

/** Ids of the Okta authorization servers that the deployed strategies have as issuers. */
export function issuersIn(resources: readonly StateResource[]): string[] {
  const ids = resources
    .filter(({ type }) => type === 'konnect_application_auth_strategy')
    .map(({ values }) => (values as Strategy).openid_connect?.configs?.openid_connect?.issuer ?? '')
    .map((issuer) => issuer.slice(issuer.lastIndexOf('/') + 1))
    .filter((id) => id !== '');
  return [...new Set(ids.length > 0 ? ids : ['default'])];
}

/** Addresses of the resources that contain one of the secrets. */
export function resourcesWith(secrets: readonly string[], resources: readonly StateResource[]): string[] {
  return resources
    .filter(({ values }) => {
      const text = JSON.stringify(values);
      return secrets.some((secret) => text.includes(JSON.stringify(secret).slice(1, -1)));
    })
    .map(({ address }) => address)
    .sort();
}
