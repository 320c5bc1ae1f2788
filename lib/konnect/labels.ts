import { Token } from 'cdktf';
import { rules } from '../rules';
import { type Check, check } from '../validation';

/** The rules for the labels of anything in Konnect. */
export function labelChecks(labels: { readonly [key: string]: string } | undefined): Check[] {
  return [
    check('labels', labels, rules.labelsCount),
    ...Object.entries(Token.isUnresolved(labels) ? {} : (labels ?? {})).flatMap(([key, value]) => [
      check(`labels.${key}`, key, rules.labelKey),
      check(`labels.${key}`, value, rules.labelValue),
    ]),
  ];
}
