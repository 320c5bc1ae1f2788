import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { AuthorizationServer, DevPortal, Moves } from '../../lib';
import { escapeTemplates } from '../../lib/core/terraform-text';
import { stackWithProviders } from '../support/how-to';

const name = new TerraformVariable(new TerraformStack(Testing.app(), 'stack'), 'name', {}).stringValue;

/** The HCL that cdktf writes for a stack. */
function hclOf(stack: TerraformStack): string {
  stack.prepareStack();
  return stack.toHclTerraform().hcl;
}

describe('with SYNTH_HCL_OUTPUT=true', () => {
  beforeEach(() => {
    process.env.SYNTH_HCL_OUTPUT = 'true';
  });

  afterEach(() => {
    delete process.env.SYNTH_HCL_OUTPUT;
  });

  test.each([
    ['plain {} text', 'plain {} text'],
    ['a "b"', 'a \\"b\\"'],
    ['a\\b', 'a\\\\b'],
    ['\\b', '\\\\b'],
    ['\b\f\n\r\t', '\\u0008\\u000c\\n\\r\\t'],
    ['${x} %{y} $${z} $', '\\u0024{x} \\u0025{y} $\\u0024{z} $'],
    ['{"a": 1}', '\\u007b\\"a\\": 1}'],
    ['[a]', '\\u005ba]'],
    [`$${name}{`, `\\u0024${name}\\u007b`],
    [name, name],
  ])('%j is escaped for its place between quotes', (text, expected) => {
    expect(escapeTemplates(text)).toBe(expected);
  });

  test('lists of references have no quotes, and triggers compare ids', () => {
    const stack = stackWithProviders();
    const server = AuthorizationServer.fromDefault(stack, 'default');
    server.addAccessPolicy('policy', { name: 'Orders', allClients: true });
    const hcl = hclOf(stack);
    expect(hcl).toContain('ignore_changes = [priority]');
    expect(hcl).toMatch(/replace_triggered_by = \[terraform_data\.default_\w+\]/);
    expect(hcl).toMatch(/triggers_replace = \{\nid = "\$\{data\.okta_auth_server\.[\w-]+\.id\}"\n\}/);
  });

  test('moved blocks have no quotes', () => {
    const stack = stackWithProviders();
    Moves.from(new DevPortal(stack, 'portal', { name: 'Portal', homePage: '' }), 'old');
    expect(hclOf(stack)).toMatch(
      /moved \{\nfrom = konnect_portal\.old_\w+\nto = konnect_portal\.portal_\w+\n\}/,
    );
  });
});
