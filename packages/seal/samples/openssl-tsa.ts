/** openssl as a time-stamper of the tests: keys and certificates in a folder of its own, tokens and answers as it gives them. */
import { execFileSync, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@onetrip/codec'

/** Whether there is an openssl. */
export const HAS_OPENSSL: boolean = spawnSync('openssl', ['version']).status === 0

/** Extensions of the certificates that {@link OpensslTsa} begins with. */
export const CA_EXTENSIONS = 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n'
const TSA_EXTENSIONS = 'extendedKeyUsage=critical,timeStamping\n'
const P256 = 'ec -pkeyopt ec_paramgen_curve:P-256'

/** What is to be certified. */
export interface CertificateWish {
  /** Name of the issuer in the folder; itself unless said. */
  readonly ca?: string
  /** Those of a time-stamper unless said. */
  readonly extensions?: string
  /** What `openssl req -newkey` makes a key of; P-256 unless said. */
  readonly key?: string
}

/** How it is stamped. */
export interface StampWish {
  /** Whose key stamps; `tsa` unless said. */
  readonly by?: string
  /** Seconds; 1 unless said. */
  readonly accuracy?: number
  /** Digest of the ESS certificate reference. */
  readonly ess?: 'sha1' | 'sha256' | 'sha512'
}

/** A folder with a CA `ca`, and a time-stamper `tsa` under it. */
export interface OpensslTsa {
  /** Makes a key and its certificate. */
  readonly certify: (name: string, wish?: CertificateWish) => void
  /** DER of a certificate. */
  readonly certificate: (name: string) => Uint8Array
  /** A token over a SHA-256. */
  readonly stamp: (digest: Uint8Array, wish?: StampWish) => Uint8Array
  /** The answer to a query (RFC 3161 §2.4.2). */
  readonly reply: (query: Uint8Array) => Uint8Array
  /** Runs openssl in the folder, with arguments between single spaces. */
  readonly run: (line: string) => void
  readonly read: (name: string) => Uint8Array
  readonly write: (name: string, content: string | Uint8Array) => void
  /** Removes the folder. */
  readonly close: () => void
}

/** Makes both, P-256. */
export function opensslTsa(): OpensslTsa {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-openssl-tsa-'))
  const write: OpensslTsa['write'] = (name, content) => writeFileSync(join(folder, name), content)
  const read: OpensslTsa['read'] = (name) => new Uint8Array(readFileSync(join(folder, name)))
  const run: OpensslTsa['run'] = (line) => {
    execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' })
  }
  const certify: OpensslTsa['certify'] = (name, wish = {}) => {
    const { ca = name, extensions = TSA_EXTENSIONS, key = P256 } = wish
    // Its own configuration: that of the system would add extensions.
    write(
      `${name}.cnf`,
      `[req]\ndistinguished_name=dn\nx509_extensions=e\n[dn]\n[e]\n${extensions}\n`,
    )
    const by = ca === name ? '' : ` -CA ${ca}.pem -CAkey ${ca}.key`
    const form = `-noenc -keyout ${name}.key -subj /CN=${name} -days 30 -out ${name}.pem`
    run(`req -x509 -config ${name}.cnf -newkey ${key}${by} ${form}`)
  }
  const answer = ({ by = 'tsa', accuracy = 1, ess = 'sha256' }: StampWish, form: string): void => {
    write('tsa.cnf', configuration(accuracy, ess))
    write('serial', '01\n')
    const signer = `-signer ${by}.pem -inkey ${by}.key`
    run(`ts -reply -config tsa.cnf -queryfile query ${signer}${form} -out answer`)
  }
  certify('ca', { extensions: CA_EXTENSIONS })
  certify('tsa', { ca: 'ca' })
  return {
    certify,
    certificate: (name) => new Uint8Array(new X509Certificate(read(`${name}.pem`)).raw),
    stamp: (digest, wish = {}) => {
      run(`ts -query -digest ${toHex(digest)} -sha256 -cert -out query`)
      answer(wish, ' -token_out')
      return read('answer')
    },
    reply: (query) => {
      write('query', query)
      answer({}, '')
      return read('answer')
    },
    run,
    read,
    write,
    close: () => rmSync(folder, { recursive: true }),
  }
}

function configuration(accuracy: number, ess: string): string {
  return [
    '[tsa]',
    'default_tsa=t',
    '[t]',
    'serial=serial',
    'signer_digest=sha256',
    'default_policy=1.2.3.4',
    'digests=sha256',
    `accuracy=secs:${accuracy}`,
    'ess_cert_id_chain=no',
    `ess_cert_id_alg=${ess}`,
    '',
  ].join('\n')
}
