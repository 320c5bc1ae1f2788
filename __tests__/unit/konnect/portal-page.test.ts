import { TerraformVariable } from 'cdktf';
import { DevPortal, PortalPage } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures } from '../../support/validation';

const CONTENT = { slug: 'page', content: '# Page' };

test('a page below another one names it, and is replaced when a parent becomes another one', () => {
  const stack = stackWithProviders();
  const portal = new DevPortal(stack, 'portal', { name: 'Portal', homePage: '' });
  const guides = portal.addPage('guides', { ...CONTENT, slug: 'guides' });
  const { resource } = guides.addPage('first', CONTENT);
  const json = synthesize(stack);
  const parentPageId = `\${konnect_portal_page.${guides.resource.friendlyUniqueId}.id}`;
  const page = json.resources('konnect_portal_page')[resource.friendlyUniqueId];
  expect(page).toMatchObject({ parent_page_id: parentPageId });
  expect(json.replacementIds(page)).toEqual([{ parentId: page.portal_id, parentPageId }]);
});

test('a parent must be on the same portal', () => {
  const stack = stackWithProviders();
  const [portal, other] = ['one', 'two'].map((name) => new DevPortal(stack, name, { name }));
  const parent = other.addPage('guides', { ...CONTENT, slug: 'guides' });
  expectFailures(
    () => new PortalPage(stack, 'page', { portal, parent, ...CONTENT }),
    ['parent', /must be a page of the same portal/],
  );
});

test('a parent may be on a portal whose id is known at apply', () => {
  const stack = stackWithProviders();
  const { stringValue } = new TerraformVariable(stack, 'portal-id', {});
  const [portal, same] = ['one', 'two'].map((id) => DevPortal.fromPortalId(stack, id, stringValue));
  const parent = same.addPage('guides', { ...CONTENT, slug: 'guides' });
  new PortalPage(stack, 'page', { portal, parent, ...CONTENT });
  expect(Object.keys(synthesize(stack).resources('konnect_portal_page'))).toHaveLength(2);
});
