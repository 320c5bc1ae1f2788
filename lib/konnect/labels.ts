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

/**
 * The labels as they are written: an empty map is none. The provider takes no labels out, so that it would plan an
 * empty map again at every deployment.
 */
export function writtenLabels(
  labels: { readonly [key: string]: string } | undefined,
): { readonly [key: string]: string } | undefined {
  return labels !== undefined && Object.keys(labels).length > 0 ? labels : undefined;
}
