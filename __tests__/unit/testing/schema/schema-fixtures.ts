/** Variables that the configurations below refer to. */
export const variable = Object.fromEntries(['a', 'b', 'c', 'keys', 'labels', 'x'].map((name) => [name, {}]));

/** A configuration with one portal. */
export const portal = (body: object) => ({
  variable,
  resource: { konnect_portal: { P: { name: 'p', ...body } } },
});

/** A configuration with one auth strategy. */
export const strategy = (openidConnect: unknown) => ({
  resource: { konnect_application_auth_strategy: { S: { openid_connect: openidConnect } } },
});

/** A configuration with one Okta application. */
export const oauth = (body: object) => ({
  variable,
  resource: { okta_app_oauth: { A: { label: 'a', type: 'web', ...body } } },
});

/** A valid block of an Okta application. */
export const claim = { name: 'groups', type: 'FILTER', value: '.*' };
