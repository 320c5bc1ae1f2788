import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { exampleNames, synthesizeExample } from '../support/examples';
import { describeWithTerraform } from '../support/sandbox';

/*
 * Every example with real Terraform: deployed, planned again, and destroyed without a trace. The one with
 * PostgreSQL is deployed by postgres/postgres.test.ts, which has a server.
 */
const names = exampleNames().filter((name) => name !== 'postgres-backend');

describeWithTerraform('every example', () => {
  test.each(names)(
    '%s is deployed in the order of its stacks, plans nothing afterwards, and leaves nothing behind',
    async (name) => {
      const { stacks } = synthesizeExample(name);
      expect(stacks.length).toBeGreaterThan(0);
      const sandbox = await Sandbox.start();
      try {
        const before = [sandbox.okta.snapshot(), sandbox.konnect.snapshot()];
        for (const stack of stacks) {
          const { changes } = await sandbox.deployJson(stack.name, stack.json);
          expect(changes).toMatchObject({ change: 0, remove: 0 });
          expect(changes.add).toBeGreaterThan(0);
        }
        for (const stack of stacks) {
          expect({ [stack.name]: await sandbox.planJson(stack.name, stack.json) }).toEqual({
            [stack.name]: { changes: [] },
          });
        }
        for (const stack of [...stacks].reverse()) {
          expect((await sandbox.destroy(stack.name)).remove).toBeGreaterThan(0);
        }
        expect([sandbox.okta.snapshot(), sandbox.konnect.snapshot()]).toEqual(before);
      } finally {
        await sandbox.stop();
      }
    },
    120_000,
  );
});
