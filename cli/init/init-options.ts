/** Languages of a template. */
export enum Language {
  TYPESCRIPT = 'typescript',
  PYTHON = 'python',
}

/** Options of `init`. */
export interface InitOptions {
  /** Folder of the project. It is empty or does not exist. */
  readonly folder: string;
  readonly language: Language;

  /**
   * Folder of packed packages to install.
   *
   * @default - the released packages
   */
  readonly packages?: string;
  readonly json: boolean;
}
