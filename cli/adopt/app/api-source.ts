import { type Entity, fieldOf, nameOf, textOf } from '../../entity';
import { apiName } from '../how-to/apis';
import type { FoundApi } from '../how-to/how-to';
import { type AppSource, constructId } from './app-source';
import { type Code, valueCode } from './code';
import { codeUnlessDefault, labels } from './props';
import { addTree } from './tree-source';

/**
 * Adds an API with its versions, documents and its link.
 *
 * @param gateways variables of control planes and services by id
 * @returns its variable
 */
export function addApi(
  source: AppSource,
  ids: Set<string>,
  { entity: api, versions, documents, implementation }: FoundApi,
  gateways: ReadonlyMap<string, string>,
): string {
  const variable = source.variable(apiName(api), 'api');
  const id = constructId(ids, apiName(api), 'api');
  const own = versions.find(({ version }) => version === api.version);
  const specificationOf = (version: Entity, what: string) => {
    const content = String(fieldOf(version, 'spec', 'content'));
    return source.text(content, `${what}${extension(content)}`);
  };
  source.call(`const ${variable} = new ${source.use('Api')}(stack, '${id}', `, {
    name: valueCode(nameOf(api)),
    version: codeUnlessDefault(api.version),
    description: codeUnlessDefault(api.description),
    labels: labels(api),
    attributes: codeUnlessDefault(api.attributes),
    specification: own && specificationOf(own, id),
    gatewayService: gateways.get(implementation?.service?.id ?? ''),
    controlPlane: gateways.get(implementation?.control_plane?.control_plane_id ?? ''),
  });
  const childIds = new Set(['Resource', 'Version', 'Implementation', 'Id', 'ParentId']);
  for (const each of versions.filter((version) => version !== own)) {
    const version = textOf(each, 'version');
    const versionId = constructId(childIds, `v${version}`, 'version');
    source.call(`${variable}.addVersion('${versionId}', `, {
      version: valueCode(version),
      specification: specificationOf(each, `${id}-${versionId}`),
    });
  }
  addTree(source, {
    kind: 'document',
    method: 'addDocument',
    owner: variable,
    entities: documents,
    parentField: 'parent_document_id',
    ids: childIds,
    props: (document) => documentProps(source, document, id),
  });
  return variable;
}

function documentProps(source: AppSource, document: Entity, apiId: string): Code {
  const slug = textOf(document, 'slug');
  return {
    slug: valueCode(slug),
    title: codeUnlessDefault(document.title),
    content: source.text(textOf(document, 'content'), `${apiId}-${slug}.md`),
    published: document.status === 'unpublished' ? 'false' : undefined,
  };
}

function extension(specification: string): string {
  return specification.trimStart().startsWith('{') ? '.json' : '.yaml';
}
