import { mapOf, text } from '../core/specs';

/** Labels of resources in Konnect. */
export const LABELS = mapOf(
  text({ maxLength: 63, source: 'Konnect' }).check({
    rule: 'must have a value of a-z, A-Z, 0-9, -, _ and ., starting and ending with a letter or digit (Konnect)',
    remedy: 'Rewrite the value with these characters',
    isValid: (value) => /^[a-z0-9A-Z]([a-z0-9A-Z\-._]*[a-z0-9A-Z])?$/.test(value),
    schema: { pattern: '^[a-z0-9A-Z]([a-z0-9A-Z\\-._]*[a-z0-9A-Z])?$' },
  }),
  text({ minLength: 1, maxLength: 63, source: 'Konnect' }).check({
    rule: 'must have a key that does not start with kong, konnect, insomnia, mesh, kic, kuma or _ (Konnect)',
    remedy: 'Rename the label',
    isValid: (key) => !/^(kong|konnect|insomnia|mesh|kic|kuma|_)/.test(key),
    schema: { pattern: '^(?!kong|konnect|insomnia|mesh|kic|kuma|_)' },
  }),
  { maxItems: 50, source: 'Konnect' },
);

/** Labels to write. The provider does not remove labels, so an empty map would be planned again at every deployment. */
export function nonEmptyLabels(
  labels: { readonly [key: string]: string } | undefined,
): { readonly [key: string]: string } | undefined {
  return labels !== undefined && Object.keys(labels).length > 0 ? labels : undefined;
}
