import type { Link } from './chain';
import { ImplementationLink } from './implementation-link';
import { checkAccess } from './portal-access-link';
import { createLink, type PublicationContext } from './publication-context';
import { checkPublication } from './publication-link';
import { checkRegistration } from './registration-link';
import { checkStrategy } from './strategy-link';

/** The links in Konnect: strategy, publication, implementation, registration, and access to a private API. */
export function konnectLinks(context: PublicationContext, implementation: ImplementationLink): Link[] {
  const isPrivate = context.publication.visibility === 'private';
  return [
    createLink(context, 'strategy', ['Auth strategy', 'of'], () => checkStrategy(context)),
    createLink(context, 'publication', ['Publication', 'of'], () => checkPublication(context)),
    createLink(context, ImplementationLink.NAME, ['Gateway service and route', 'of'], () =>
      implementation.check(),
    ),
    createLink(context, 'registration', ['Registration', 'of'], () => checkRegistration(context)),
    ...(isPrivate
      ? [createLink(context, 'portal-access', ['Portal access', 'to'], () => checkAccess(context))]
      : []),
  ];
}
