import type { Block, Synthesized } from './synth';

/** The ids whose change replaces a resource, from the triggers of its lifecycle. */
export function replacementIds(json: Synthesized, resource: Block): unknown[] {
  const { replace_triggered_by: addresses = [] } = Object(resource.lifecycle) as {
    replace_triggered_by?: string[];
  };
  const triggers = json.resources('terraform_data');
  return addresses.map((address) => triggers[address.replace('terraform_data.', '')]?.triggers_replace);
}
