import { DefaultTokenResolver, StringConcat, type TerraformResource, Tokenization } from 'cdktf';

/** A literal argument of a resource, one that is decided at synthesis too; undefined when only Terraform knows it. */
export function literalInput(resource: TerraformResource, argument: string): string | undefined {
  const input = (resource as unknown as { readonly [input: string]: unknown })[`${argument}Input`];
  const value: unknown = Tokenization.resolve(input, {
    scope: resource,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
  return typeof value === 'string' && !/(?<!\$)\$\{/.test(value)
    ? value.replaceAll('$${', '${').replaceAll('%%{', '%{')
    : undefined;
}
