/** Sample licences ready to be laid out, for the tests of this package and for people to look at. */
import { existsSync, readFileSync } from 'node:fs'
import { parseJson } from '@onetrip/codec'
import { licenceIdentifier, paperText, parseTypeDefinition } from '@onetrip/credential'
import {
  foodLicenceOfSample,
  licenceTypes,
  type SampleLicence,
  sampleAgencies,
} from '@onetrip/fixtures'
import { issuePaper } from '../src/issue.ts'
import type { LicencePdfInput } from '../src/licence-pdf/lay-out-licence-pdf.ts'
import { sampleOrder, sampleSigner } from './sample-order.ts'

const FONT = '/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc'

/** Whether Debian's Noto Serif CJK is installed. */
export const hasFont: boolean = existsSync(FONT)

const font = {
  bytes: new Uint8Array(hasFont ? readFileSync(FONT) : []),
  face: 'NotoSerifCJKsc-Regular',
}

/** The food licence with as many characters as each of its claims may have. */
export const longestFoodLicence: SampleLicence = {
  ...foodLicenceOfSample,
  facts: {
    ...foodLicenceOfSample.facts,
    serial: 'JY233990100000123399010000012345',
    claims: {
      name: '虚构自治区云栖维吾尔哈萨克蒙古自治州样例餐饮文化发展集团股份有限公司第九分店',
      uscc: '91339901MAXYN00113',
      legalRepresentative: '维尼瓦尔·买买提江·阿不都热依木·卡德尔',
      address:
        '虚构自治区云栖维吾尔哈萨克蒙古自治州经济技术开发区样例路一百一十八号测试商业广场第三座第十九层',
      premises:
        '虚构自治区云栖维吾尔哈萨克蒙古自治州经济技术开发区样例路一百一十八号测试商业广场第三座第十九层',
      businessForm: '2',
      items:
        '热食类食品制售、冷食类食品制售、生食类食品制售、糕点类食品制售、自制饮品制售、预包装食品（含冷藏冷冻食品）销售、散装食品（含冷藏冷冻食品）销售、保健食品销售、婴幼儿配方乳粉销售、网络经营、从事网络订餐',
      supervisor: '云栖经济技术开发区市场监督管理局样例路监督管理所第二中队',
      hotline: '0999-12315, 0999-8001-2315',
      signedBy: '维尼瓦尔·买买提江·阿不都热依木·卡德',
    },
  },
}

/** What a sample licence is laid out from; its paper code is that of `coded`, itself unless said. */
export async function samplePdfInput(
  licence: SampleLicence,
  coded: SampleLicence = licence,
): Promise<LicencePdfInput> {
  const type = licenceTypes
    .map((json) => parseTypeDefinition(parseJson(JSON.stringify(json))))
    .findLast(({ typeCode }) => typeCode === licence.typeCode)
  if (type === undefined) throw new TypeError('no type for the sample licence')
  const order = { ...sampleOrder(coded), type }
  const status = { uri: 'https://api.onetrip.example/s/1', index: 31_337 }
  const code = await issuePaper({ ...order, status, signer: sampleSigner('policeIssueCbor') })
  const { agencyId: issuer, typeCode, facts } = licence
  const { serial, version } = facts
  return {
    type,
    facts,
    agencyName: sampleAgencies.find(({ id }) => id === issuer)?.name['zh-CN'] ?? '',
    identifier: licenceIdentifier({ typeCode, issuer, serial, version }),
    code: async () => paperText(code),
    format: 'a4',
    font,
    isSpecimen: true,
  }
}
