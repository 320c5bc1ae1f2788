import { isConvertible } from './conversions';
import {
  type Attribute,
  type Attributes,
  type Block,
  isObject,
  type NestedBlock,
  type ValueType,
} from './types';

type Report = (violation: string) => void;

/** The key of a comment in Terraform JSON. cdktf writes metadata there. */
export const COMMENT = '//';

/** The JSON kinds of types that JSON does not have. */
const jsonKinds: Partial<Record<ValueType['kind'], string>> = { set: 'list', tuple: 'list', map: 'object' };

/** Checks the body of a resource or of a nested block. */
export function checkBody(block: Block, body: unknown, path: string, report: Report): void {
  if (!isObject(body)) {
    report(`${path === '' ? '' : `block "${path}" `}must be object, is ${kindOf(body)}`);
    return;
  }
  const dynamic = dynamicBlocks(block, body.dynamic, path, report);
  for (const name of Object.keys(body)) {
    const isDynamic = name === 'dynamic' && block.blocks.size > 0;
    if (name !== COMMENT && !isDynamic && !block.attributes.has(name) && !block.blocks.has(name))
      report(`unknown attribute "${join(path, name)}"`);
  }
  for (const [name, attribute] of block.attributes)
    checkAttribute(attribute, body[name], join(path, name), report);
  for (const [name, nested] of block.blocks) {
    const count = checkNestedBlock(nested, body[name], join(path, name), report);
    checkCount(nested, count, dynamic.has(name), join(path, name), report);
  }
}

function checkAttribute(attribute: Attribute, value: unknown, path: string, report: Report): void {
  if (isAbsent(value)) {
    if (attribute.required) report(`missing required attribute "${path}"`);
  } else if (attribute.readOnly) report(`attribute "${path}" is read-only`);
  else checkValue(attribute.type, value, path, report);
}

function checkValue(type: ValueType, value: unknown, path: string, report: Report): void {
  if (isAbsent(value) || isConvertible(value, type.kind)) return;
  const kind = kindOf(value);
  if (type.kind !== 'dynamic' && kind !== (jsonKinds[type.kind] ?? type.kind))
    report(`attribute "${path}" must be ${type.kind}, is ${kind}`);
  else checkInner(type, value, path, report);
}

function checkInner(type: ValueType, value: unknown, path: string, report: Report): void {
  if (type.kind === 'object') checkObject(type.attributes, Object(value), path, report);
  if (type.kind === 'map')
    for (const [key, item] of Object.entries(Object(value)))
      checkValue(type.element, item, join(path, key), report);
  if (!Array.isArray(value)) return;
  if (type.kind === 'tuple' && value.length !== type.elements.length)
    report(`attribute "${path}" must have length ${type.elements.length}, has ${value.length}`);
  for (const [index, item] of value.entries()) {
    const element = 'element' in type ? type.element : 'elements' in type ? type.elements[index] : undefined;
    if (element) checkValue(element, item, `${path}[${index}]`, report);
  }
}

function checkObject(attributes: Attributes, value: object, path: string, report: Report): void {
  const values = new Map<string, unknown>(Object.entries(value));
  // Comments exist in blocks only. In a value, `//` is an attribute.
  for (const name of values.keys())
    if (!attributes.has(name)) report(`unknown attribute "${join(path, name)}"`);
  for (const [name, attribute] of attributes)
    checkAttribute(attribute, values.get(name), join(path, name), report);
}

/** Checks all blocks of one name and counts them. An expression cannot be a block. */
function checkNestedBlock(nested: NestedBlock, value: unknown, path: string, report: Report): number {
  if (isAbsent(value)) return 0;
  if (nested.nesting === 'map' && isObject(value)) {
    const labelled = Object.entries(value);
    for (const [label, body] of labelled) checkBody(nested.block, body, join(path, label), report);
    return labelled.length;
  }
  if (!Array.isArray(value)) {
    checkBody(nested.block, value, path, report);
    return 1;
  }
  value.forEach((body, index) => {
    checkBody(nested.block, body, `${path}[${index}]`, report);
  });
  return value.length;
}

function checkCount(nested: NestedBlock, count: number, isOpen: boolean, path: string, report: Report): void {
  const isSingle = nested.nesting === 'single' || nested.nesting === 'group';
  const max = isSingle ? 1 : nested.maxItems;
  // The number of blocks of a `dynamic` block is known at apply.
  if (count < nested.minItems && !isOpen)
    report(`block "${path}" must occur at least ${times(nested.minItems)}, occurs ${times(count)}`);
  if (count > max) report(`block "${path}" must occur at most ${times(max)}, occurs ${times(count)}`);
}

/** Checks the content of `dynamic` blocks. Returns the names of the blocks that they create. */
function dynamicBlocks(block: Block, value: unknown, path: string, report: Report): Set<string> {
  const names = new Set<string>();
  if (block.blocks.size === 0) return names;
  for (const group of Array.isArray(value) ? value : [value ?? {}])
    for (const [name, body] of Object.entries(isObject(group) ? group : {})) {
      const nested = block.blocks.get(name);
      names.add(name);
      if (!nested) report(`unknown block "${join(path, name)}"`);
      else
        for (const one of Array.isArray(body) ? body : [body])
          checkBody(nested.block, isObject(one) ? one.content : one, join(path, name), report);
    }
  return names;
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
