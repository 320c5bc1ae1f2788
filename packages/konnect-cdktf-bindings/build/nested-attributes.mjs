import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * cdktf writes nested attributes as blocks in HCL, which Terraform refuses. The provider has no block at all, so that
 * everything but texts, numbers and booleans becomes the value that it has in JSON.
 */
export function writeNestedAttributes(tree) {
  for (const entry of readdirSync(tree, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const file = join(entry.parentPath, entry.name);
    const source = readFileSync(file, 'utf8');
    const changed = source
      .replace(STRUCT_FUNCTION, '')
      .replace(HCL_METHOD, (method) => method.replace(ATTRIBUTE, withJsonValue));
    if (changed !== source) writeFileSync(file, changed);
  }
}

/** Nobody calls these functions any more. */
const STRUCT_FUNCTION = /^export function \w+ToHclTerraform\([\s\S]*?^\}\n/gm;

const HCL_METHOD = /^ {2}protected synthesizeHclAttributes\(\)[\s\S]*?^ {2}\}\n/gm;

const ATTRIBUTE = /^ {8}value: (.+),\n {8}isBlock: (?:true|false),\n {8}type: "(\w+)",$/gm;

function withJsonValue(attribute, value, type) {
  if (type === 'simple') return attribute;
  const json = value.replaceAll('MapperHcl(', 'Mapper(').replaceAll('ToHclTerraform', 'ToTerraform');
  return `        value: ${json},\n        isBlock: false,\n        type: "any",`;
}
