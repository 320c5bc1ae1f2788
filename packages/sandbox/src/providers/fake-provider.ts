import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import { Hosts, LOOPBACK } from '../http/hosts';
import type { ProviderDefinition } from './definition';
import { type CallName, providerService } from './protocol';
import { diagnosticOf, ProviderCalls, type ProviderRequest } from './provider-calls';

/** An entry of TF_REATTACH_PROVIDERS. */
export interface Reattach {
  readonly Protocol: 'grpc';
  readonly ProtocolVersion: 6;
  readonly Pid: number;
  readonly Test: true;
  readonly Addr: { readonly Network: 'tcp'; readonly String: string };
}

/** @param signal aborted when nobody waits for the response */
type Handler = (request: ProviderRequest, signal: AbortSignal) => Promise<object> | object;

const REGISTRIES = ['registry.terraform.io', 'registry.opentofu.org'];

/** Terraform connects to the address of the provider, and sends this host name. */
const HOSTS = new Hosts(['unused']);

/** A provider that real Terraform talks to over its plugin protocol, on a free port of the loopback interface. */
export class FakeProvider {
  public static async start(definition: ProviderDefinition): Promise<FakeProvider> {
    const provider = new FakeProvider(definition);
    await provider.listen();
    return provider;
  }

  private readonly server = new Server({
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
  });
  private readonly calls: ProviderCalls;
  private readonly waiting = new Set<AbortController>();
  private port = 0;

  private constructor(private readonly definition: ProviderDefinition) {
    this.calls = new ProviderCalls(definition);
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
      GetProviderSchema: () => this.calls.getSchema(),
      ValidateProviderConfig: () => ({}),
      ValidateResourceConfig: (request) => this.calls.refuseUnknown('resource', request.type_name),
      ValidateDataResourceConfig: (request) => this.calls.refuseUnknown('data source', request.type_name),
      UpgradeResourceState: (request) => this.calls.upgrade(request),
      ConfigureProvider: (request, signal) => this.calls.configure(request, signal),
      ReadResource: (request, signal) => this.calls.read(request, signal),
      PlanResourceChange: (request) => this.calls.plan(request),
      ApplyResourceChange: (request, signal) => this.calls.apply(request, signal),
      ImportResourceState: (request) => this.calls.import(request),
      ReadDataSource: (request, signal) => this.calls.readData(request, signal),
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
    return async (call: ServerUnaryCall<ProviderRequest, object>, callback: sendUnaryData<object>) => {
      const host = call.getHost();
      if (!HOSTS.includes(host)) {
        callback({ code: status.PERMISSION_DENIED, details: `The sandbox does not answer for host ${host}` });
        return;
      }
      const waiting = new AbortController();
      this.waiting.add(waiting);
      call.once('cancelled', () => waiting.abort(new Error('Terraform has gone')));
      try {
        callback(null, await handler(call.request, waiting.signal));
      } catch (error) {
        callback(null, { diagnostics: [diagnosticOf(error)] });
      } finally {
        this.waiting.delete(waiting);
      }
    };
  }

  private interrupt(): object {
    if (this.definition.stopsAtOnce) {
      for (const call of this.waiting) {
        call.abort(new Error('Terraform was told to stop'));
      }
    }
    return {};
  }
}

/** The value of TF_REATTACH_PROVIDERS that points Terraform at these providers. */
export function reattachEnvironment(providers: readonly FakeProvider[]): string {
  return JSON.stringify(Object.assign({}, ...providers.map(({ reattach }) => reattach)));
}
