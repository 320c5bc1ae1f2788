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

/** Names of the packages for cdktn, by the npm package. */
export const CDKTN_TARGETS = {
  'okta-cdktn-bindings': {
    python: { distName: 'okta-cdktn-bindings', module: 'okta_cdktn_bindings' },
  },
  'konnect-cdktn-bindings': {
    python: { distName: 'konnect-cdktn-bindings', module: 'konnect_cdktn_bindings' },
  },
  'okta-dev-portal-oidc-cdktn': {
    python: { distName: 'cdktn-okta-dev-portal-oidc', module: 'cdktn_okta_dev_portal_oidc' },
  },
};

export const LIBRARY_TARGETS = {
  python: { distName: 'cdktf-okta-dev-portal-oidc', module: 'cdktf_okta_dev_portal_oidc' },
  java: {
    package: 'com.konghq.oktadevportaloidc',
    maven: { groupId: 'com.konghq', artifactId: 'cdktf-okta-dev-portal-oidc' },
  },
  go: { moduleName: 'github.com/kong/cdktf-okta-dev-portal-oidc-go', packageName: 'oktadevportaloidc' },
};
