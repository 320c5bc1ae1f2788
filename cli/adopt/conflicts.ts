import { rejectConflicts, STACK_NAMES } from '../conflicts';
import { CommandError } from '../exit';
import { KONNECT_PARTS, PARTS_WITH_APIS, Part, type Parts } from './parts';

/** Options that generate an app. They take the same options. */
const APP_OPTIONS = ['--write-app', '--print-app'];

/** Options of `adopt` without an app. */
const MATCH_OPTIONS = ['--partial', '--import', '--accept-loss', '--output', STACK_NAMES];

/** Options that select what the app takes over, with the parts that they select for. */
const SELECTIONS: { readonly [option: string]: readonly Part[] } = {
  '--portal': KONNECT_PARTS,
  '--api': PARTS_WITH_APIS,
  '--strategy': PARTS_WITH_APIS,
  '--policy': [],
  '--rule': [],
  '--client': [Part.CLIENTS],
};

/**
 * Rejects options that have no effect: those of an app without one, the others with one, and those that select for parts
 * that `--only` leaves out.
 *
 * @param given options on the command line
 * @throws CommandError for the first of them
 */
export function rejectIneffectiveOptions(given: readonly string[], only?: Parts): void {
  rejectConflicts(given, '--write-app', ['--print-app']);
  for (const option of APP_OPTIONS) {
    rejectConflicts(given, option, MATCH_OPTIONS);
  }
  rejectWithout(given, ['--write-app'], ['--overwrite']);
  rejectWithout(given, APP_OPTIONS, ['--only', ...Object.keys(SELECTIONS)]);
  if (only) {
    rejectSelections(given, only);
  }
}

/** Rejects options that need one of some others. */
function rejectWithout(
  given: readonly string[],
  needed: readonly string[],
  options: readonly string[],
): void {
  const found = options.find((each) => given.includes(each));
  if (found !== undefined && !needed.some((each) => given.includes(each))) {
    throw CommandError.usage(
      `${found} has no effect without ${needed.join(' or ')}`,
      `Add --write-app <file>, or leave ${found} out.`,
    );
  }
}

function rejectSelections(given: readonly string[], only: Parts): void {
  for (const [option, parts] of Object.entries(SELECTIONS)) {
    if (given.includes(option) && !parts.some((part) => only.has(part))) {
      throw CommandError.usage(
        `${option} has no effect with --only ${[...only].join(',')}`,
        parts.length === 0
          ? 'Leave one of them out. Only the app for a whole how-to has an access policy.'
          : `Leave ${option} out, or add ${parts.join(' or ')} to --only.`,
      );
    }
  }
}
