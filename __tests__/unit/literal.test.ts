import {
  DefaultTokenResolver,
  StringConcat,
  TerraformStack,
  TerraformVariable,
  Testing,
  Tokenization,
} from 'cdktf';
import { jsonText } from '../../lib/private/json-text';
import { literal } from '../../lib/private/literal';

const stack = new TerraformStack(Testing.app(), 'stack');
const name = new TerraformVariable(stack, 'name', {}).stringValue;
const count = new TerraformVariable(stack, 'count', {}).numberValue;
const list = new TerraformVariable(stack, 'list', {}).listValue;
const resolver = new DefaultTokenResolver(new StringConcat());
const resolved = (value: unknown): unknown =>
  Tokenization.resolve(value, { scope: stack, resolver, preparing: false });

describe('a literal', () => {
  test.each([
    ['plain {} "text" \\n 🎉', 'plain {} "text" \\n 🎉'],
    ['${x}', '$${x}'],
    ['%{if true}', '%%{if true}'],
    ['$5 5% $ {', '$5 5% $ {'],
    ['$${x}', '${"$$"}{x}'],
    ['$%{x}', '${"$%"}{x}'],
    ['a\r\nb', 'a\r\nb'],
    ['a\rb', 'a${"\\r"}b'],
    ['a$\rb', 'a${"$\\r"}b'],
    ['-1.5e+10 ${x}', '-1.5e+10 $${x}'],
  ])('escapes what Terraform would evaluate: %j', (text, expected) => {
    expect(literal(text)).toBe(expected);
    expect(resolved(literal(text))).toBe(expected);
  });

  test('resolves tokens beside it', () => {
    expect(resolved(literal(`\${a} ${name} %{b}`))).toBe('${"$"}{a} ${var.name} ${"%"}{b}');
    expect(resolved(literal(`$${name}$${count}%\r`))).toBe('${"$"}${var.name}${"$"}${var.count}${"%\\r"}');
  });

  test('reaches into lists, maps and keys', () => {
    expect(literal({ '${k}': ['${a}', { b: '%{c}' }], n: 1, yes: true, nothing: null })).toEqual({
      '$${k}': ['$${a}', { b: '%%{c}' }],
      n: 1,
      yes: true,
      nothing: null,
    });
  });

  test('leaves tokens and objects of a class as they are', () => {
    const value = { name, count, list, stack };
    expect(literal(value)).toEqual(value);
    expect(literal(value).stack).toBe(stack);
    expect(resolved(literal({ name, count, list }))).toEqual({
      name: '${var.name}',
      count: '${var.count}',
      list: '${var.list}',
    });
  });
});

describe('JSON of a value', () => {
  test('is what JavaScript makes of it where everything is known', () => {
    const value = { text: 'a"\n', n: 1, list: [true, null, undefined, {}], none: undefined };
    expect(jsonText(value)).toBe(JSON.stringify(value));
    expect(jsonText(undefined)).toBeUndefined();
  });

  test('lets Terraform encode tokens', () => {
    expect(resolved(jsonText({ name, count, list, [name]: [`${name}`] }))).toBe(
      '{"name":${jsonencode(var.name)},"count":${jsonencode(var.count)},"list":${jsonencode(var.list)},' +
        '${jsonencode(var.name)}:[${jsonencode(var.name)}]}',
    );
  });

  test('lets Terraform encode tokens inside of a text', () => {
    expect(resolved(jsonText({ mixed: `"a" ${name} 1${count}` }))).toBe(
      '{"mixed":"\\"a\\" ${trimsuffix(trimprefix(jsonencode(var.name), "\\""), "\\"")} 1${trimsuffix(trimprefix(jsonencode(var.count), "\\""), "\\"")}"}',
    );
  });
});
