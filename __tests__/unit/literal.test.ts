import {
  DefaultTokenResolver,
  StringConcat,
  TerraformStack,
  TerraformVariable,
  Testing,
  Tokenization,
} from 'cdktf';
import { escapeTemplates, toJson } from '../../lib/core/terraform-text';

const stack = new TerraformStack(Testing.app(), 'stack');
const name = new TerraformVariable(stack, 'name', {}).stringValue;
const count = new TerraformVariable(stack, 'count', {}).numberValue;
const list = new TerraformVariable(stack, 'list', {}).listValue;
const resolver = new DefaultTokenResolver(new StringConcat());
const resolved = (value: unknown): unknown =>
  Tokenization.resolve(value, { scope: stack, resolver, preparing: false });

describe('escapeTemplates', () => {
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
  ])('escapes %j', (text, expected) => {
    expect(escapeTemplates(text)).toBe(expected);
    expect(resolved(escapeTemplates(text))).toBe(expected);
  });

  test('leaves tokens in a text', () => {
    expect(resolved(escapeTemplates(`\${a} ${name} %{b}`))).toBe('${"$"}{a} ${var.name} ${"%"}{b}');
    expect(resolved(escapeTemplates(`$${name}$${count}%\r`))).toBe(
      '${"$"}${var.name}${"$"}${var.count}${"%\\r"}',
    );
  });

  test('escapes lists, maps and keys', () => {
    expect(escapeTemplates({ '${k}': ['${a}', { b: '%{c}' }], n: 1, yes: true, nothing: null })).toEqual({
      '$${k}': ['$${a}', { b: '%%{c}' }],
      n: 1,
      yes: true,
      nothing: null,
    });
  });

  test('leaves tokens and objects of a class unchanged', () => {
    const value = { name, count, list, stack };
    expect(escapeTemplates(value)).toEqual(value);
    expect(escapeTemplates(value).stack).toBe(stack);
    expect(resolved(escapeTemplates({ name, count, list }))).toEqual({
      name: '${var.name}',
      count: '${var.count}',
      list: '${var.list}',
    });
  });
});

describe('toJson', () => {
  test('is JSON.stringify without tokens', () => {
    const value = { text: 'a"\n', n: 1, list: [true, null, undefined, {}], none: undefined };
    expect(toJson(value)).toBe(JSON.stringify(value));
  });

  test('leaves tokens to jsonencode', () => {
    expect(resolved(toJson({ name, count, list, [name]: [`${name}`] }))).toBe(
      '{"name":${jsonencode(var.name)},"count":${jsonencode(var.count)},"list":${jsonencode(var.list)},' +
        '${jsonencode(var.name)}:[${jsonencode(var.name)}]}',
    );
  });

  test('leaves tokens inside of a text to jsonencode', () => {
    expect(resolved(toJson({ mixed: `"a" ${name} 1${count}` }))).toBe(
      '{"mixed":"\\"a\\" ${trimsuffix(trimprefix(jsonencode(var.name), "\\""), "\\"")} 1${trimsuffix(trimprefix(jsonencode(var.count), "\\""), "\\"")}"}',
    );
  });
});
