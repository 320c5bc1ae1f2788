import { type Block, isObject, type JsonObject, type Provider, parseBlock, parseProviders } from './types';

/* Blocks, meta-arguments and types of Terraform itself, as provider schemas, so that one check reads both. */

/** The kinds of blocks of a configuration. */
const BLOCKS = [
  'action',
  'check',
  'data',
  'ephemeral',
  'import',
  'locals',
  'module',
  'moved',
  'output',
  'provider',
  'removed',
  'resource',
  'terraform',
  'variable',
];

/** Whether a value is Terraform JSON: it has at least one block. */
export function isConfiguration(value: unknown): value is JsonObject {
  return isObject(value) && BLOCKS.some((block) => Object.hasOwn(value, block));
}

/** Keys of a configuration that are not blocks of Terraform. */
export function unknownBlocks(configuration: JsonObject): string[] {
  return Object.keys(configuration).filter((key) => key !== '//' && !BLOCKS.includes(key));
}

const optional = (type: unknown) => ({ type, optional: true });
const required = (type: unknown) => ({ type, required: true });

const condition = {
  nesting_mode: 'list',
  block: { attributes: { condition: required('bool'), error_message: required('string') } },
};
const conditions = { precondition: condition, postcondition: condition };

const forBoth = {
  count: optional('number'),
  for_each: optional('dynamic'),
  depends_on: optional(['list', 'string']),
  provider: optional('string'),
};

const metaArguments = {
  resource: parseBlock({
    attributes: { ...forBoth, connection: optional('dynamic'), provisioner: optional('dynamic') },
    block_types: {
      lifecycle: {
        nesting_mode: 'single',
        block: {
          attributes: {
            create_before_destroy: optional('bool'),
            prevent_destroy: optional('bool'),
            // A list, or the word `all`.
            ignore_changes: optional('dynamic'),
            replace_triggered_by: optional(['list', 'string']),
          },
          block_types: conditions,
        },
      },
    },
  }),
  data: parseBlock({
    attributes: forBoth,
    block_types: { lifecycle: { nesting_mode: 'single', block: { block_types: conditions } } },
  }),
  provider: parseBlock({ attributes: { alias: optional('string'), version: optional('string') } }),
};

export function blockWithMetaArguments(block: Block, kind: keyof typeof metaArguments): Block {
  const { attributes, blocks } = metaArguments[kind];
  return {
    attributes: new Map([...block.attributes, ...attributes]),
    blocks: new Map([...block.blocks, ...blocks]),
  };
}

/** The provider that is part of Terraform. */
const builtIn = parseProviders({
  provider_schemas: {
    'terraform.io/builtin/terraform': {
      resource_schemas: {
        terraform_data: {
          block: {
            attributes: {
              id: { type: 'string', computed: true },
              input: optional('dynamic'),
              output: { type: 'dynamic', computed: true },
              triggers_replace: optional('dynamic'),
            },
          },
        },
      },
      data_source_schemas: {
        terraform_remote_state: {
          block: {
            attributes: {
              backend: required('string'),
              config: optional('dynamic'),
              defaults: optional('dynamic'),
              outputs: { type: 'dynamic', computed: true },
              workspace: optional('string'),
            },
          },
        },
      },
    },
  },
});

export const terraformProvider = builtIn.get('terraform') as Provider;
