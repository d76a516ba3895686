/** Public data: trust list, status lists, type definitions and the well-known documents. No key, no log of who asks what. */
import { fault } from '@onetrip/codec'
import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { preferredMediaType } from '../http/accept.ts'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import { cachedAnswer, entityTag } from '../http/cached-answer.ts'
import { publicResponses } from '../http/open-answers.ts'
import {
  authorizationServerMetadata,
  credentialIssuerMetadata,
  signedIssuerMetadata,
} from '../openid4vci/metadata.ts'
import type { Services } from '../services.ts'
import { findTypeDocument } from '../trust-data/agencies.ts'
import { issuerMetadata } from '../trust-data/issuer-metadata.ts'
import { mirroredFile } from '../trust-data/mirror.ts'
import { packForCounter, publishedPack } from '../trust-data/publish-pack.ts'
import { metadataFile, type RepositoryFile, targetFile } from '../trust-data/serve-repository.ts'
import { statusRoutes } from './status-routes.ts'

/** What a mirror has, below a jurisdiction. */
const MIRRORED = /^(?:metadata|targets)\/./
const METADATA_SECONDS = 300
const TRUST_SECONDS = 60
/** Timestamp and newest root: every verifier asks for them, and a change has to be seen soon. */
const TIMESTAMP_SECONDS = 10
const TYPE_SECONDS = 86_400
const NUMBER = /^[1-9][0-9]{0,8}$/
/** SHA-256 in base64url (RFC 7638). */
const THUMBPRINT = /^[\w-]{43}$/
const JSON_MEDIA = 'application/json'
const JWT_MEDIA = 'application/jwt'
const BYTES_MEDIA = 'application/octet-stream'

/** Routes of public data. */
export function publicRoutes(services: Services): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()

  routes.get(
    '/trust/metadata/:file',
    described(
      'trustMetadata',
      'Metadata of the trust repository (The Update Framework 1.0)',
      JSON_MEDIA,
    ),
    async (context) =>
      repositoryAnswer(
        context,
        await metadataFile(services, context.req.param('file')),
        JSON_MEDIA,
      ),
  )

  routes.get(
    '/trust/targets/:path{.+}',
    described(
      'trustTarget',
      'A target of the trust repository, its SHA-256 before its name',
      JSON_MEDIA,
      BYTES_MEDIA,
    ),
    async (context) => {
      const path = context.req.param('path')
      const mediaType = path.endsWith('.json') ? JSON_MEDIA : BYTES_MEDIA
      return repositoryAnswer(context, await targetFile(services, path), mediaType)
    },
  )

  routes.get(
    '/trust/recognised/:id/:path{.+}',
    described(
      'recognisedFile',
      "A file of a recognised jurisdiction's trust repository, mirrored",
      JSON_MEDIA,
      BYTES_MEDIA,
    ),
    async (context) => {
      const { id, path } = context.req.param()
      if (!MIRRORED.test(path)) throw fault('http/not-found')
      const mediaType = path.endsWith('.json') ? JSON_MEDIA : BYTES_MEDIA
      return repositoryAnswer(context, await mirroredFile(services, { id, path }), mediaType)
    },
  )

  routes.get(
    '/trust/pack',
    described(
      'trustPack',
      'The trust repository in one file for offline use; base=N leaves out what snapshot N named, ' +
        'counter=THUMBPRINT adds that counter’s certificate',
      BYTES_MEDIA,
    ),
    async (context) => {
      const { base: named, counter } = context.req.query()
      const base = named === undefined ? undefined : wholeNumber(named)
      const pack =
        counter === undefined
          ? await publishedPack(services, base)
          : { body: await packForCounter(services, { thumbprint: thumbprintOf(counter), base }) }
      const served = { mediaType: BYTES_MEDIA, maxAgeSeconds: TRUST_SECONDS }
      return publicAnswer(context, { ...pack, ...served })
    },
  )

  routes.route('/s', statusRoutes(services))

  routes.get(
    '/types/:code/:version',
    described('typeMetadata', 'Type definition, SD-JWT VC type metadata', JSON_MEDIA),
    async (context) => {
      const { storage } = services
      const body = await findTypeDocument(storage, context.req.param('code'), versionOf(context))
      if (body === undefined) throw fault('http/not-found')
      return publicAnswer(context, { body, mediaType: JSON_MEDIA, maxAgeSeconds: TYPE_SECONDS })
    },
  )

  routes.get(
    '/.well-known/openid-credential-issuer',
    described(
      'credentialIssuer',
      'Credential issuer metadata (OpenID4VCI 1.0 §12.2)',
      JSON_MEDIA,
      JWT_MEDIA,
    ),
    async (context) => {
      const offered = [JSON_MEDIA, JWT_MEDIA] as const
      if (preferredMediaType(context.req.header('Accept'), offered) === JSON_MEDIA) {
        return metadata(context, await credentialIssuerMetadata(services), 'Accept')
      }
      const body = await signedIssuerMetadata(services)
      const served = { mediaType: JWT_MEDIA, maxAgeSeconds: METADATA_SECONDS, vary: 'Accept' }
      return publicAnswer(context, { body, ...served })
    },
  )

  routes.get(
    '/.well-known/oauth-authorization-server',
    described('authorizationServer', 'Authorization server metadata (RFC 8414)', JSON_MEDIA),
    (context) => metadata(context, authorizationServerMetadata(services.config)),
  )

  routes.get(
    '/.well-known/jwt-vc-issuer/a/:agency',
    described('jwtVcIssuer', "An agency's keys (SD-JWT VC)", JSON_MEDIA),
    async (context) =>
      metadata(context, await issuerMetadata(services, context.req.param('agency'))),
  )

  return routes
}

function described(operationId: string, summary: string, ...mediaTypes: readonly string[]) {
  const responses = publicResponses('The document', ...mediaTypes)
  return describeRoute({ operationId, summary, responses })
}

function metadata(context: AppContext, document: object, vary?: string): Response {
  return publicAnswer(context, {
    body: JSON.stringify(document),
    mediaType: JSON_MEDIA,
    maxAgeSeconds: METADATA_SECONDS,
    ...(vary === undefined ? {} : { vary }),
  })
}

/** A file whose name tells its version or its content never changes. */
function repositoryAnswer(
  context: AppContext,
  { body, tag, isImmutable }: RepositoryFile,
  mediaType: string,
): Response {
  const cacheControl = isImmutable
    ? 'public, max-age=31536000, immutable'
    : `public, max-age=${TIMESTAMP_SECONDS}`
  return cachedAnswer(context, { body, tag, mediaType, cacheControl })
}

/** A body that anybody may keep for some seconds; `tag` where it is known already. */
function publicAnswer(
  context: AppContext,
  options: {
    readonly body: Uint8Array | string
    readonly tag?: string
    readonly mediaType: string
    readonly maxAgeSeconds: number
    readonly vary?: string
  },
): Response {
  const { maxAgeSeconds, tag = entityTag(options.body), ...answer } = options
  const cacheControl = `public, max-age=${maxAgeSeconds}`
  return cachedAnswer(context, { ...answer, tag, cacheControl })
}

function versionOf(context: AppContext): number {
  return wholeNumber(context.req.param('version'))
}

function thumbprintOf(text: string): string {
  if (!THUMBPRINT.test(text)) throw fault('counter/not-found')
  return text
}

function wholeNumber(text: string | undefined): number {
  if (text === undefined || !NUMBER.test(text)) throw fault('http/not-found')
  return Number(text)
}
