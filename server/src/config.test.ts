import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig } from './config.ts'

const PRODUCTION = {
  ONETRIP_MODE: 'production',
  ONETRIP_API_ORIGIN: 'https://a.example.cn',
  ONETRIP_WALLET_ORIGIN: 'https://wallet.example.cn',
  ONETRIP_COUNTER_ORIGIN: 'https://counter.example.cn',
  ONETRIP_ENVIRONMENT: 'production',
  ONETRIP_KEY_PASSPHRASE: 'correct horse battery',
}

function faultsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

describe('the demo', () => {
  test('needs no variable: three ports, localhost stands for https', () => {
    const config = loadConfig({})
    expect(config).toMatchObject({
      mode: 'demo',
      port: 8787,
      walletPort: 8788,
      counterPort: 8789,
      apiOrigin: 'http://localhost:8787',
      walletOrigin: 'http://localhost:8788',
      counterOrigin: 'http://localhost:8789',
    })
  })

  test('moves all three with ONETRIP_PORT', () => {
    expect(loadConfig({ ONETRIP_PORT: '9000' }).counterOrigin).toBe('http://localhost:9002')
  })

  test('stays at localhost, because its desk has no sign-in', () => {
    const { ONETRIP_MODE: _, ...unsaid } = PRODUCTION
    expect(faultsOf(unsaid)).toHaveLength(3)
    expect(faultsOf(unsaid)[0]).toMatch(/^ONETRIP_API_ORIGIN must be at localhost/)
  })
})

describe('a time-stamper', () => {
  test('is asked where one is named, for five seconds unless said', () => {
    expect(loadConfig({ ONETRIP_TSA_TIMEOUT_MS: '7' })).not.toHaveProperty('timeStampService')
    const url = 'http://tsa.example.cn/tsr?x=1'
    const service = loadConfig({ ONETRIP_TSA_URL: url }).timeStampService
    expect(service).toEqual({ url, timeoutMilliseconds: 5000 })
    const patient = loadConfig({ ONETRIP_TSA_URL: url, ONETRIP_TSA_TIMEOUT_MS: '60000' })
    expect(patient.timeStampService?.timeoutMilliseconds).toBe(60_000)
  })

  test.each([
    'tsa.example.cn',
    'file:///etc/passwd',
    'ftp://tsa.example.cn',
    'https://name:word@tsa.example.cn',
    'https://tsa.example.cn/#x',
    '',
  ])('not at %s', (url) => {
    const faults = faultsOf({ ONETRIP_TSA_URL: url })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(/^ONETRIP_TSA_URL must be an http or https address/)
  })

  test.each(['0', '-1', '1.5', '60001', '5s', ''])('not for %s milliseconds', (text) => {
    expect(faultsOf({ ONETRIP_TSA_TIMEOUT_MS: text })[0]).toMatch(/^ONETRIP_TSA_TIMEOUT_MS must be/)
  })
})

describe('production', () => {
  test('takes https origins and a passphrase', () => {
    expect(loadConfig(PRODUCTION).mode).toBe('production')
  })

  test('never honours a failpoint', () => {
    const config = loadConfig({ ...PRODUCTION, ONETRIP_FAILPOINT: 'issue/after-commit' })
    expect(config.failpoint).toBeUndefined()
  })

  const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    ONETRIP_API_ORIGIN: { ...PRODUCTION, ONETRIP_API_ORIGIN: 'http://localhost:8787' },
    ONETRIP_WALLET_ORIGIN: { ...PRODUCTION, ONETRIP_WALLET_ORIGIN: 'http://wallet.example.cn' },
    ONETRIP_KEY_PASSPHRASE: { ...PRODUCTION, ONETRIP_KEY_PASSPHRASE: 'opensesame' },
    ONETRIP_PORT: { ONETRIP_PORT: '65534' },
    ONETRIP_MODE: { ONETRIP_MODE: 'test' },
    ONETRIP_COUNTER_ORIGIN: { ONETRIP_COUNTER_ORIGIN: 'https://counter.example.cn/path' },
  }
  for (const [name, environment] of Object.entries(cases)) {
    test(`${name} at fault is named, its value is not repeated`, () => {
      const faults = faultsOf(environment)
      expect(faults).toHaveLength(1)
      expect(faults[0]).toMatch(new RegExp(`^${name} `))
      expect(faults[0]).not.toContain(environment[name])
    })
  }

  test('what is missing is named, all at once', () => {
    expect(faultsOf({ ONETRIP_MODE: 'production' }).length).toBeGreaterThanOrEqual(5)
  })

  test('an origin too long for status URIs is refused', () => {
    const long = { ...PRODUCTION, ONETRIP_API_ORIGIN: 'https://licences.example.gov.cn' }
    expect(faultsOf(long)[0]).toContain('32 characters')
  })

  test('two faces on one origin are refused', () => {
    const same = { ...PRODUCTION, ONETRIP_COUNTER_ORIGIN: PRODUCTION.ONETRIP_WALLET_ORIGIN }
    expect(faultsOf(same)[0]).toContain('three different origins')
  })
})

describe('secrets', () => {
  test('may stand in a file, not in both places', () => {
    const folder = mkdtempSync(join(tmpdir(), 'onetrip-config-'))
    const file = join(folder, 'passphrase')
    writeFileSync(file, 'from a secret file\n')
    const { ONETRIP_KEY_PASSPHRASE: _, ...rest } = PRODUCTION
    expect(loadConfig({ ...rest, ONETRIP_KEY_PASSPHRASE_FILE: file }).keyPassphrase).toBe(
      'from a secret file',
    )
    expect(faultsOf({ ...PRODUCTION, ONETRIP_KEY_PASSPHRASE_FILE: file })[0]).toContain('both set')
    rmSync(folder, { recursive: true })
    expect(faultsOf({ ...rest, ONETRIP_KEY_PASSPHRASE_FILE: file })[0]).toContain('cannot be read')
  })
})

describe('an identity provider', () => {
  const OIDC = {
    ONETRIP_OIDC_ISSUER: 'https://login.example.cn/realm',
    ONETRIP_OIDC_CLIENT_ID: 'onetrip',
    ONETRIP_OIDC_LEVELS: 'L3, L4',
  }

  test('is what the variables say', () => {
    expect(loadConfig(PRODUCTION)).not.toHaveProperty('identityProvider')
    expect(loadConfig({ ...PRODUCTION, ...OIDC }).identityProvider).toEqual({
      issuer: OIDC.ONETRIP_OIDC_ISSUER,
      clientId: 'onetrip',
      scope: 'openid',
      holderClaim: 'sub',
      levelClaim: 'acr',
      levels: ['L3', 'L4'],
      applyLevels: ['L3', 'L4'],
    })
    const more = loadConfig({
      ...PRODUCTION,
      ...OIDC,
      ONETRIP_OIDC_CLIENT_SECRET: 'a secret',
      ONETRIP_OIDC_SCOPE: 'openid profile',
      ONETRIP_OIDC_HOLDER_CLAIM: 'id_number',
      ONETRIP_OIDC_LEVEL_CLAIM: 'real_name_level',
    })
    expect(more.identityProvider).toMatchObject({
      clientSecret: 'a secret',
      scope: 'openid profile',
      holderClaim: 'id_number',
      levelClaim: 'real_name_level',
    })
  })

  test('is whole, and over https', () => {
    const { ONETRIP_OIDC_LEVELS: _, ...levelless } = OIDC
    expect(faultsOf({ ...PRODUCTION, ...levelless })).toEqual([
      'ONETRIP_OIDC_LEVELS is required with ONETRIP_OIDC_ISSUER and ONETRIP_OIDC_CLIENT_ID',
    ])
    const plain = { ...OIDC, ONETRIP_OIDC_ISSUER: 'http://localhost:9000' }
    expect(faultsOf({ ...PRODUCTION, ...plain })).toEqual([
      'ONETRIP_OIDC_ISSUER must be an https address',
    ])
    expect(loadConfig(plain).identityProvider?.issuer).toBe('http://localhost:9000')
    const faults = faultsOf({ ...OIDC, ONETRIP_OIDC_LEVELS: 'L3,', ONETRIP_OIDC_SCOPE: 'profile' })
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'ONETRIP_OIDC_SCOPE',
      'ONETRIP_OIDC_LEVELS',
    ])
  })
})

describe('the identity provider of staff', () => {
  const STAFF = {
    ONETRIP_STAFF_ISSUER: 'https://staff.example.cn',
    ONETRIP_STAFF_CLIENT_ID: 'console',
  }
  const KEY = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' }

  test('is what the variables say, with a secret or a key', () => {
    expect(loadConfig(PRODUCTION)).not.toHaveProperty('staffProvider')
    const plain = {
      issuer: STAFF.ONETRIP_STAFF_ISSUER,
      clientId: 'console',
      scope: 'openid',
    }
    expect(loadConfig({ ...PRODUCTION, ...STAFF }).staffProvider).toEqual(plain)
    const secret = { ...STAFF, ONETRIP_STAFF_CLIENT_SECRET: 'a secret' }
    expect(loadConfig({ ...PRODUCTION, ...secret }).staffProvider).toEqual({
      ...plain,
      clientSecret: 'a secret',
    })
    const known = { ...STAFF, ONETRIP_STAFF_PERSON_CLAIM: 'id_number' }
    expect(loadConfig({ ...PRODUCTION, ...known }).staffProvider).toEqual({
      ...plain,
      personClaim: 'id_number',
    })
    const key = { ...STAFF, ONETRIP_STAFF_CLIENT_KEY: JSON.stringify({ ...KEY, use: 'sig' }) }
    expect(loadConfig({ ...PRODUCTION, ...key }).staffProvider).toEqual({
      ...plain,
      clientKey: KEY,
    })
  })

  test('is whole, over https, and of one secret', () => {
    expect(faultsOf({ ...PRODUCTION, ONETRIP_STAFF_CLIENT_SECRET: 'x' })).toEqual([
      'ONETRIP_STAFF_ISSUER is required for staff',
      'ONETRIP_STAFF_CLIENT_ID is required for staff',
    ])
    const http = { ...STAFF, ONETRIP_STAFF_ISSUER: 'http://localhost:9000' }
    expect(faultsOf({ ...PRODUCTION, ...http })).toEqual([
      'ONETRIP_STAFF_ISSUER must be an https address',
    ])
    const both = {
      ...STAFF,
      ONETRIP_STAFF_CLIENT_SECRET: 'x',
      ONETRIP_STAFF_CLIENT_KEY: JSON.stringify(KEY),
    }
    expect(faultsOf({ ...PRODUCTION, ...both })).toEqual([
      'ONETRIP_STAFF_CLIENT_SECRET and ONETRIP_STAFF_CLIENT_KEY are both set',
    ])
    const { d: _, ...publicKey } = KEY
    for (const text of [
      '{',
      '[]',
      JSON.stringify(publicKey),
      JSON.stringify({ ...KEY, crv: 'P-384' }),
    ]) {
      expect(faultsOf({ ...PRODUCTION, ...STAFF, ONETRIP_STAFF_CLIENT_KEY: text })).toEqual([
        'ONETRIP_STAFF_CLIENT_KEY must be a private JWK of P-256',
      ])
    }
  })

  test('levels to apply with are some of those to sign in with', () => {
    const citizens = {
      ...PRODUCTION,
      ONETRIP_OIDC_ISSUER: 'https://login.example.cn',
      ONETRIP_OIDC_CLIENT_ID: 'onetrip',
      ONETRIP_OIDC_LEVELS: 'L2,L3',
    }
    const applying = { ...citizens, ONETRIP_OIDC_APPLY_LEVELS: 'L3' }
    expect(loadConfig(applying).identityProvider?.applyLevels).toEqual(['L3'])
    expect(loadConfig(citizens).identityProvider?.applyLevels).toEqual(['L2', 'L3'])
    expect(faultsOf({ ...citizens, ONETRIP_OIDC_APPLY_LEVELS: 'L4' })).toEqual([
      'ONETRIP_OIDC_APPLY_LEVELS must be some of ONETRIP_OIDC_LEVELS',
    ])
  })
})

describe('what the wallet reaches', () => {
  test('is the API alone unless more is said', () => {
    expect(loadConfig({}).walletReaches).toEqual([])
    const list = 'https://verify.example.cn, https://verify.example.cn:8443,http://localhost:9000'
    expect(loadConfig({ ...PRODUCTION, ONETRIP_WALLET_REACHES: list }).walletReaches).toEqual([
      'https://verify.example.cn',
      'https://verify.example.cn:8443',
      'http://localhost:9000',
    ])
  })

  test.each(['', '  '])('none where none are named', (list) => {
    const { walletReaches } = loadConfig({ ...PRODUCTION, ONETRIP_WALLET_REACHES: list })
    expect(walletReaches).toEqual([])
  })

  test.each([
    ',',
    'https://a.example.cn,',
    'http://verify.example.cn',
    'https://verify.example.cn/',
    'https://verify.example.cn/path',
    'https://name:word@verify.example.cn',
    // Hosts to a URL parser, and something else in a policy.
    'https://*',
    'https://*.example.cn',
    "https://a.example.cn;script-src'",
    'ws://localhost:9000',
    'http://[::1]:9000',
    'verify.example.cn',
    Array.from({ length: 33 }, (_, at) => `https://a${at}.example.cn`).join(','),
  ])('not %s', (list) => {
    expect(faultsOf({ ONETRIP_WALLET_REACHES: list })[0]).toMatch(
      /^ONETRIP_WALLET_REACHES must be https origins/,
    )
  })
})

describe('witnesses', () => {
  const VKEY = 'witness.example+0080fed4+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'

  function withList(list: unknown, more: Readonly<Record<string, string>> = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'onetrip-config-'))
    const path = join(folder, 'witnesses.json')
    writeFileSync(path, JSON.stringify(list))
    try {
      const environment = { ONETRIP_LOG_WITNESSES: path, ...more }
      const faults = faultsOf(environment)
      return { faults, config: faults.length === 0 ? loadConfig(environment) : undefined }
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  test('nobody is asked unless a file names them; then a majority has to cosign', () => {
    expect(loadConfig({})).toMatchObject({ witnesses: [], witnessQuorum: 0 })
    const list = [{ vkey: VKEY, url: 'https://w.example/a/' }]
    const { config } = withList(list)
    expect(config).toMatchObject({ witnesses: [{ url: 'https://w.example/a' }], witnessQuorum: 1 })
    expect(withList(list, { ONETRIP_LOG_QUORUM: '0' }).config?.witnessQuorum).toBe(0)
  })

  test('what is no list, and more than there are', () => {
    expect(withList({}).faults).toEqual([
      'ONETRIP_LOG_WITNESSES must name a file with a list of witnesses',
    ])
    expect(faultsOf({ ONETRIP_LOG_QUORUM: '1' })).toEqual([
      'ONETRIP_LOG_QUORUM is more than there are witnesses',
    ])
  })
})

describe('the configuration of wallets', () => {
  test.each([
    'peer',
    'peer wallet',
    'peer ftp://x/',
    'peer https://x/#a',
    'a b c',
    'peer javascript:x',
  ])('refuses %j', (list) => {
    expect(() => loadConfig({ ONETRIP_WALLETS: list })).toThrow('ONETRIP_WALLETS')
  })

  test('takes https, this machine and schemes of apps', () => {
    const list = 'a https://x.example/cb, b http://127.0.0.1:9/cb, c cn.example.wallet:/cb'
    expect(loadConfig({ ONETRIP_WALLETS: list }).wallets.map(({ clientId }) => clientId)).toEqual([
      'a',
      'b',
      'c',
    ])
  })
})

test('a confirmed day begins at midnight UTC; what is no day is refused', () => {
  const dayOf = (day: string) => loadConfig({ ONETRIP_CLOCK_CONFIRMED: day }).clockConfirmedDay
  expect(dayOf('2026-11-23')).toBe(1_795_392_000)
  expect(loadConfig({})).not.toHaveProperty('clockConfirmedDay')
  for (const day of ['', 'yes', '2026-11-23T00:00:00Z', '2026-13-01', '2026-11']) {
    expect(faultsOf({ ONETRIP_CLOCK_CONFIRMED: day })).toEqual([
      'ONETRIP_CLOCK_CONFIRMED must be a day such as 2026-11-20',
    ])
  }
})
