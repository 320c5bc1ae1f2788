import { execFileSync } from 'node:child_process';

/** Commits what a project does not ignore, in a new repository, and clones it as a colleague does. */
export function commitAndClone(project: string, clone: string): void {
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: project, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '.');
  const author = ['-c', 'user.name=Author', '-c', 'user.email=author@your-company.example'];
  git(...author, 'commit', '--quiet', '--message', 'Create the project');
  git('clone', '--quiet', project, clone);
}
