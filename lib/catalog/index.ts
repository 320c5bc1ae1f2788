export { CatalogError, type CatalogFailure } from './catalog-error';
export { PortalCatalog, type PortalCatalogProps } from './portal-catalog';
