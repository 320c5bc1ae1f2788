import { CREDENTIAL } from '../cli/secret-names';
import { blocks, providers } from './schema/entries';
import { referencesIn } from './schema/expressions';
import { type Attributes, isObject, type JsonObject } from './schema/types';
import { schemaVersions } from './schema/versions';
import type { SynthesizedStack } from './synthesized';

/** The value of a variable that nothing in the sandbox reads. */
const REPLACED = 'replaced-in-the-sandbox';

/** Providers that the sandbox replaces. */
const REPLACED_PROVIDERS = ['okta', 'konnect'];

/**
 * Removes credentials of okta and konnect that come from Terraform variables, so that both providers take those of the
 * sandbox from the environment.
 *
 * @returns the stacks, and values for the variables, which need no real one
 */
export function removeVariableCredentials(stacks: readonly SynthesizedStack[]): {
  readonly stacks: SynthesizedStack[];
  readonly replacedVariables: { readonly [name: string]: string };
} {
  const names = new Set<string>();
  const replaced = stacks.map((stack) => {
    const json = JSON.parse(stack.json) as JsonObject;
    const before = names.size;
    const known = providers(schemaVersions(json, {}));
    for (const { labels, body } of blocks(json.provider, 1, 'provider', () => {})) {
      const attributes = known.get(labels[0])?.configuration.attributes;
      if (attributes && isObject(body) && REPLACED_PROVIDERS.includes(labels[0])) {
        for (const name of removeFrom(body, attributes)) {
          names.add(name);
        }
      }
    }
    return names.size > before ? { ...stack, json: JSON.stringify(json) } : stack;
  });
  return {
    stacks: replaced,
    replacedVariables: Object.fromEntries([...names].map((name) => [name, REPLACED])),
  };
}

/** Removes credentials from the arguments of a provider. Returns the names of their variables. */
function removeFrom(body: JsonObject, attributes: Attributes): string[] {
  return Object.entries(body).flatMap(([attribute, value]) => {
    const isCredential = attributes.get(attribute)?.sensitive || CREDENTIAL.test(attribute);
    const variables = isCredential && typeof value === 'string' ? variablesIn(value) : [];
    if (variables.length > 0) {
      Reflect.deleteProperty(body, attribute);
    }
    return variables;
  });
}

function variablesIn(text: string): string[] {
  return referencesIn(text, new Set()).flatMap(({ address }) =>
    address.startsWith('var.') ? [address.slice('var.'.length)] : [],
  );
}
