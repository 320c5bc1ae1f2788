import type { CommandFailure } from '../command-failure';
import type { Language } from './init-options';

/** Output of `okta-dev-portal-oidc init --json`. */
export type InitOutput = InitResult | CommandFailure;

/** The created project. */
export interface InitResult {
  /** Always true. The exit code is 0. */
  readonly ok: true;

  /** Absolute path of the project. */
  readonly folder: string;

  /** Language of the project. */
  readonly language: Language;

  /** Created files, relative to the folder. */
  readonly files: readonly string[];
}
