/**
 * Names of the packages in the registries of other languages. The publisher must own the group of the Java
 * packages and the repositories of the Go modules.
 */
export const BINDINGS_TARGETS = {
  python: { distName: 'konnect-cdktf-bindings', module: 'konnect_cdktf_bindings' },
  java: {
    package: 'com.konghq.konnect.cdktf',
    maven: { groupId: 'com.konghq', artifactId: 'konnect-cdktf-bindings' },
  },
  go: { moduleName: 'github.com/kong/konnect-cdktf-bindings-go', packageName: 'konnect' },
};

export const LIBRARY_TARGETS = {
  python: { distName: 'cdktf-okta-dev-portal-oidc', module: 'cdktf_okta_dev_portal_oidc' },
  java: {
    package: 'com.konghq.oktadevportaloidc',
    maven: { groupId: 'com.konghq', artifactId: 'cdktf-okta-dev-portal-oidc' },
  },
  go: { moduleName: 'github.com/kong/cdktf-okta-dev-portal-oidc-go', packageName: 'oktadevportaloidc' },
};
