/** The workspace obeys ARCHITECTURE.md "Parts": imports follow the list from top to bottom. */
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** What each part may depend on at run time, by position in the order of ARCHITECTURE.md. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'packages/codec': [],
  'packages/log': ['codec'],
  'packages/status': ['codec'],
  'packages/credential': ['codec', 'log', 'status'],
  'packages/trust': ['codec', 'log', 'status', 'credential'],
  'packages/seal': ['codec', 'log', 'status', 'credential', 'trust'],
  'packages/verifier': ['codec', 'log', 'status', 'credential', 'trust', 'seal'],
  'packages/issuer': ['codec', 'log', 'status', 'credential', 'trust', 'seal'],
  'packages/archive': ['codec', 'log', 'credential', 'trust', 'seal', 'verifier'],
  'packages/ui': ['codec', 'log', 'status', 'credential', 'trust', 'seal', 'verifier'],
  'packages/counter': ['codec', 'log', 'status', 'credential', 'trust', 'seal', 'verifier', 'ui'],
  'packages/console': ['codec', 'log', 'status', 'credential', 'trust', 'seal', 'verifier', 'ui'],
  wallet: ['codec', 'log', 'status', 'credential', 'trust', 'seal', 'verifier', 'ui'],
  server: [
    'codec',
    'log',
    'status',
    'credential',
    'trust',
    'seal',
    'verifier',
    'archive',
    'issuer',
    'fixtures',
  ],
  'packages/cli': [
    'codec',
    'log',
    'status',
    'credential',
    'trust',
    'seal',
    'verifier',
    'archive',
    'issuer',
    'server',
    'fixtures',
    'ui',
  ],
  fixtures: [],
}

/** Folders whose code must run anywhere: the caller passes clock, randomness, keys and network. */
const NEUTRAL = [
  'codec',
  'log',
  'status',
  'credential',
  'trust',
  'seal',
  'verifier',
  'archive',
  'issuer',
]
const PLATFORM_FILES = new Set(['platform-node.ts', 'platform-web.ts', 'fallback-noble.ts'])
const FORBIDDEN =
  /from 'node:|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bfetch\(|(?<![-\w])document\.|\bwindow\.|\bprocess\./

/** Each outside library is known to one file per package side. */
const ONE_FILE: Readonly<Record<string, readonly string[]>> = {
  'cbor-x': ['packages/codec/src/trusted-storage.ts'],
  fontkit: ['packages/issuer/src/font-face.ts'],
  '@cantoo/pdf-lib': ['packages/issuer/src/licence-pdf/write-pdf.ts'],
  qrcode: ['packages/issuer/src/qr-modules.ts', 'packages/ui/src/qr-path.ts'],
  'openid-client': ['server/src/openid-connect/provider-client.ts'],
  'oidc-provider': ['server/src/demo/identity-'],
  jose: ['packages/codec/src/jws.ts', 'packages/codec/src/jwe.ts'],
  'zxing-wasm': ['packages/ui/src/'],
  idb: ['packages/ui/src/'],
  kysely: ['server/src/storage/'],
  koffi: ['server/src/hsm/pkcs11-module.ts'],
}

function sources(folder: string): string[] {
  return globSync(`${folder}/src/**/*.{ts,tsx}`, { cwd: root }).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  )
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

describe('layers', () => {
  for (const [folder, allowed] of Object.entries(ALLOWED)) {
    test(`${folder} depends only on what stands before it`, () => {
      const manifest: { dependencies?: Record<string, string> } = JSON.parse(
        read(`${folder}/package.json`),
      )
      const named = Object.keys(manifest.dependencies ?? {})
        .filter((name) => name.startsWith('@onetrip/'))
        .map((name) => name.slice('@onetrip/'.length))
      expect(named.filter((name) => !allowed.includes(name))).toEqual([])
      for (const file of sources(folder)) {
        for (const match of read(file).matchAll(/from '@onetrip\/([^'/]+)/g)) {
          expect(named, `${file} imports ${match[1]}`).toContain(match[1])
        }
      }
    })
  }

  test('what stands below ui is runtime-neutral', () => {
    const files = NEUTRAL.flatMap((name) => sources(`packages/${name}`))
    expect(files.length).toBeGreaterThan(40)
    const offending = files
      .filter((file) => !PLATFORM_FILES.has(file.split('/').at(-1) ?? ''))
      .filter((file) => FORBIDDEN.test(withoutComments(read(file))))
    expect(offending).toEqual([])
  })

  test('each outside library is known to one place', () => {
    const all = Object.keys(ALLOWED).flatMap((folder) => sources(folder))
    for (const [library, homes] of Object.entries(ONE_FILE)) {
      const pattern = new RegExp(`from '${library}(/[^']*)?'|import\\('${library}`)
      const users = all.filter((file) => pattern.test(read(file)))
      expect(
        users.filter((file) => !homes.some((home) => file.startsWith(home))),
        library,
      ).toEqual([])
    }
  })

  test('packages name their exports one by one and are entered by index.ts', () => {
    const all = Object.keys(ALLOWED).flatMap((folder) => sources(folder))
    expect(all.filter((file) => /export \* from/.test(read(file)))).toEqual([])
    expect(all.filter((file) => /from '@onetrip\/[^']+\/src\//.test(read(file)))).toEqual([])
  })
})

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}
