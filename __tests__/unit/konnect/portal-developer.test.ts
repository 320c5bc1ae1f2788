import type { TerraformStack } from 'cdktf';
import { DeveloperStatus, DevPortal, PortalDeveloper, ProviderVersions } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { OTHER_UUID, UUID } from '../../support/validation';

const person = { email: 'dev@example.com', fullName: 'Dev' };

function setUp() {
  const stack = stackWithProviders();
  ProviderVersions.require(stack, { konnect: '>= 3.21.0, < 4.0.0' });
  return stack;
}

const newPortal = (stack: TerraformStack) => new DevPortal(stack, 'portal', { name: 'Portal' });

test('leaves optional props to the portal', () => {
  const stack = setUp();
  new PortalDeveloper(stack, 'developer', { portal: newPortal(stack), ...person });
  const json = synthesize(stack);
  const [portal] = Object.keys(json.resources('konnect_portal'));
  expect(json.only('konnect_portal_developer')).toEqual({
    portal_id: `\${konnect_portal.${portal}.id}`,
    email: 'dev@example.com',
    full_name: 'Dev',
    lifecycle: { replace_triggered_by: [expect.stringMatching(/^terraform_data\./)] },
  });
  const parentId = `\${konnect_portal.${portal}.id}`;
  expect(json.replacementIds(json.only('konnect_portal_developer'))).toEqual([{ parentId }]);
});

test('writes every prop', () => {
  const stack = setUp();
  new PortalDeveloper(stack, 'developer', {
    portal: newPortal(stack),
    ...person,
    status: DeveloperStatus.REVOKED,
    sendInvitationEmail: true,
    preventDestroy: true,
  });
  expect(synthesize(stack).only('konnect_portal_developer')).toMatchObject({
    status: 'revoked',
    send_invitation_email: true,
    lifecycle: { prevent_destroy: true },
  });
});

test('is replaced when the id of an existing portal changes', () => {
  const stack = setUp();
  const portal = DevPortal.fromPortalId(stack, 'portal', UUID);
  new PortalDeveloper(stack, 'developer', { portal, ...person });
  const json = synthesize(stack);
  const [remembered] = Object.keys(json.resources('terraform_data'));
  expect(json.only('konnect_portal_developer')).toMatchObject({
    portal_id: UUID,
    lifecycle: { replace_triggered_by: [`terraform_data.${remembered}`] },
  });
});

test('an existing developer creates nothing', () => {
  const stack = setUp();
  const portal = DevPortal.fromPortalId(stack, 'portal', UUID);
  const developer = PortalDeveloper.fromDeveloperId(stack, 'developer', OTHER_UUID, portal);
  expect([developer.developerId, developer.portal]).toEqual([OTHER_UUID, portal]);
  expect(synthesize(stack).counts()).toEqual({});
});
