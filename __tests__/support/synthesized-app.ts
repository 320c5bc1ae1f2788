import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { howToStack } from './sandbox';

/** Writes stacks into a folder as `cdktf synth` does. */
export function writeSynthesizedApp(folder: string, stacks: { readonly [name: string]: string }): void {
  const manifest: { [name: string]: object } = {};
  for (const [name, json] of Object.entries(stacks)) {
    const workingDirectory = join('stacks', name);
    mkdirSync(join(folder, 'cdktf.out', workingDirectory), { recursive: true });
    writeFileSync(join(folder, 'cdktf.out', workingDirectory, 'cdk.tf.json'), json);
    manifest[name] = { name, workingDirectory };
  }
  writeFileSync(join(folder, 'cdktf.out', 'manifest.json'), JSON.stringify({ stacks: manifest }));
}

/** Writes a stack for the how-to that was set up by hand. */
export function writeHowToApp(folder: string): void {
  const stack = howToStack({
    service: { name: 'example-service' },
    oidc: { accessPolicy: { name: 'Clients' } },
  });
  writeSynthesizedApp(folder, { 'how-to': Testing.synth(stack) });
}
