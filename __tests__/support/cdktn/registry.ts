import { spawnSync } from 'node:child_process';

/** Versions that the registry has in a range, oldest first. None without a registry. */
export function publishedVersions(name: string, range: string): readonly string[] {
  const options = ['view', `${name}@${range}`, 'version', '--json', '--fetch-retries=0'];
  const { status, stdout } = spawnSync('npm', options, { encoding: 'utf8', timeout: 30_000 });
  return status === 0 && stdout !== '' ? [JSON.parse(stdout) as string | string[]].flat() : [];
}
