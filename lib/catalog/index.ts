export { CatalogError, type CatalogFailure } from './diagnostics';
export { PortalCatalog, type PortalCatalogProps } from './portal-catalog';
