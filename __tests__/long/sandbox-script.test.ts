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

  test('tells how to name one', () => {
    const { status, stderr } = script.run();
    expect(stderr).toMatch(/^The stacks have 2 clients\n[\s\S]*npm run sandbox -- <stack>/);
    expect(status).toBe(2);
  });
});
