/**
 * The metadata of packages as XML, in the four parts of GB/T 42727-2023 (materials, process, result, and what is said of the file as a
 * whole), under the names of elements of DA/T 46-2009. The full text of GB/T 42727 was not at hand: ARCHITECTURE.md says what follows from that.
 */
import { type BagFiles, TRUST_PACK } from '@onetrip/archive'
import { sha256Hex, utf8Encode } from '@onetrip/codec'
import { guideOfPart, type OpenedCase } from '../cases/case-rows.ts'
import { dayAt } from '../cases/working-days.ts'
import type { CasePartTable } from '../storage/case-schema.ts'
import type { LicenceTable } from '../storage/schema.ts'
import type { KeptUpload } from './case-payload.ts'

/** An element with text, or with others. */
interface Element {
  readonly name: string
  readonly content: string | readonly Element[]
}

const NAMESPACE = 'urn:onetrip:archive:1'
/** What XML 1.0 §2.2 does not take. */
const NO_CHARACTERS = /[[\p{Cc}--[\t\n\r\u007f-\u009f]]\ufffe\uffff]/gv
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Writes it. */
export function caseMetadata(of: {
  readonly opened: OpenedCase
  readonly uploads: readonly KeptUpload[]
  readonly files: BagFiles
  readonly packedBy: string
  /** Unix seconds. */
  readonly at: number
}): Uint8Array {
  const { opened, uploads, files, packedBy, at } = of
  const { row, matter } = opened
  const root = element('政务服务事项电子文件', [
    element('聚合层次', '件'),
    element('来源', [element('立档单位代码', row.office_id)]),
    element('电子文件号', row.id),
    element('业务编号', row.number ?? ''),
    element('题名', matter.name['zh-CN']),
    element('事项编码', row.matter),
    element('申请人', row.applicant),
    element('受理时间', dayOf(row.accepted_at)),
    element('办结时间', dayOf(row.closed_at)),
    element(
      '材料',
      uploads.map((upload) => materialOf(opened, upload)),
    ),
    element(
      '结果',
      opened.parts.map((part) => resultOf(opened, part)),
    ),
    ...packingOf({ files, packedBy, at }),
  ])
  return asFile(root)
}

/** Writes that of a licence by itself. */
export function licenceMetadata(of: {
  readonly row: LicenceTable
  readonly files: BagFiles
  readonly packedBy: string
  /** Unix seconds. */
  readonly at: number
}): Uint8Array {
  const { row, files, packedBy, at } = of
  const root = element('电子证照电子文件', [
    element('聚合层次', '件'),
    element('来源', [element('立档单位代码', row.agency_id)]),
    element('电子文件号', row.id),
    element('证照标识', row.identifier),
    element('证照类型代码', row.type_code),
    element('证照编号', row.serial),
    element('版本号', String(row.version)),
    element('有效期起始日期', row.valid_from),
    element('有效期截止日期', row.valid_to ?? '长期'),
    element('持证主体', row.holder_reference ?? ''),
    element('状态', row.status),
    ...packingOf({ files, packedBy, at }),
  ])
  return asFile(root)
}

function packingOf(of: {
  readonly files: BagFiles
  readonly packedBy: string
  readonly at: number
}): readonly Element[] {
  return [
    element(
      '文件',
      [...of.files].map(([path, bytes]) => fileOf(path, bytes)),
    ),
    element('业务行为', [
      element('行为描述', '归档打包'),
      element('机构人员标识', of.packedBy),
      element('行为时间', new Date(of.at * 1000).toISOString()),
    ]),
  ]
}

function asFile(root: Element): Uint8Array {
  const text = written(root, ` xmlns="${NAMESPACE}"`)
  return utf8Encode(`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`)
}

function materialOf({ matter }: OpenedCase, { path, row }: KeptUpload): Element {
  const known = matter.materials.find(({ code }) => code === row.material)
  return element('材料文件', [
    element('题名', known?.name['zh-CN'] ?? row.material),
    element('原始文件名', row.name),
    element('计算机文件名', path),
    element('格式信息', row.media_type),
    element('形成时间', new Date(row.at * 1000).toISOString()),
    ...(row.replaced === 1 ? [element('备注', '已由后交的材料代替')] : []),
  ])
}

function resultOf(opened: OpenedCase, part: CasePartTable): Element {
  return element('办理结果', [
    element('题名', guideOfPart(opened, part.code).name['zh-CN']),
    element('决定机关代码', part.office_id),
    element('状态', part.state),
    element('证照标识', part.licence_id ?? ''),
    element('决定书摘要', part.document_sha256 ?? ''),
  ])
}

function fileOf(path: string, bytes: Uint8Array): Element {
  return element('电子文件', [
    element('计算机文件名', path),
    element('计算机文件大小', String(bytes.length)),
    element('数字摘要算法', 'SHA-256'),
    element('数字摘要值', sha256Hex(bytes)),
    ...(path === TRUST_PACK ? [element('说明', '归档时有效的信任数据')] : []),
  ])
}

function dayOf(at: number | null): string {
  return at === null ? '' : dayAt(at)
}

function element(name: string, content: Element['content']): Element {
  return { name, content }
}

function written({ name, content }: Element, attributes = '', indent = ''): string {
  if (typeof content === 'string') {
    return `${indent}<${name}${attributes}>${escaped(content)}</${name}>`
  }
  const inner = content.map((one) => written(one, '', `${indent}  `))
  return [`${indent}<${name}${attributes}>`, ...inner, `${indent}</${name}>`].join('\n')
}

function escaped(text: string): string {
  return text
    .replace(NO_CHARACTERS, '')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}
