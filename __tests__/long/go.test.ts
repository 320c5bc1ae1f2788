import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  describeWithPrograms,
  pack,
  run,
  synthesize,
  synthesizeCode,
  synthesizeTypescript,
  temporaryFolder,
} from '../support/languages';
import { Page } from '../support/pages';

const ROOT = resolve(__dirname, '..', '..');

describeWithPrograms('in Go', ['go'], () => {
  let folder: string;
  let project: string;

  beforeAll(() => {
    folder = temporaryFolder();
    // Where go.mod of the example finds the modules.
    symlinkSync(dirname(pack('go')), join(folder, 'artifacts'));
    project = join(folder, 'examples', 'go');
    cpSync(join(ROOT, 'examples', 'go'), project, { recursive: true });
    mkdirSync(join(project, 'readme'));
    cpSync(join(ROOT, '__tests__', 'support', 'readme', 'readme.go'), join(project, 'readme', 'main.go'));
  }, 600_000);

  const synthesizeGo = (path: string) => {
    const program = join(folder, 'app');
    run('go', ['build', '-C', project, '-o', program, path]);
    return synthesize(program, []);
  };

  test('the how-to is the same as in TypeScript', () => {
    expect(synthesizeGo('.')).toEqual(synthesizeTypescript('main.ts'));
  }, 300_000);

  test('the example of the README is the same as in TypeScript', () => {
    const [code = ''] = new Page('README.md').codeBlocks('ts');
    expect(synthesizeGo('./readme')).toEqual(synthesizeCode({ 'main.ts': code }));
  }, 300_000);
});
