/** openssl as a time-stamper of the tests, its keys in a folder of its own. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@onetrip/codec'

/** Whether there is an openssl. */
export const HAS_OPENSSL: boolean = spawnSync('openssl', ['version']).status === 0

/** DER of its CA, tokens over digests with an accuracy of a second, and the end of it. */
export interface OpensslTsa {
  readonly ca: Uint8Array
  readonly stamp: (digest: Uint8Array) => Uint8Array
  readonly close: () => void
}

/** Makes a CA and a time-stamper under it, both P-256. */
export function opensslTsa(): OpensslTsa {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-openssl-tsa-'))
  const write = (name: string, content: string): void => writeFileSync(join(folder, name), content)
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)))
  const run = (line: string): void => {
    execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' })
  }
  write('ca.ext', 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n')
  write('tsa.ext', 'extendedKeyUsage=critical,timeStamping\n')
  for (const [name, by] of [
    ['ca', '-signkey ca.key'],
    ['tsa', '-CA ca.pem -CAkey ca.key -CAcreateserial'],
  ] as const) {
    run(`genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ${name}.key`)
    run(`req -new -key ${name}.key -subj /CN=${name} -out ${name}.csr`)
    run(`x509 -req -in ${name}.csr ${by} -days 30 -extfile ${name}.ext -out ${name}.pem`)
  }
  run('x509 -in ca.pem -outform DER -out ca.der')
  write(
    'tsa.cnf',
    '[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\n',
  )
  write('serial', '01\n')
  return {
    ca: read('ca.der'),
    stamp: (digest) => {
      run(`ts -query -digest ${toHex(digest)} -sha256 -cert -out query`)
      run(
        'ts -reply -config tsa.cnf -queryfile query -signer tsa.pem -inkey tsa.key -token_out -out token',
      )
      return read('token')
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}
