import { readFileSync } from 'node:fs';
import { konnectProvider } from '../../../packages/sandbox/src/fake-providers/konnect';
import { Page } from '../../support/pages';

test('the README of the sandbox names every resource that is later than the pinned provider', () => {
  const { resources, schemaFile } = konnectProvider({ url: 'http://127.0.0.1', token: 'none' });
  const { provider_schemas: providers } = JSON.parse(readFileSync(schemaFile, 'utf8')) as {
    provider_schemas: { [source: string]: { resource_schemas: object } };
  };
  const pinned = Object.values(providers).flatMap((each) => Object.keys(each.resource_schemas));
  const later = Object.keys(resources).filter((type) => !pinned.includes(type));
  const named = new Page('packages/sandbox/README.md')
    .inlineCode()
    .filter((code) => code.startsWith('konnect_'));
  expect(later.length).toBeGreaterThan(3);
  expect(named.sort()).toEqual(later.sort());
});
