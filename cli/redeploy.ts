/**
 * Remedy for a part that the stacks own and that Okta or Konnect lacks, or has with other values: Terraform creates or
 * corrects it. A part that is made by hand instead is in the way of the next deployment.
 *
 * @param part what the stacks own, for example `claim clientId`
 */
export function redeploy(part: string): string {
  return `Deploy again: the stack has ${part}, and somebody deleted or changed it outside of Terraform.`;
}
