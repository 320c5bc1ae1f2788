import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import { Hosts, LOOPBACK } from '../http/hosts';
import {
  ApiError,
  type Attributes,
  type Connection,
  type ProviderDefinition,
  type ResourceType,
} from './definition';
import { plan } from './planner';
import { type CallName, ERROR, providerService } from './protocol';
import { ProviderSchema } from './schema';
import { conform, type DynamicValue, decode, encode, known } from './values';

/** An entry of TF_REATTACH_PROVIDERS. */
export interface Reattach {
  readonly Protocol: 'grpc';
  readonly ProtocolVersion: 6;
  readonly Pid: number;
  readonly Test: true;
  readonly Addr: { readonly Network: 'tcp'; readonly String: string };
}

/** A request of any call; each handler reads its own fields. */
interface Request {
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

/** @param signal says when nobody waits for the answer any more */
type Handler = (request: Request, signal: AbortSignal) => Promise<object> | object;

const REGISTRIES = ['registry.terraform.io', 'registry.opentofu.org'];

/** Terraform connects to the address that it was given, and calls what it finds there `unused`. */
const HOSTS = new Hosts(['unused']);

/** A provider that real Terraform talks to over its plugin protocol, on a free port of the loopback interface. */
export class StandInProvider {
  public static async start(definition: ProviderDefinition): Promise<StandInProvider> {
    const provider = new StandInProvider(definition);
    await provider.listen();
    return provider;
  }

  private readonly server = new Server({
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
  });
  private readonly schema: ProviderSchema;
  private connection: Connection;
  private readonly calls = new Set<AbortController>();
  private port = 0;
  private schemaAnswer?: object;

  private constructor(private readonly definition: ProviderDefinition) {
    const later = Object.entries(definition.resources).flatMap(([type, { schema }]) =>
      schema ? [[type, schema] as const] : [],
    );
    this.schema = ProviderSchema.fromFile(definition.schemaFile, Object.fromEntries(later));
    this.connection = definition.connect({});
  }

  /** Entries for TF_REATTACH_PROVIDERS by address of the provider. */
  public get reattach(): { readonly [address: string]: Reattach } {
    const entry: Reattach = {
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: 'tcp', String: `${LOOPBACK}:${this.port}` },
    };
    return Object.fromEntries(REGISTRIES.map((registry) => [`${registry}/${this.definition.source}`, entry]));
  }

  /** Closes the port and every open connection. */
  public async stop(): Promise<void> {
    this.server.forceShutdown();
  }

  private async listen(): Promise<void> {
    const handlers: { readonly [name in CallName]: Handler } = {
      GetMetadata: () => ({ server_capabilities: {} }),
      GetProviderSchema: () => {
        this.schemaAnswer ??= this.schema.toProtocol();
        return this.schemaAnswer;
      },
      ValidateProviderConfig: () => ({}),
      ValidateResourceConfig: (request) => this.refuseUnknown('resource', request.type_name),
      ValidateDataResourceConfig: (request) => this.refuseUnknown('data source', request.type_name),
      UpgradeResourceState: (request) => this.upgrade(request),
      ConfigureProvider: (request, signal) => this.configure(request, signal),
      ReadResource: (request, signal) => this.read(request, signal),
      PlanResourceChange: (request) => this.plan(request),
      ApplyResourceChange: (request, signal) => this.apply(request, signal),
      ImportResourceState: (request) => this.import(request),
      ReadDataSource: (request, signal) => this.readData(request, signal),
      StopProvider: () => this.interrupt(),
    };
    this.server.addService(
      providerService(),
      Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, this.unary(handler)])),
    );
    this.port = await new Promise((resolve, reject) => {
      this.server.bindAsync(`${LOOPBACK}:0`, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }

  /**
   * Refuses other host names. An error of a handler is a diagnostic: Terraform shows it with the resource that it
   * belongs to.
   */
  private unary(handler: Handler) {
    return async (call: ServerUnaryCall<Request, object>, callback: sendUnaryData<object>) => {
      const host = call.getHost();
      if (!HOSTS.includes(host)) {
        callback({ code: status.PERMISSION_DENIED, details: `The sandbox does not answer for host ${host}` });
        return;
      }
      const waiting = new AbortController();
      this.calls.add(waiting);
      call.once('cancelled', () => waiting.abort(new Error('Terraform has gone')));
      try {
        callback(null, await handler(call.request, waiting.signal));
      } catch (error) {
        callback(null, { diagnostics: [diagnosticOf(error)] });
      } finally {
        this.calls.delete(waiting);
      }
    };
  }

  private refuseUnknown(kind: string, type: string): object {
    const { resources, dataSources, source } = this.definition;
    const knownTypes = kind === 'resource' ? resources : dataSources;
    if (Object.hasOwn(knownTypes, type)) {
      return {};
    }
    const detail = `The stand-in for ${source} knows the ${kind}s ${Object.keys(knownTypes).sort().join(', ')}. Use the real provider for others (--providers registry).`;
    return {
      diagnostics: [{ severity: ERROR, summary: `The sandbox does not know the ${kind} ${type}`, detail }],
    };
  }

  private upgrade({ type_name: type, raw_state: state }: Request): object {
    const fields = this.schema.resource(type);
    return { upgraded_state: encode(fields, JSON.parse(Buffer.from(state.json).toString()) as Attributes) };
  }

  private async configure({ config }: Request, signal: AbortSignal): Promise<object> {
    this.connection = this.definition.connect(conform(this.schema.provider, decode(config) ?? {}));
    await this.definition.configured?.(this.connection(signal));
    return {};
  }

  private interrupt(): object {
    if (this.definition.stopsAtOnce) {
      for (const call of this.calls) {
        call.abort(new Error('Terraform was told to stop'));
      }
    }
    return {};
  }

  private async read(request: Request, signal: AbortSignal): Promise<object> {
    const { type_name: type, current_state: state, private: data } = request;
    const fields = this.schema.resource(type);
    const prior = decode(state);
    const found = prior && (await this.resource(type).read(this.connection(signal), prior));
    return { new_state: encode(fields, found ?? null), private: data };
  }

  private plan(request: Request): object {
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
      // Defaults of attributes that are not computed are a liberty of the older type system.
      legacy_type_system: true,
    };
  }

  private async apply(request: Request, signal: AbortSignal): Promise<object> {
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

  private import({ type_name: type, id }: Request): object {
    const state = encode(this.schema.resource(type), this.resource(type).import(id));
    return { imported_resources: [{ type_name: type, state }] };
  }

  private async readData({ type_name: type, config }: Request, signal: AbortSignal): Promise<object> {
    const fields = this.schema.dataSource(type);
    const state = await this.definition.dataSources[type].read(this.connection(signal), decode(config) ?? {});
    return { state: encode(fields, state) };
  }

  private resource(type: string): ResourceType {
    return this.definition.resources[type];
  }
}

/** The value of TF_REATTACH_PROVIDERS that points Terraform at these providers. */
export function reattachEnvironment(providers: readonly StandInProvider[]): string {
  return JSON.stringify(Object.assign({}, ...providers.map(({ reattach }) => reattach)));
}

function diagnosticOf(error: unknown): object {
  const message = error instanceof Error ? error.message : String(error);
  const detail = error instanceof ApiError ? JSON.stringify(error.body) : '';
  return { severity: ERROR, summary: message, detail };
}
