import type { LoggedRequest } from 'okta-dev-portal-oidc-sandbox';
import { type Operation, type Part, readOperations } from './descriptions';
import { isExcepted, withoutExceptions } from './exceptions';
import { Validator } from './validator';

interface Matched {
  readonly operation: Operation;
  readonly request: LoggedRequest;
}

/** Holds requests and answers against the published descriptions. */
export class Judge {
  private readonly operations = readOperations();
  private readonly requests = new Validator('request');
  private readonly answers = new Validator('answer');

  /** The operation of a request, or undefined when no description has it. */
  public operationOf({ service, method, path }: LoggedRequest): Operation | undefined {
    const [asked = ''] = path.split('?');
    // Each portal has its own host. In the sandbox it is the first segment.
    const own = service === 'portal' ? asked.replace(/^\/[^/]+/, '') : asked;
    return this.operations.find(
      (each) => each.service === service && each.method === method && patternOf(each).test(own),
    );
  }

  /** Names of the operations that the requests use. */
  public operationsUsedBy(requests: readonly LoggedRequest[]): string[] {
    const names = requests.flatMap((each) => this.operationOf(each)?.name ?? []);
    return [...new Set(names)].sort();
  }

  /** Faults of a request and of its answer, as `<method> <path>: <fault>`. */
  public faults(request: LoggedRequest): string[] {
    const operation = this.operationOf(request);
    const name = `${request.method} ${operation?.path ?? request.path}`;
    if (isExcepted(name)) {
      return [];
    }
    const faults = operation
      ? [
          ...this.queryFaults({ operation, request }),
          ...this.bodyFaults({ operation, request }),
          ...this.answerFaults({ operation, request }),
        ]
      : ['no description has this operation'];
    // Where a list has the fault does not matter.
    return faults.map((fault) => `${name}: ${fault}`.replace(/\/\d+(?=\/| )/g, '/*'));
  }

  private queryFaults({ operation, request }: Matched): string[] {
    const query = new URL(request.path, 'http://sandbox.invalid').searchParams;
    return [...query.entries()].flatMap(([name, value]) => {
      const schema = querySchema(operation, name);
      if (!schema) {
        return [`query: ${name} is not declared`];
      }
      return this.requests.faults(schema, typed(schema, value)).map((fault) => `query: ${name} ${fault}`);
    });
  }

  private bodyFaults({ operation, request }: Matched): string[] {
    const [schema] = Object.values(operation.bodies);
    // The token endpoint takes a form, which is no JSON to validate.
    if (request.body === undefined || request.body instanceof URLSearchParams) {
      return request.body === undefined && operation.isBodyRequired ? ['request: the body is missing'] : [];
    }
    return schema
      ? this.requests.faults(schema, judged(operation, request.body)).map((fault) => `request: ${fault}`)
      : ['request: a body is not declared'];
  }

  private answerFaults({ operation, request }: Matched): string[] {
    const { status, contentType = '', answer } = request;
    const declared = operation.answers[status];
    if (!declared) {
      return [`answer: status ${status} is not declared`];
    }
    if (answer === undefined) {
      return Object.keys(declared).length > 0 ? [`answer: ${status} has no body`] : [];
    }
    const schema = declared[contentType];
    return schema
      ? this.answers.faults(schema, judged(operation, answer)).map((fault) => `answer ${status}: ${fault}`)
      : [`answer: ${status} has content type ${contentType}, not ${Object.keys(declared).join(' or ')}`];
  }
}

function patternOf({ path }: Operation): RegExp {
  const literal = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${literal}$`);
}

/** The schema of a query parameter. One of style `deepObject` is written as `filter[name][eq]`. */
function querySchema({ query }: Operation, name: string): Part | undefined {
  const [head = '', ...path] = name.split(/[[\]]+/).filter((part) => part !== '');
  const parameter = query.find((each) => each.name === name) ?? query.find((each) => each.name === head);
  if (!parameter || (parameter.name !== name && parameter.style !== 'deepObject')) {
    return undefined;
  }
  const schema = parameter.schema as Part;
  return parameter.name === name ? schema : path.reduce<Part | undefined>(propertyOf, schema);
}

/** What a schema says about a property, in one of its alternatives too. */
function propertyOf(schema: Part | undefined, name: string): Part | undefined {
  const { properties = {}, oneOf = [] } = (schema ?? {}) as {
    properties?: { [name: string]: Part };
    oneOf?: Part[];
  };
  return properties[name] ?? oneOf.map((each) => propertyOf(each, name)).find((found) => found !== undefined);
}

/** Values of a query are texts. */
function typed({ type }: Part, value: string): unknown {
  return type === 'integer' || type === 'number' || type === 'boolean' ? JSON.parse(value) : value;
}

function judged({ method, path }: Operation, body: unknown): unknown {
  return withoutExceptions(`${method} ${path}`, body);
}
