import type { ServiceClientConstructor } from '@grpc/grpc-js';
import { loadPackageDefinition, type ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';

/*
 * The part of Terraform's plugin protocol 6 that a provider with resources and data sources needs.
 * Names and field numbers are Terraform's.
 */

/** `type number`, with `repeated` or `map` in front. */
type Fields = { readonly [name: string]: string };

interface Message {
  readonly fields: { readonly [name: string]: object };
  readonly nested?: { readonly [name: string]: Message };
}

function message(fields: Fields, nested?: { readonly [name: string]: Message }): Message {
  const parsed = Object.entries(fields).map(([name, text]) => {
    const [, rule, type, id] = /^(repeated |map )?(\S+) (\d+)$/.exec(text) ?? [];
    const field = { type, id: Number(id) };
    const kinds = { 'repeated ': { ...field, rule: 'repeated' }, 'map ': { ...field, keyType: 'string' } };
    return [name, rule ? kinds[rule as keyof typeof kinds] : field];
  });
  return { fields: Object.fromEntries(parsed), ...(nested && { nested }) };
}

/** A call: the fields of its request and of its response. */
const call = (request: Fields, response: Fields, nested?: { readonly [name: string]: Message }): Message =>
  message({}, { Request: message(request), Response: message(response), ...nested });

const DIAGNOSTICS = 'repeated Diagnostic';

const calls = {
  GetMetadata: call(
    {},
    {
      server_capabilities: 'ServerCapabilities 1',
      diagnostics: `${DIAGNOSTICS} 2`,
      data_sources: 'repeated TypeMetadata 3',
      resources: 'repeated TypeMetadata 4',
    },
    { TypeMetadata: message({ type_name: 'string 1' }) },
  ),
  GetProviderSchema: call(
    {},
    {
      provider: 'Schema 1',
      resource_schemas: 'map Schema 2',
      data_source_schemas: 'map Schema 3',
      diagnostics: `${DIAGNOSTICS} 4`,
      server_capabilities: 'ServerCapabilities 6',
    },
  ),
  ValidateProviderConfig: call({ config: 'DynamicValue 1' }, { diagnostics: `${DIAGNOSTICS} 2` }),
  ValidateResourceConfig: call(
    { type_name: 'string 1', config: 'DynamicValue 2' },
    { diagnostics: `${DIAGNOSTICS} 1` },
  ),
  ValidateDataResourceConfig: call(
    { type_name: 'string 1', config: 'DynamicValue 2' },
    { diagnostics: `${DIAGNOSTICS} 1` },
  ),
  UpgradeResourceState: call(
    { type_name: 'string 1', version: 'int64 2', raw_state: 'RawState 3' },
    { upgraded_state: 'DynamicValue 1', diagnostics: `${DIAGNOSTICS} 2` },
  ),
  ConfigureProvider: call(
    { terraform_version: 'string 1', config: 'DynamicValue 2' },
    { diagnostics: `${DIAGNOSTICS} 1` },
  ),
  ReadResource: call(
    { type_name: 'string 1', current_state: 'DynamicValue 2', private: 'bytes 3' },
    { new_state: 'DynamicValue 1', diagnostics: `${DIAGNOSTICS} 2`, private: 'bytes 3' },
  ),
  PlanResourceChange: call(
    {
      type_name: 'string 1',
      prior_state: 'DynamicValue 2',
      proposed_new_state: 'DynamicValue 3',
      config: 'DynamicValue 4',
      prior_private: 'bytes 5',
    },
    {
      planned_state: 'DynamicValue 1',
      requires_replace: 'repeated AttributePath 2',
      planned_private: 'bytes 3',
      diagnostics: `${DIAGNOSTICS} 4`,
      legacy_type_system: 'bool 5',
    },
  ),
  ApplyResourceChange: call(
    {
      type_name: 'string 1',
      prior_state: 'DynamicValue 2',
      planned_state: 'DynamicValue 3',
      config: 'DynamicValue 4',
      planned_private: 'bytes 5',
    },
    {
      new_state: 'DynamicValue 1',
      private: 'bytes 2',
      diagnostics: `${DIAGNOSTICS} 3`,
      legacy_type_system: 'bool 4',
    },
  ),
  ImportResourceState: call(
    { type_name: 'string 1', id: 'string 2' },
    { imported_resources: 'repeated ImportedResource 1', diagnostics: `${DIAGNOSTICS} 2` },
    { ImportedResource: message({ type_name: 'string 1', state: 'DynamicValue 2', private: 'bytes 3' }) },
  ),
  ReadDataSource: call(
    { type_name: 'string 1', config: 'DynamicValue 2' },
    { state: 'DynamicValue 1', diagnostics: `${DIAGNOSTICS} 2` },
  ),
  StopProvider: call({}, { Error: 'string 1' }),
};

/** The name of a call. */
export type CallName = keyof typeof calls;

const shared = {
  DynamicValue: message({ msgpack: 'bytes 1', json: 'bytes 2' }),
  Diagnostic: message({
    severity: 'int32 1',
    summary: 'string 2',
    detail: 'string 3',
    attribute: 'AttributePath 4',
  }),
  AttributePath: message({ steps: 'repeated Step 1' }, { Step: message({ attribute_name: 'string 1' }) }),
  RawState: message({ json: 'bytes 1' }),
  ServerCapabilities: message({
    plan_destroy: 'bool 1',
    get_provider_schema_optional: 'bool 2',
    move_resource_state: 'bool 3',
  }),
  Schema: message(
    { version: 'int64 1', block: 'Block 2' },
    {
      Block: message({
        version: 'int64 1',
        attributes: 'repeated Attribute 2',
        block_types: 'repeated NestedBlock 3',
        deprecated: 'bool 6',
      }),
      Attribute: message({
        name: 'string 1',
        type: 'bytes 2',
        nested_type: 'Object 10',
        required: 'bool 4',
        optional: 'bool 5',
        computed: 'bool 6',
        sensitive: 'bool 7',
        deprecated: 'bool 9',
      }),
      NestedBlock: message({
        type_name: 'string 1',
        block: 'Block 2',
        nesting: 'int32 3',
        min_items: 'int64 4',
        max_items: 'int64 5',
      }),
      Object: message({ attributes: 'repeated Attribute 1', nesting: 'int32 3' }),
    },
  ),
};

const methods = Object.fromEntries(
  Object.keys(calls).map((name) => [
    name,
    { requestType: `${name}.Request`, responseType: `${name}.Response`, comment: '' },
  ]),
);

/** How the protocol numbers the nesting of blocks and attributes. */
export const NESTING: { readonly [mode: string]: number } = { single: 1, list: 2, set: 3, map: 4, group: 5 };

/** Severity of a diagnostic. */
export const ERROR = 1;

/** The gRPC service `tfplugin6.Provider`. */
export function providerService(): ServiceDefinition {
  const definition = fromJSON(
    { nested: { tfplugin6: { nested: { ...calls, ...shared, Provider: { methods } } } } },
    { keepCase: true, longs: Number, defaults: true },
  );
  const { Provider } = loadPackageDefinition(definition).tfplugin6 as { [name: string]: unknown };
  const { service } = Provider as ServiceClientConstructor;
  return { ...service, GetProviderSchema: serializeOnce(service.GetProviderSchema) };
}

/** A call with one answer for all requests. The schema is large, and every Terraform command asks for it. */
function serializeOnce(definition: ServiceDefinition[string]): ServiceDefinition[string] {
  let serialized: Buffer | undefined;
  return {
    ...definition,
    responseSerialize: (answer: object) => {
      serialized ??= definition.responseSerialize(answer);
      return serialized;
    },
  };
}
