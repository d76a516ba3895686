/** Cases about PDFs that carry the code of a licence: what it states has to stand on the pages. */
import { toHex } from '@onetrip/codec'
import { writePdfWithFiles } from '../../packages/seal/samples/pdf-files.ts'
import { sealPdf } from '../../packages/seal/samples/sealed-pdf.ts'
import type { DocumentCase } from './cases-documents.ts'
import { KEEPERS, MAKERS } from './document-cast.ts'
import type { DocumentInput } from './document-verdicts.ts'
import { liveCode, paperCode } from './vector-case.ts'
import { INDEX, LIST, statusIn } from './vector-cast.ts'

/** A case in few words: what the file carries, and what is read on its pages. */
interface LicencePdfCase extends Pick<DocumentCase, 'name' | 'why' | 'outcome' | 'code'> {
  readonly codes: readonly string[]
  readonly pageText?: readonly string[]
  readonly isUnsealed?: true
}

const FRONT = '食品经营许可证\nFood Business Licence\n证照编号 JY23399010000012\n'
const HOLDER = '经营者名称 虚构市云栖样例餐饮有限公司\n统一社会信用代码 91339901MAXYN00113\n'
const REST = '经营场所 虚构市云栖区样例路18号\n主体业态 餐饮服务经营者\n'
const END = '有效期 2026年11月20日至2031年11月19日\n'
const PAGES = [FRONT + HOLDER + REST, END]

/** All cases of this kind. */
export async function licencePdfCases(): Promise<readonly DocumentCase[]> {
  const code = await paperCode()
  const revoked = await paperCode({ status: statusIn(LIST.good, INDEX.revoked) })
  const cases: readonly LicencePdfCase[] = [
    {
      name: 'pdf-licence',
      why: 'every fact stands on the pages; the best verdict on a code that is printed',
      codes: [code],
      pageText: PAGES,
      outcome: 'caution',
      code: 'presentation/paper',
    },
    {
      name: 'pdf-licence-other-name',
      why: 'the code of another licence beside these pages',
      codes: [code],
      pageText: [PAGES.join('').replace('云栖样例餐饮', '云栖别样餐饮')],
      outcome: 'invalid',
      code: 'document/facts-differ',
    },
    {
      name: 'pdf-licence-other-kind',
      why: 'the facts of one licence under the title of another kind',
      codes: [code],
      pageText: [PAGES.join('').replace('食品经营许可证', '营业执照')],
      outcome: 'invalid',
      code: 'document/facts-differ',
    },
    {
      name: 'pdf-licence-no-text',
      why: 'pages that are pictures',
      codes: [code],
      pageText: ['', ''],
      outcome: 'invalid',
      code: 'document/facts-differ',
    },
    {
      name: 'pdf-licence-not-compared',
      why: 'a caller that reads no text',
      codes: [code],
      outcome: 'caution',
      code: 'document/facts-not-compared',
    },
    {
      name: 'pdf-licence-revoked',
      why: 'the licence was revoked since',
      codes: [revoked],
      pageText: PAGES,
      outcome: 'invalid',
      code: 'status/revoked',
    },
    {
      name: 'pdf-licence-code-altered',
      why: 'a code that nobody signed',
      codes: [`${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`],
      pageText: PAGES,
      outcome: 'invalid',
      code: 'signature/invalid',
    },
    {
      name: 'pdf-licence-live-code',
      why: 'a code that a wallet showed is no printed one',
      codes: [await liveCode()],
      pageText: PAGES,
      outcome: 'invalid',
      code: 'credential/wrong-type',
    },
    {
      name: 'pdf-licence-two-codes',
      why: 'nobody can say which of them the pages show',
      codes: [code, code],
      pageText: PAGES,
      outcome: 'unverifiable',
      code: 'document/licence-code',
    },
    {
      name: 'pdf-licence-not-sealed',
      why: 'a printed licence that has no seal yet',
      codes: [code],
      pageText: PAGES,
      isUnsealed: true,
      outcome: 'unverifiable',
      code: 'pdf/not-sealed',
    },
  ]
  return Promise.all(cases.map(caseOf))
}

async function caseOf(given: LicencePdfCase): Promise<DocumentCase> {
  const { name, why, outcome, code, codes, pageText, isUnsealed } = given
  const base = writePdfWithFiles(codes.map((text) => ['licence-code.txt', text]))
  const sealed = await sealPdf(base, { makers: MAKERS, keepers: KEEPERS })
  const input: DocumentInput = {
    trust: 'sealed-licences',
    pdf: toHex(isUnsealed ? base : sealed.pdf),
    ...(pageText === undefined ? {} : { pageText }),
  }
  return { name, clause: 'ARCHITECTURE §11', why, input, outcome, ...(code ? { code } : {}) }
}
