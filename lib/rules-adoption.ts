import type { Rule } from './validation';

/** Every client of an org, in the words of a policy. */
const ALL_CLIENTS = 'ALL_CLIENTS';

/** The rules for a stack that takes over what is in files. They fail whenever they are asked: what they say depends on both. */
export const adoptionRules = {
  /** A resource that no file has: it would be made a second time, beside what exists. */
  inFile: (files: string, prop: string, known: readonly string[]) =>
    broken(
      `adopting, every resource must be in ${files}`,
      known.length > 0
        ? `Set the ${prop} to ${known.join(' or ')}, or write the file again`
        : 'Take it out of the stack until the rest is adopted, or write the file again',
    ),
  homePageInFile: (files: string) =>
    broken(
      `adopting, every resource must be in ${files}`,
      "Give the portal homePage: '' until the rest is adopted, or write the file again",
    ),
  knownType: (files: string) =>
    broken(
      `adopting, every resource must be of a type that ${files} can have`,
      'Take it out of the stack until the rest is adopted, or import it with importFrom',
    ),
  oneInFile: (files: string, ids: readonly string[]) =>
    broken(
      `adopting, one thing of that name must be in ${files}`,
      `Import the one that is meant with importFrom: ${ids.join(' or ')}`,
    ),
  sameId: (files: string, id: string) =>
    broken(
      `adopting, a resource must have the id that is in ${files}`,
      `Set it to "${id}", or leave it out as long as the stack adopts`,
    ),
  serverInFile: (files: string, known: readonly string[]) =>
    broken(
      `adopting, the authorization server must be in ${files}`,
      `Pass authorizationServer: AuthorizationServer.fromName(stack, 'server', ${known.join(' or ')})`,
    ),
  clientsKept: (missing: readonly string[]) =>
    broken(
      'adopting, an access policy must keep its clients, or they get no more tokens',
      missing.includes(ALL_CLIENTS)
        ? `Set clientWhitelist of its resource to ['${ALL_CLIENTS}']`
        : `Add ${missing.map((id) => `"${id}"`).join(', ')} to allowedClientIds`,
    ),
};

function broken(rule: string, remedy: string): Rule<unknown> {
  return { rule, remedy, holds: () => false };
}
