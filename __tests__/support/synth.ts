import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, TerraformStack, Testing } from 'cdktf';

/** Attributes of one resource in synthesized JSON. */
export interface Block {
  readonly [attribute: string]: unknown;
}

/** Synthesized JSON with queries for tests. */
export class Synthesized {
  public constructor(public readonly json: { readonly [section: string]: unknown }) {}

  /** All resources of a type by logical name, without cdktf's own comment. */
  public resources(type: string): { readonly [name: string]: Block } {
    return this.section('resource', type);
  }

  /** The one resource of a type; a second one fails the test. */
  public only(type: string): Block {
    const found = Object.values(this.resources(type));
    expect(found).toHaveLength(1);
    return found[0];
  }

  /** All data sources of a type by logical name. */
  public data(type: string): { readonly [name: string]: Block } {
    return this.section('data', type);
  }

  /** How many resources of each type. */
  public counts(): { [type: string]: number } {
    const all = (this.json.resource ?? {}) as { [type: string]: object };
    return Object.fromEntries(Object.entries(all).map(([type, named]) => [type, Object.keys(named).length]));
  }

  /** Addresses (`type.name`) of all resources, sorted. */
  public addresses(): string[] {
    const all = (this.json.resource ?? {}) as { [type: string]: object };
    return Object.entries(all)
      .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
      .sort();
  }

  /** The ids whose change replaces a resource, from the triggers of its lifecycle. */
  public replacementIds({ lifecycle }: Block): unknown[] {
    const { replace_triggered_by: addresses = [] } = Object(lifecycle) as { replace_triggered_by?: string[] };
    const triggers = this.resources('terraform_data');
    return addresses.map((address) => triggers[address.replace('terraform_data.', '')]?.triggers_replace);
  }

  private section(section: string, type: string): { readonly [name: string]: Block } {
    const all = (this.json[section] ?? {}) as { [type: string]: { [name: string]: Block } };
    return Object.fromEntries(
      Object.entries(all[type] ?? {}).map(([name, { '//': _, ...attributes }]) => [name, attributes]),
    );
  }
}

/** A stack in a new app. */
export function newStack(name = 'stack'): TerraformStack {
  return new TerraformStack(Testing.app(), name);
}

/** Synthesizes a stack with every validation, as an app would. */
export function synthesize(stack: TerraformStack): Synthesized {
  return new Synthesized(JSON.parse(Testing.synth(stack, true)));
}

/** Synthesizes a whole app, so that references from one stack to another become remote state. */
export function synthesizeApp(app: App, ...stacks: string[]): Synthesized[] {
  app.synth();
  return stacks.map((stack) => {
    const path = join(app.outdir, 'stacks', stack, 'cdk.tf.json');
    return new Synthesized(JSON.parse(readFileSync(path, 'utf8')));
  });
}
