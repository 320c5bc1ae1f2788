import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

describeWithPrograms('in Java', ['java', 'mvn'], () => {
  let maven: string[];

  beforeAll(() => {
    const project = temporaryFolder();
    cpSync(join(ROOT, 'examples', 'java'), project, { recursive: true });
    const sources = join(project, 'src', 'main', 'java');
    cpSync(join(ROOT, '__tests__', 'support', 'readme', 'Readme.java'), join(sources, 'Readme.java'));
    // A separate repository: Maven keeps what it installed of a version.
    const repositories = [`-Dpackages=${pack('java')}`, `-Dmaven.repo.local=${join(project, 'repository')}`];
    maven = ['--quiet', '--batch-mode', `--file=${join(project, 'pom.xml')}`, ...repositories];
    run('mvn', [...maven, 'compile']);
  }, 600_000);

  const synthesizeJava = (mainClass: string) =>
    synthesize('mvn', [...maven, `-Dexec.mainClass=${mainClass}`, 'exec:java']);

  test('the how-to is the same as in TypeScript', () => {
    expect(synthesizeJava('Main')).toEqual(synthesizeTypescript('main.ts'));
  });

  test('the example of the README is the same as in TypeScript', () => {
    const [code = ''] = new Page('README.md').codeBlocks('ts');
    expect(synthesizeJava('Readme')).toEqual(synthesizeCode({ 'main.ts': code }));
  });
});
