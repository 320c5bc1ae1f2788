import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
