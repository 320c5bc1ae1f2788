import { MASK } from '../redactor';
import { replaceSecrets } from './secrets';

/** Longest value in a finding. */
const MAX_LENGTH = 80;

/** A value of a setting as a finding shows it: without secrets, and shortened. */
export function formatValue(setting: string, value: unknown): string {
  const text = JSON.stringify(replaceSecrets(value, setting.split('.'), () => MASK)) ?? 'none';
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
