import {
  type ApiDocumentConfig,
  ApiDocument as ApiDocumentResource,
} from '@kong/konnect-cdktf-bindings/lib/api-document';
import type { Construct, IConstruct } from 'constructs';
import { createAfter, findPrevious } from '../core/elements';
import { propsSpec, validateProps } from '../core/props-spec';
import {
  areDifferent,
  inheritProvider,
  KONNECT_RESOURCE_PROPS,
  KonnectConstruct,
  type ResourceProps,
} from '../core/provider-construct';
import { EntryKind, identityKey, Registry } from '../core/registry';
import { replaceTriggersInTree } from '../core/replacement';
import { construct, flag, text } from '../core/specs';
import type { IApi } from './api';
import { SLUG } from './shared-props';

/** A document of an API that other documents can be below. */
export interface IApiDocument extends IConstruct {
  /** API of the document. */
  readonly api: IApi;

  /** Id in Konnect, a UUID. */
  readonly documentId: string;
}

/** Options of `addDocument`. */
export interface ApiDocumentOptions extends ResourceProps {
  /** Markdown. A change updates the document in place. */
  readonly content: string;

  /** Name of the document in URLs: letters, digits, `_` and `-`. Unique among the documents with the same parent. */
  readonly slug: string;

  /**
   * Title in the browser and in the list of documents.
   *
   * @default - the title in the front matter of the content, or the deployed one
   */
  readonly title?: string;

  /**
   * Whether the document is published. Only administrators see an unpublished document.
   *
   * @default true
   */
  readonly published?: boolean;
}

/** Properties of `ApiDocument`. */
export interface ApiDocumentProps extends ApiDocumentOptions {
  /** API of the document. */
  readonly api: IApi;

  /**
   * Document of the same API that this document is below.
   *
   * @default - none: the document is at the top
   */
  readonly parent?: IApiDocument;
}

export const API_DOCUMENT = propsSpec<ApiDocumentProps>(
  {
    ...KONNECT_RESOURCE_PROPS.fields,
    api: construct('apiId').required(),
    parent: construct('documentId'),
    slug: SLUG.required(),
    title: text(),
    content: text().required(),
    published: flag().known(),
  },
  [
    {
      prop: 'parent',
      rule: 'must be a document of the same API (Konnect)',
      remedy: 'Add the document with addDocument of its parent',
      isValid: ({ parent, api }) =>
        parent === undefined || !areDifferent(parent.api, api, ({ apiId }) => apiId),
    },
  ],
);

/** Documents with the same parent, in the order in which they were added. */
const SIBLINGS = new EntryKind<ApiDocument[]>('documents with the same parent');

/**
 * A Markdown document of an API, for example a guide. It appears with the API on every portal that the API is published
 * to. New documents are created in the order of the code, behind those with the same parent that exist.
 *
 * @throws ValidationError if the parent has a document with the slug already, or Konnect would reject the document
 */
export class ApiDocument extends KonnectConstruct implements IApiDocument {
  /** The underlying resource (escape hatch). */
  public readonly resource: ApiDocumentResource;
  public readonly api: IApi;
  public readonly documentId: string;

  private readonly slug: string;

  public constructor(scope: Construct, id: string, props: ApiDocumentProps) {
    super(scope, id, props);
    validateProps(this, props, API_DOCUMENT, () => [
      {
        prop: 'slug',
        value: props.slug,
        isValid: siblingsOf(props).every(({ slug }) => slug !== props.slug),
        rule: 'must be unique among the documents with the same parent (Konnect)',
        remedy: 'Change the existing document, or use another slug',
      },
    ]);
    const { api, parent, slug } = props;
    this.api = api;
    this.slug = slug;
    const config = this._resourceConfig<ApiDocumentConfig>(
      {
        apiId: api.apiId,
        parentDocumentId: parent?.documentId,
        slug,
        title: props.title,
        content: props.content,
        status: props.published === false ? 'unpublished' : 'published',
      },
      {
        replaceTriggeredBy: replaceTriggersInTree(
          this,
          api,
          api.apiId,
          parent && { parentDocumentId: parent.documentId },
        ),
      },
    );
    this.resource = new ApiDocumentResource(this, 'Resource', config);
    this.documentId = this.resource.id;
    const siblings = siblingsOf(props);
    siblings.push(this);
    // Konnect lists documents in the order of their creation. Terraform creates several at once.
    createAfter(this.resource, () => [findPrevious(siblings, this)?.resource]);
  }

  /**
   * Adds a document below this one.
   *
   * @throws ValidationError if this document has one with the slug already, or Konnect would reject the document
   */
  public addDocument(id: string, options: ApiDocumentOptions): ApiDocument {
    const { api } = this;
    return new ApiDocument(this, id, { ...inheritProvider(options, this.provider), api, parent: this });
  }
}

function siblingsOf({ api, parent }: ApiDocumentProps): ApiDocument[] {
  const key = parent ? identityKey(parent.documentId, parent) : identityKey(api.apiId, api);
  return Registry.of(api).add(SIBLINGS, key, []);
}
