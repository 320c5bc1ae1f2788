import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describeWithTerraform } from '../support/sandbox';
import { appCommand, SandboxScript } from '../support/sandbox-script';

describeWithTerraform('sandbox.mjs with two environments', () => {
  let script: SandboxScript;

  beforeEach(() => {
    script = new SandboxScript(appCommand('examples', 'environments', 'main.ts'));
  });

  afterEach(() => script.remove());

  test('proves the one that is named, and writes the proof', () => {
    const { status, stdout } = script.run('staging', '--junit', 'proof.xml', '--markdown', 'proof.md');
    expect(stdout).toContain('\nProof for stack staging\n✓ Issuer: ');
    expect(stdout).toContain('✓ Request with the credentials: 200');
    expect(status).toBe(0);
    const junit = script.read('proof.xml');
    expect(junit).toMatch(/<testsuite name="Proof for stack staging" tests="12" failures="0" /);
    expect(junit.match(/<testcase /g)).toHaveLength(12);
    expect(script.read('proof.md')).toContain(
      '### Proof for stack staging\n\n12 links OK, 0 broken, 0 not checked\n',
    );
  });

  test('keeps the sandbox with --keep, with lines to paste and the chain, until Ctrl-C', async () => {
    const child = script.start('staging', '--keep');
    let printed = '';
    for await (const text of child.stdout.setEncoding('utf8')) {
      printed += text;
      if (printed.includes('"$PORTAL/apis"')) {
        break;
      }
    }
    const [url = ''] = printed.match(/http:\S+(?=\/chain)/) ?? [];
    const chain = await (await fetch(`${url}/chain`)).text();
    expect(chain).toContain('<strong>11 OK</strong>');
    expect(chain).toContain('href="/chain"');
    const lines = printed.split('\n').filter((line) => /^ {2}(export|curl -i) /.test(line));
    const pasted = spawnSync('bash', ['-e'], { input: lines.join('\n'), encoding: 'utf8' });
    expect(pasted.stdout).toMatch(/^HTTP\/1\.1 200 /);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  test('tells how to name one', () => {
    const { status, stderr } = script.run();
    expect(stderr).toMatch(/^The stacks have 2 clients\n[\s\S]*npm run sandbox -- <stack>/);
    expect(status).toBe(2);
  });
});
