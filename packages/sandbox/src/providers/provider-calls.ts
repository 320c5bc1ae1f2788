import {
  ApiError,
  type Attributes,
  type Connection,
  type ProviderDefinition,
  type ResourceType,
} from './definition';
import { plan } from './planner';
import { ERROR } from './protocol';
import { ProviderSchema } from './schema';
import { conform, type DynamicValue, decode, encode, known } from './values';

/** A request of any call; each handler reads its own fields. */
export interface ProviderRequest {
  readonly type_name: string;
  readonly id: string;
  readonly config: DynamicValue;
  readonly current_state: DynamicValue;
  readonly prior_state: DynamicValue;
  readonly proposed_new_state: DynamicValue;
  readonly planned_state: DynamicValue;
  readonly raw_state: { readonly json: Uint8Array };
  readonly private: Uint8Array;
  readonly prior_private: Uint8Array;
  readonly planned_private: Uint8Array;
}

/** Answers the calls of Terraform's plugin protocol for one provider. */
export class ProviderCalls {
  private readonly schema: ProviderSchema;
  private connection: Connection;
  private schemaAnswer?: object;

  public constructor(private readonly definition: ProviderDefinition) {
    const later = Object.entries(definition.resources).flatMap(([type, { schema }]) =>
      schema ? [[type, schema] as const] : [],
    );
    this.schema = ProviderSchema.fromFile(definition.schemaFile, Object.fromEntries(later));
    this.connection = definition.connect({});
  }

  public getSchema(): object {
    this.schemaAnswer ??= this.schema.toProtocol();
    return this.schemaAnswer;
  }

  public refuseUnknown(kind: string, type: string): object {
    const { resources, dataSources, source } = this.definition;
    const knownTypes = kind === 'resource' ? resources : dataSources;
    if (Object.hasOwn(knownTypes, type)) {
      return {};
    }
    const detail = `The fake provider ${source} knows the ${kind}s ${Object.keys(knownTypes).sort().join(', ')}. Use the real provider for others (--providers registry).`;
    return {
      diagnostics: [{ severity: ERROR, summary: `The sandbox does not know the ${kind} ${type}`, detail }],
    };
  }

  public upgrade({ type_name: type, raw_state: state }: ProviderRequest): object {
    const fields = this.schema.resource(type);
    return { upgraded_state: encode(fields, JSON.parse(Buffer.from(state.json).toString()) as Attributes) };
  }

  public async configure({ config }: ProviderRequest, signal: AbortSignal): Promise<object> {
    this.connection = this.definition.connect(conform(this.schema.provider, decode(config) ?? {}));
    await this.definition.configured?.(this.connection(signal));
    return {};
  }

  public async read(request: ProviderRequest, signal: AbortSignal): Promise<object> {
    const { type_name: type, current_state: state, private: data } = request;
    const fields = this.schema.resource(type);
    const prior = decode(state);
    const found = prior && (await this.resource(type).read(this.connection(signal), prior));
    return { new_state: encode(fields, found ?? null), private: data };
  }

  public plan(request: ProviderRequest): object {
    const { type_name: type, prior_private: data } = request;
    const fields = this.schema.resource(type);
    const proposed = decode(request.proposed_new_state);
    if (!proposed) {
      return { planned_state: encode(fields, null), planned_private: data };
    }
    const { planned, replacedBy } = plan(fields, this.resource(type), {
      prior: decode(request.prior_state),
      proposed,
      configuration: decode(request.config) ?? {},
    });
    return {
      planned_state: encode(fields, planned),
      requires_replace: replacedBy.map((name) => ({ steps: [{ attribute_name: name }] })),
      planned_private: data,
      // The legacy type system allows defaults of attributes that are not computed.
      legacy_type_system: true,
    };
  }

  public async apply(request: ProviderRequest, signal: AbortSignal): Promise<object> {
    const { type_name: type, planned_private: data } = request;
    const fields = this.schema.resource(type);
    const resource = this.resource(type);
    const api = this.connection(signal);
    const prior = decode(request.prior_state);
    const planned = decode(request.planned_state);
    let present = prior;
    const answer = (state: Attributes | null, diagnostics: object[] = []) => ({
      new_state: encode(fields, state),
      private: data,
      diagnostics,
      legacy_type_system: true,
    });
    try {
      if (!planned) {
        if (prior) {
          await resource.delete(api, prior);
        }
        return answer(null);
      }
      const state = prior
        ? await resource.update(api, planned, prior)
        : await resource.create(api, planned, (created) => {
            present = known(created) as Attributes;
          });
      return answer(known(state) as Attributes);
    } catch (error) {
      return answer(present, [diagnosticOf(error)]);
    }
  }

  public import({ type_name: type, id }: ProviderRequest): object {
    const state = encode(this.schema.resource(type), this.resource(type).import(id));
    return { imported_resources: [{ type_name: type, state }] };
  }

  public async readData({ type_name: type, config }: ProviderRequest, signal: AbortSignal): Promise<object> {
    const fields = this.schema.dataSource(type);
    const state = await this.definition.dataSources[type].read(this.connection(signal), decode(config) ?? {});
    return { state: encode(fields, state) };
  }

  private resource(type: string): ResourceType {
    return this.definition.resources[type];
  }
}

/** An error as Terraform shows it. */
export function diagnosticOf(error: unknown): object {
  const message = error instanceof Error ? error.message : String(error);
  const detail = error instanceof ApiError ? JSON.stringify(error.body) : '';
  return { severity: ERROR, summary: message, detail };
}
