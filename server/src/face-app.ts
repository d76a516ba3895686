/**
 * A built face, wallet or counter on an origin of its own, the console below a path of the API's: files known at start, strict policy on each answer, the
 * page for every other navigation. No path of a request ever reaches the disk.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Context, Hono } from 'hono'
import { acceptsGzip } from './http/accept.ts'
import { cachedAnswer, entityTag } from './http/cached-answer.ts'
import { FACE_PERMISSIONS, facePolicy, securityHeaders } from './http/security-headers.ts'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}
const IMMUTABLE = 'public, max-age=31536000, immutable'
const REVALIDATE = 'no-cache'
const PAGE = '/index.html'

/** Media types that are compressed already. */
const PACKED_TYPES = ['image/png', 'image/x-icon']

interface FaceBody {
  readonly body: Uint8Array
  readonly tag: string
  readonly encoding?: 'gzip'
}

interface FaceFile extends FaceBody {
  readonly mediaType: string
  /** The same compressed, made when it is first asked for; the file as it is where that does not help. */
  readonly packed: () => FaceBody
}

/** Serves the build in `folder`, which is read once; throws when it has no index.html. */
export function createFaceApp(options: {
  readonly folder: string
  /** The face's own origin. */
  readonly origin: string
  /** The other origins its pages may talk to. */
  readonly reaches: readonly string[]
  /** Path below which it stands, such as `/console`; left out, it has the origin to itself. */
  readonly base?: string
}): Hono {
  const { base = '' } = options
  const files = readFiles(options.folder)
  const page = files.get(PAGE)
  if (page === undefined) throw new Error('face: the build has no index.html')
  const policy = facePolicy(options.reaches)
  const app = new Hono()
  app.use(securityHeaders(options.origin))
  app.use(async (context, next) => {
    await next()
    context.res.headers.set('Content-Security-Policy', policy)
    context.res.headers.set('Permissions-Policy', FACE_PERMISSIONS)
    context.res.headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  })
  app.get('*', (context) => {
    const path = context.req.path.slice(base.length)
    const file = files.get(path)
    if (file !== undefined) return answer(context, file, path.startsWith('/assets/'))
    const isNavigation = (context.req.header('Accept') ?? '').includes('text/html')
    if (isNavigation && extname(path) === '') return answer(context, page, false)
    return context.text('Not Found', 404)
  })
  return app
}

function answer(context: Context, file: FaceFile, isImmutable: boolean): Response {
  const cacheControl = isImmutable ? IMMUTABLE : REVALIDATE
  const { mediaType } = file
  const isPacked = acceptsGzip(context.req.header('Accept-Encoding'))
  const { body, tag, encoding } = isPacked ? file.packed() : file
  const sent = { body, tag, mediaType, cacheControl, vary: 'Accept-Encoding' }
  return cachedAnswer(context, { ...sent, ...(encoding === undefined ? {} : { encoding }) })
}

function faceFile(body: Uint8Array, mediaType: string): FaceFile {
  const plain: FaceBody = { body, tag: entityTag(body) }
  let packed: FaceBody | undefined = PACKED_TYPES.includes(mediaType) ? plain : undefined
  return {
    ...plain,
    mediaType,
    packed: () => {
      packed ??= smaller(plain)
      return packed
    },
  }
}

function smaller(plain: FaceBody): FaceBody {
  const body = gzipSync(plain.body, { level: 9 })
  return body.length < plain.body.length ? { body, tag: entityTag(body), encoding: 'gzip' } : plain
}

function readFiles(folder: string): ReadonlyMap<string, FaceFile> {
  const files = new Map<string, FaceFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const full = join(entry.parentPath, entry.name)
    const path = full.slice(folder.length).replaceAll('\\', '/')
    const mediaType = MEDIA_TYPES[extname(entry.name)] ?? 'application/octet-stream'
    files.set(path.startsWith('/') ? path : `/${path}`, faceFile(readFileSync(full), mediaType))
  }
  const page = files.get(PAGE)
  return page === undefined ? files : files.set('/', page)
}
